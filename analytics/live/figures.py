"""What a segment model knows a customer by, from the plain values of what she bought."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from analytics import columns as c

_DAY = 86400.0
#: Categories kept of one customer; of a family that is full the least is left out.
MOST_CATEGORIES = 32


def figures_of_bought(bought: Mapping[str, Any], now: float) -> dict[str, float]:
    """Give the figures by their names in `analytics.columns`.

    Parameters
    ----------
    bought : plain values of `analytics.live.state.Bought`, with one order at least.
    now : seconds since 1970; recency is counted from here.
    """
    orders, money, discount = bought["orders"], bought["money"], bought["discount"]
    whole = money + discount
    found = {
        c.RECENCY_DAYS: max(now - bought["last"], 0.0) / _DAY,
        c.FREQUENCY: float(orders),
        c.MONETARY: money,
        c.BASKET_VALUE: money / orders,
        c.LINES_PER_ORDER: bought["lines"] / orders,
        c.DISCOUNT_SHARE: discount / whole if whole else 0.0,
        c.WEEKEND_SHARE: bought["weekend"] / orders,
    }
    if len(bought["categories"]) < MOST_CATEGORIES:  # beyond, the least are forgotten: the feature job counts them
        found[c.CATEGORIES_BOUGHT] = float(len(bought["categories"]))
    if orders > 1:
        found[c.DAYS_BETWEEN_ORDERS] = (bought["last"] - bought["first"]) / _DAY / (orders - 1)
    return found
