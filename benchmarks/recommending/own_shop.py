"""The shop of this installation: what it holds of orders, cut some weeks before the last one."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

import numpy as np
from sqlalchemy import Connection

from analytics.recommendation.purchases import Purchases, Range, read_purchases, read_range
from benchmarks.parts import Part
from benchmarks.recommending.comparing import Tell
from benchmarks.recommending.next_baskets import every_question
from benchmarks.recommending.splits import Shop, Split, split
from rapport.databases import open_ready
from rapport.errors import RapportError
from rapport.settings_loading import load_settings
from store.repositories.quality import order_span

OWN_SHOP = "own_shop"
#: The longest time that is foretold, and the least that is worth it; at most this share of the whole history.
_MOST_DAYS, _LEAST_DAYS, _SHARE = 39.0, 7.0, 1 / 4
#: Products that take part, those most bought: models that hold every pair of products beside ours need a bound.
MOST_PRODUCTS = 6_000


def measure(quick: bool, tell: Tell) -> list[Part]:
    """Measure everything that is asked of the public shops on this installation's own orders.

    Raises
    ------
    FileNotFoundError
        There is no database, or too little in it to cut.
    """
    try:
        database = open_ready(load_settings())
    except RapportError as error:
        raise FileNotFoundError(str(error)) from error
    try:
        with database.read() as connection:
            shop = shop_of(connection, one_in=6 if quick else 1)
    finally:
        database.close()
    return every_question(OWN_SHOP, cut_of(shop), tell)


def shop_of(connection: Connection, one_in: int = 1) -> Shop:
    """Read the shop as the benchmark sees shops: products that read the same are one.

    Parameters
    ----------
    one_in : of so many customers one is read.

    Raises
    ------
    FileNotFoundError
        Nothing was ordered.
    """
    _, last = order_span(connection)
    if last is None:
        raise FileNotFoundError("no orders are imported: run `rapport import` first")
    end = last + timedelta(seconds=1)
    on_sale = read_range(connection)
    purchases = read_purchases(connection, on_sale, end)
    kept = purchases.only(purchases.customer % one_in == 0)
    return by_kinds(kept, on_sale, end.replace(tzinfo=None))


def by_kinds(purchases: Purchases, on_sale: Range, end: datetime) -> Shop:
    """Make products of one group (what reads the same) one, and keep the `MOST_PRODUCTS` bought most often."""
    _, first = np.unique(on_sale.groups, return_index=True)
    kinds = np.searchsorted(on_sale.groups[first], on_sale.groups)
    often = np.bincount(kinds[purchases.product], minlength=len(first))
    best = np.sort(np.argsort(-often, kind="stable")[:MOST_PRODUCTS])
    place = np.full(len(first), -1, np.int32)
    place[best] = np.arange(len(best), dtype=np.int32)
    product = place[kinds[purchases.product]]
    kept = replace(purchases, product=product).only(product >= 0)
    chosen = first[best]
    categories = on_sale.categories[chosen]
    return Shop(
        end=end,
        purchases=kept,
        on_sale=Range(
            products=on_sale.products[chosen],
            groups=np.arange(len(chosen), dtype=np.int32),
            categories=categories,
            prices=on_sale.price[chosen],
            texts=None if on_sale.texts is None else tuple(on_sale.texts[one] for one in chosen.tolist()),
            prose=on_sale.prose and tuple(on_sale.prose[one] for one in chosen.tolist()),
        ),
        words=tuple(map(str, categories.tolist())),
    )


def cut_of(shop: Shop) -> Split:
    """Cut the shop a quarter of its history before the end, at most 39 days.

    Raises
    ------
    FileNotFoundError
        The history is too short to foretell a week from the three before it.
    """
    days = min(_MOST_DAYS, float(shop.purchases.age.max(initial=0.0)) * _SHARE)
    if days < _LEAST_DAYS:
        raise FileNotFoundError(f"the orders span less than {_LEAST_DAYS / _SHARE:.0f} days: too few to cut")
    return split(shop, shop.end - timedelta(days=days))
