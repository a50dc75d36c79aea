"""A customer as the model sees her: from the training, or folded in from her orders when she came later.

The learned ranking always reads her orders anew: what she bought a minute ago counts.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

import numpy as np
from numpy.typing import NDArray

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
    history = _ranked_history(model, taught.knowledge.offered.position, past, now)
    if len(history) == 0:
        return None
    row = model.customer_position(customer_id)
    return Ranker(taught, history, None if row is None else taught.knowledge.crowd.place(row))


def _ranked_history(model: NextBasketModel, position: NDArray[np.int32], past: Past, now: datetime) -> History:
    """Give what she bought until now of what can be ranked; two lines of one moment with a product are one purchase."""
    moments = {piece.placed_at for piece in past.pieces}
    days_ago = {moment: (now - moment).total_seconds() / SECONDS_A_DAY for moment in moments}
    pieces: dict[tuple[float, int], int] = {}
    for _, moment, product_id, quantity in past.pieces:
        index = model.product_position(product_id)
        if index is not None:
            bought = (days_ago[moment], index)
            pieces[bought] = pieces.get(bought, 0) + quantity
    age = np.array([days for days, _ in pieces])
    place = position[np.array([index for _, index in pieces], np.int64)]
    quantities = np.array(list(pieces.values()), np.float32)
    kept = (place >= 0) & (age >= 0)
    return History.of(place[kept], age[kept].astype(np.float32), quantities[kept])


def onlooker_of(model: NextBasketModel, product_ids: Iterable[str]) -> Ranker | None:
    """Give what ranks for somebody of whom only what she looks at now is known; None where that can't be ranked."""
    if model.taught is None:
        return None
    indices = (model.product_position(product_id) for product_id in product_ids)
    position = model.taught.knowledge.offered.position
    places = [int(position[index]) for index in indices if index is not None and position[index] >= 0]
    return Ranker(model.taught, looking_at(places)) if places else None
