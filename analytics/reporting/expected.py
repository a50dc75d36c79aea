"""What is expected of all customers, as a table beside the others: `expected` (see `load_expected`)."""

from __future__ import annotations

import pyarrow as pa

from analytics.reporting.ground import Ground
from store.engine import Database
from store.repositories.reporting import prediction_columns

#: Of the JSON list of predictions, the two that are not columns of their own.
_NEXT = 'list_filter(from_json(listed, \'[{"kind":"VARCHAR","value":"DOUBLE","horizon_days":"INTEGER"}]\'), '


def load_expected(database: Database, ground: Ground) -> int:
    """Make the table `expected` (customer_id, churn, value, at_risk, orders, next_days, horizon); give its rows.

    `next_days` are counted from the moment of predicting, `horizon` is that of churn, both None where not predicted.
    """
    kinds = (pa.string(), pa.float64(), pa.float64(), pa.float64(), pa.string())
    names = ("customer_id", "churn", "value", "at_risk", "listed")
    parts = []
    with database.read() as connection:
        for rows in prediction_columns(connection):
            columns = zip(names, kinds, zip(*rows, strict=True), strict=True)
            parts.append(pa.table({name: pa.array(cells, type=kind) for name, kind, cells in columns}))
    empty = pa.table({name: pa.array([], type=kind) for name, kind in zip(names, kinds, strict=True)})
    ground.tables.register("read_expected", pa.concat_tables(parts) if parts else empty)
    ground.tables.execute(
        "CREATE TABLE expected AS SELECT customer_id, churn, value, at_risk, "  # noqa: S608  (our own names)
        f"{_NEXT} x -> x.kind = 'orders')[1].value AS orders, "
        f"{_NEXT} x -> x.kind = 'next_order')[1].value AS next_days, "
        f"{_NEXT} x -> x.kind = 'churn')[1].horizon_days AS horizon FROM read_expected"
    )
    return sum(part.num_rows for part in parts)
