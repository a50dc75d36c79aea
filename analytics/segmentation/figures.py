"""The figures that segments are found in: those of the features that differ between customers, column by column."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import numpy as np

from analytics import columns as c
from analytics.segmentation.ranks import Floats

#: One array per figure, customers in the same order in all; NaN where a customer has none.
Columns = Mapping[str, Floats]

#: Habits that may tell customers apart beside recency, orders and money.
HABITS = (
    c.BASKET_VALUE,
    c.DAYS_BETWEEN_ORDERS,
    c.CATEGORIES_BOUGHT,
    c.DISCOUNT_SHARE,
    c.WEEKEND_SHARE,
    c.INTERVAL_REGULARITY,
    c.TENURE_DAYS,
    c.RETURN_SHARE,
)
#: A figure of which more customers than this have one and the same value tells hardly anybody apart.
_MOST_ALIKE = 0.9
#: A figure that fewer customers than this have is no ground to compare them on.
_LEAST_KNOWN = 0.5


def columns_of(rows: Iterable[Sequence[Any]]) -> tuple[list[str], dict[str, Floats]]:
    """Turn stored features into columns.

    Parameters
    ----------
    rows : (customer id, recency in days, orders, money spent, behaviour as JSON text or object).

    Returns
    -------
    The customer ids, and the columns of `RFM` and `HABITS` in the same order.
    """
    ids: list[str] = []
    values: list[tuple[float, ...]] = []
    for customer, recency, frequency, monetary, stored in rows:
        behaviour = behaviour_of(stored)
        ids.append(customer)
        values.append((float(recency), float(frequency), float(monetary), *(_number(behaviour, h) for h in HABITS)))
    table = np.array(values, dtype=np.float64).reshape(len(ids), len(c.RFM) + len(HABITS))
    return ids, dict(zip((*c.RFM, *HABITS), table.T, strict=True))


def behaviour_of(stored: Any) -> dict[str, Any]:
    """Give behaviour as a dict: SQLite hands out JSON as text, PostgreSQL as an object."""
    behaviour: dict[str, Any] = json.loads(stored) if isinstance(stored, str) else stored
    return behaviour


def telling(columns: Columns) -> list[str]:
    """Give the habits that most customers have and that differ between them, in the order of `HABITS`."""
    return [name for name in HABITS if name in columns and _differs(columns[name])]


def fallback(name: str, values: Floats) -> float:
    """Give what stands for a figure that a customer has not: one order has no gap, and reads as the longest one."""
    known = values[~np.isnan(values)]
    if len(known) == 0:
        return 0.0
    return float(known.max() if name == c.DAYS_BETWEEN_ORDERS else np.median(known))


def _number(behaviour: Mapping[str, Any], name: str) -> float:
    value = behaviour.get(name)
    return float("nan") if value is None else float(value)


def _differs(values: Floats) -> bool:
    known = values[~np.isnan(values)]
    if len(known) < _LEAST_KNOWN * len(values) or len(known) == 0:
        return False
    _, counts = np.unique(known, return_counts=True)
    return bool(counts.max() <= _MOST_ALIKE * len(known))
