"""What customers said they like, from the turns of conversations, with the products that are such a thing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

import numpy as np
from scipy import sparse
from sqlalchemy import Connection

from analytics.catalogue.words import stems_of
from analytics.recommendation.hearing import UNHEARD, Said, Words, hear
from analytics.recommendation.purchases import SECONDS_A_DAY, Purchases, Range
from language.preferences import tastes_in
from store.repositories.catalogue import priced_products
from store.repositories.turns import texts_of

#: The intent under which tastes are told.
INTENT = "state_preference"
#: Things looked at, those named most.
_MOST = 300

#: A thing by its stems: "oat milk" and "oats milk" are one.
Thing = frozenset[str]


def hear_conversations(connection: Connection, on_sale: Range, purchases: Purchases, now: datetime) -> Words:
    """Learn what words of taste are worth; the prior, where nobody said any."""
    place = {str(name): number for number, name in enumerate(purchases.customers)}
    told = [
        (place[customer_id], (now - at).total_seconds() / SECONDS_A_DAY, thing)
        for customer_id, at, text in texts_of(connection, INTENT)
        if customer_id in place and at <= now
        for thing in things_liked(text)
    ]
    named = Counter(thing for _, _, thing in told).most_common(_MOST)
    rows = {thing: number for number, (thing, _) in enumerate(named)}
    if not rows:
        return UNHEARD
    said = [Said(customer, age, rows[thing]) for customer, age, thing in told if thing in rows]
    return hear(said, _products_of(connection, rows, on_sale), purchases)


def things_liked(text: str) -> list[Thing]:
    """Give the things a message says somebody likes."""
    stems = (frozenset(stems_of(taste.thing)) for taste in tastes_in(text).stated if taste.kind == "likes")
    return [one for one in stems if one]


def _products_of(connection: Connection, rows: Mapping[Thing, int], on_sale: Range) -> Any:
    """Give CSR things × products of the range; a product is a thing whose every stem is in its name or category."""
    position = {str(product_id): number for number, product_id in enumerate(on_sale.products)}
    first: dict[str, list[Thing]] = {}
    for thing in rows:
        first.setdefault(min(thing), []).append(thing)
    pairs = [
        (rows[thing], position[row.product_id])
        for row in priced_products(connection)
        if row.product_id in position
        for thing in _fitting(set(stems_of(f"{row.name} {row.category}")), first)
    ]
    of_thing, of_product = np.array(pairs, np.int64).reshape(-1, 2).T
    shape = (len(rows), len(on_sale.products))
    return sparse.csr_matrix((np.ones(len(pairs), np.float32), (of_thing, of_product)), shape=shape)


def _fitting(stems: set[str], first: Mapping[str, Iterable[Thing]]) -> list[Thing]:
    return [thing for stem in stems for thing in first.get(stem, ()) if thing <= stems]
