"""A customer as the model sees her: from the training, or folded in from her orders when she came later.

The learned ranking always reads her orders anew: what she bought a minute ago counts.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

import numpy as np

from analytics.fading import faded
from analytics.recommendation.model import HALF_LIFE_DAYS, NextBasketModel, Shopper, known_shopper, new_shopper
from analytics.recommendation.past import Past
from analytics.recommendation.purchases import SECONDS_A_DAY
from analytics.recommendation.ranking.ledger import History
from analytics.recommendation.ranking.lessons import looking_at
from analytics.recommendation.ranking.ranker import Ranker


def shopper_of(model: NextBasketModel, customer_id: str, past: Past, now: datetime) -> Shopper | None:
    """Give the customer; None for one without an order of anything on sale."""
    row = model.customer_position(customer_id)
    if row is not None:
        return known_shopper(model, row)
    bought: dict[int, float] = {}
    baskets: dict[str, float] = {}
    for purchase in past.purchases():
        weight = faded((now - purchase.placed_at).total_seconds() / SECONDS_A_DAY, HALF_LIFE_DAYS)
        baskets[purchase.order_id] = weight
        index = model.product_position(purchase.product_id)
        if index is not None:
            bought[index] = bought.get(index, 0.0) + weight
    return new_shopper(model, bought, sum(baskets.values())) if bought else None


def ranker_of(model: NextBasketModel, customer_id: str, past: Past, now: datetime) -> Ranker | None:
    """Give what ranks for a customer; None where the shop taught nothing, or she ordered nothing that can be ranked."""
    taught = model.taught
    if taught is None:
        return None
    position = taught.knowledge.offered.position
    #: (moment, place among what can be ranked): two lines of one order are one purchase.
    pieces: dict[tuple[datetime, int], int] = {}
    for _, moment, product_id, quantity in past.pieces:
        index = model.product_position(product_id)
        place = -1 if index is None else int(position[index])
        if place >= 0 and moment <= now:
            pieces[moment, place] = pieces.get((moment, place), 0) + quantity
    if not pieces:
        return None
    history = History.of(
        np.array([place for _, place in pieces], np.int32),
        np.array([(now - moment).total_seconds() / SECONDS_A_DAY for moment, _ in pieces], np.float32),
        np.array(list(pieces.values()), np.float32),
    )
    row = model.customer_position(customer_id)
    return Ranker(taught, history, None if row is None else taught.knowledge.crowd.place(row))


def onlooker_of(model: NextBasketModel, product_ids: Iterable[str]) -> Ranker | None:
    """Give what ranks for somebody of whom only what she looks at now is known; None where that can't be ranked."""
    if model.taught is None:
        return None
    indices = (model.product_position(product_id) for product_id in product_ids)
    position = model.taught.knowledge.offered.position
    places = [int(position[index]) for index in indices if index is not None and position[index] >= 0]
    return Ranker(model.taught, looking_at(places)) if places else None
