"""From the engines' numbers to the feature table: codes get their names, seconds become days."""

from __future__ import annotations

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from analytics import columns as c
from analytics.features.expressions import DAYTIMES, SPACE
from analytics.features.kinds import Kinds

#: Column of the expression: lines whose category is known.
KNOWN_LINES = "known_lines"
_DAY = 86_400

#: What the feature table holds beside the customer's id, in this order; all of it float64 …
NUMBERS = (
    *c.RFM, c.BASKET_VALUE, c.BIGGEST_BASKET, c.LINES_PER_ORDER, c.DAYS_BETWEEN_ORDERS, c.INTERVAL_SPREAD,
    c.INTERVAL_REGULARITY, c.TENURE_DAYS, c.DISCOUNT_SHARE, c.RETURN_SHARE, c.WEEKEND_SHARE, c.ORDERS_LAST_30_DAYS,
    c.ORDERS_LAST_90_DAYS, c.ORDERS_LAST_180_DAYS, c.ORDERS_90_DAYS_BEFORE, c.ORDER_TREND, c.SPENT_LAST_90_DAYS,
    c.CATEGORIES_BOUGHT, c.USUAL_HOUR, c.RECENCY_SCORE, c.FREQUENCY_SCORE, c.MONETARY_SCORE, c.FAVOURITE_SHARE,
)  # fmt: skip
#: … and what is not.
SCHEMA = pa.schema(
    [
        (c.CUSTOMER_ID, pa.string()),
        *((name, pa.float64()) for name in NUMBERS),
        (c.FIRST_ORDER, pa.date32()),
        (c.LAST_ORDER, pa.date32()),
        (c.USUAL_TIME, pa.string()),
        (c.FAVOURITE_DEPARTMENT, pa.string()),
        (c.FAVOURITE_CATEGORY, pa.string()),
        (c.FAVOURITE_CATEGORIES, pa.list_(pa.string())),
        (c.CATEGORY_SHARES, pa.list_(pa.float64())),
    ]
)


def decoded(found: pa.Table, kinds: Kinds) -> pa.Table:
    """Give the feature table (`SCHEMA`) from the rows of `feature_expression`, in their order."""
    columns = {name: found[name] for name in found.column_names}
    columns[c.USUAL_TIME] = _named(found[c.USUAL_TIME], DAYTIMES)
    columns[c.FAVOURITE_DEPARTMENT] = _named(found[c.FAVOURITE_DEPARTMENT], kinds.departments)
    for name in (c.FIRST_ORDER, c.LAST_ORDER):
        columns[name] = _day(found[name])
    columns.update(_tastes(found[c.FAVOURITE_CATEGORIES], found[KNOWN_LINES], kinds.categories))
    return pa.table([columns[name] for name in SCHEMA.names], names=SCHEMA.names).cast(SCHEMA)


def _tastes(places: pa.ChunkedArray, known: pa.ChunkedArray, categories: tuple[str, ...]) -> dict[str, pa.Array]:
    """Give favourites and their shares from numbers that hold both count and code."""
    places = places.combine_chunks()
    lengths = np.asarray(pc.fill_null(pc.list_value_length(places), 0))
    offsets = np.concatenate([[0], np.cumsum(lengths)]).astype(np.int32)
    held = -np.asarray(pc.list_flatten(places)).astype(np.int64)
    totals = np.asarray(pc.fill_null(known, 0.0), dtype=np.float64)
    shares = (held // SPACE) / np.repeat(totals, lengths)
    names = _named(pa.array(SPACE - 1 - held % SPACE, pa.int64()), categories)
    some = lengths > 0
    firsts = pa.array(np.where(some, offsets[:-1], 0), mask=~some)
    return {
        c.FAVOURITE_CATEGORIES: pa.ListArray.from_arrays(offsets, names),
        c.CATEGORY_SHARES: pa.ListArray.from_arrays(offsets, pa.array(shares, pa.float64())),
        c.FAVOURITE_CATEGORY: names.take(firsts),
        c.FAVOURITE_SHARE: pa.array(shares, pa.float64()).take(firsts),
    }


def _named(codes: pa.Array | pa.ChunkedArray, names: tuple[str, ...]) -> pa.Array:
    if isinstance(codes, pa.ChunkedArray):
        codes = codes.combine_chunks()
    return pa.array(names, pa.string()).take(codes)


def _day(seconds: pa.ChunkedArray) -> pa.Array:
    days = np.floor_divide(np.asarray(seconds, dtype=np.int64), _DAY)
    return pa.array(days.astype(np.int32), pa.int32()).cast(pa.date32())
