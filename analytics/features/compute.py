"""Features as rows for the database: the three figures, and behaviour as JSON."""

from __future__ import annotations

import json
from datetime import date, datetime
from typing import Any

import duckdb
import pyarrow as pa

from analytics import columns as c
from analytics.features.decode import SCHEMA
from analytics.features.table import feature_table
from store.repositories.bulk import Row

#: Decimals that are kept; figures that are not here are whole numbers.
_DECIMALS = {
    c.BASKET_VALUE: 2, c.BIGGEST_BASKET: 2, c.SPENT_LAST_90_DAYS: 2, c.LINES_PER_ORDER: 1, c.DAYS_BETWEEN_ORDERS: 1,
    c.INTERVAL_SPREAD: 1, c.TENURE_DAYS: 1, c.INTERVAL_REGULARITY: 3, c.DISCOUNT_SHARE: 3, c.RETURN_SHARE: 3,
    c.WEEKEND_SHARE: 3, c.ORDER_TREND: 3, c.FAVOURITE_SHARE: 3,
}  # fmt: skip
#: Told by the columns of the row, or by another figure of the same behaviour.
_LEFT_OUT = {c.CUSTOMER_ID, *c.RFM, c.FAVOURITE_SHARE}


def compute_features(sales: duckdb.DuckDBPyConnection, now: datetime, timezone: str) -> list[Row]:
    """Compute the features of every customer who ordered before `now`.

    Parameters
    ----------
    sales : a connection with the tables of `load_sales`.
    now : aware; recency is counted from here.
    timezone : the shop's zone, in which hours and weekends are told.

    Returns
    -------
    list of (customer id, recency in days, orders, money spent, behaviour as JSON text), by customer id.
        Behaviour holds what is known only: no days between orders for a single order.
    """
    return feature_rows(feature_table(sales, now, timezone))


def feature_rows(features: pa.Table) -> list[Row]:
    """Give the rows of a feature table, as `compute_features` does."""
    own = zip(*(features[name].to_pylist() for name in (c.CUSTOMER_ID, *c.RFM)), strict=True)
    names = [name for name in SCHEMA.names if name not in _LEFT_OUT]
    told = [[_plain(name, value) for value in features[name].to_pylist()] for name in names]
    return [
        (customer, round(recency, 3), int(orders), round(money, 2), _text(names, values))
        for (customer, recency, orders, money), values in zip(own, zip(*told, strict=True), strict=True)
    ]


def _text(names: list[str], values: tuple[Any, ...]) -> str:
    known = {name: value for name, value in zip(names, values, strict=True) if value is not None and value != []}
    return json.dumps(known, ensure_ascii=False)


def _plain(name: str, value: Any) -> Any:
    if isinstance(value, float):
        decimals = _DECIMALS.get(name)
        return int(value) if decimals is None else round(value, decimals)
    if isinstance(value, date):
        return value.isoformat()
    if name == c.CATEGORY_SHARES:
        return [round(share, 3) for share in value]
    return value
