"""The feature table computed by Apache Spark, from sales in Parquet files.

Nothing here makes a session or imports Spark: the caller hands one in, local or of a cluster.
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pyarrow as pa

from analytics import columns as c
from analytics.features.compiled import feature_sql
from analytics.features.decode import SCHEMA, decoded
from analytics.features.kinds import Kinds, kinds_of
from analytics.features.layouts import CODES, Layout, flat_lines, lines_layout
from analytics.features.moments import clock_for, moment_values
from analytics.features.placeholders import filled

_FOLDERS = ("orders", "lines", "products")
_FLAT = ("sales", "products")


def feature_table_with_spark(session: Any, source: str, now: datetime, timezone: str = "UTC") -> pa.Table:
    """Compute the features of every customer who ordered before `now`, and collect them.

    Parameters
    ----------
    session : a SparkSession; its settings and views stay as they are.
    source : folder or address that Spark can read, with `orders.parquet`, `lines.parquet`, `products.parquet` and, if
        there is one, `returns.parquet` as `feature_table` takes them; or with `sales.parquet` and `products.parquet`
        (see `layouts.flat_lines`). Each may be a file or a folder of files. Moments are naive UTC in microseconds.
    now, timezone : as in `feature_table`.

    Returns
    -------
    pyarrow.Table
        The same as `feature_table` gives.
    """
    frame, kinds = feature_frame(session, source, now, timezone)
    return SCHEMA.empty_table() if frame is None else decoded(frame.toArrow(), kinds).sort_by(c.CUSTOMER_ID)


def feature_frame(session: Any, source: str, now: datetime, timezone: str = "UTC") -> tuple[Any, Kinds]:
    """Give the features as a Spark frame, not collected: codes are numbers still, named by the kinds beside it.

    The frame is None where nobody ordered before `now`.
    """
    # A session of its own on the same cluster: views and the zone of one computation touch nobody else's.
    own = session.newSession()
    own.conf.set("spark.sql.session.timeZone", "UTC")
    layout, first = _read(own, source)
    kinds = kinds_of(
        (row[0], row[1]) for row in own.table("products").select("category", "department").distinct().collect()
    )
    if first is None or first > now:
        return None, kinds
    codes = list(zip(*kinds.as_table().to_pydict().values(), strict=True))
    schema = "kind int, category bigint, department bigint, category_name string, department_name string"
    own.createDataFrame(codes, schema).createOrReplaceTempView(CODES)
    clock = clock_for(timezone, first, now)
    sql = feature_sql("pyspark", layout, len(clock.changes), kinds.nested)
    return own.sql(filled(sql, moment_values(now, clock))), kinds


def _read(own: Any, source: str) -> tuple[Layout, datetime | None]:
    flat = _exists(own, f"{source}/sales.parquet")
    net = not flat and _exists(own, f"{source}/returns.parquet")
    for name in _FLAT if flat else (*_FOLDERS, *(["returns"] if net else [])):
        own.read.parquet(f"{source}/{name}.parquet").createOrReplaceTempView(name)
    found = own.sql(f"SELECT unix_micros(CAST(min(placed_at) AS TIMESTAMP)) FROM {'sales' if flat else 'orders'}")  # noqa: S608
    micros = found.collect()[0][0]
    first = None if micros is None else datetime.fromtimestamp(micros / 1e6, UTC)
    if flat:
        return flat_lines, first
    return lines_layout(own.table("lines").columns, returns=net), first


def _exists(own: Any, path: str) -> bool:
    jvm = own.sparkContext._jvm
    where = jvm.org.apache.hadoop.fs.Path(path)
    return bool(where.getFileSystem(own.sparkContext._jsc.hadoopConfiguration()).exists(where))
