"""The feature table computed where the sales lie: in the shop's own PostgreSQL, without copying them out."""

from __future__ import annotations

import io
from datetime import datetime

import pyarrow as pa
import pyarrow.compute as pc
from pyarrow import csv
from sqlalchemy import Connection

from analytics import columns as c
from analytics.features.compiled import feature_sql
from analytics.features.decode import KNOWN_LINES, NUMBERS, SCHEMA, decoded
from analytics.features.kinds import kinds_of
from analytics.features.layouts import CODES, database_tables
from analytics.features.moments import clock_for, moment_values
from analytics.features.placeholders import filled
from store.repositories.in_database import csv_of, first_order, product_kinds, put_codes

_WHOLE = (c.FIRST_ORDER, c.LAST_ORDER, c.USUAL_TIME, c.FAVOURITE_DEPARTMENT)


def feature_table_in_database(connection: Connection, now: datetime, timezone: str = "UTC") -> pa.Table:
    """Compute the features of every customer who ordered before `now`.

    Parameters
    ----------
    connection : to PostgreSQL, in a transaction; a temporary table is made in it.
    now, timezone : as in `feature_table`.

    Returns
    -------
    pyarrow.Table
        The same as `feature_table` gives from a copy of the tables, to the last bit.
    """
    first = first_order(connection)
    if first is None or first > now:
        return SCHEMA.empty_table()
    clock = clock_for(timezone, first, now)
    kinds = kinds_of(product_kinds(connection))
    put_codes(connection, CODES, zip(*kinds.as_table().to_pydict().values(), strict=True))
    sql = feature_sql("postgres", database_tables, len(clock.changes), kinds.nested)
    return decoded(_read(csv_of(connection, filled(sql, moment_values(now, clock)))), kinds).sort_by(c.CUSTOMER_ID)


def _read(text: bytes) -> pa.Table:
    numbers = dict.fromkeys((*NUMBERS, KNOWN_LINES), pa.float64())
    types = {**numbers, **dict.fromkeys(_WHOLE, pa.int64()), c.CUSTOMER_ID: pa.string()}
    table = csv.read_csv(
        io.BytesIO(text),
        convert_options=csv.ConvertOptions(column_types={**types, c.FAVOURITE_CATEGORIES: pa.string()}),
    )
    at = table.schema.get_field_index(c.FAVOURITE_CATEGORIES)
    inside = pc.utf8_trim(table[c.FAVOURITE_CATEGORIES], "{}")
    # "" would split into one empty number.
    lists = pc.split_pattern(pc.if_else(pc.equal(inside, ""), None, inside), ",")
    return table.set_column(at, c.FAVOURITE_CATEGORIES, lists.cast(pa.list_(pa.int64())))
