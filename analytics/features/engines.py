"""Which engine computes the features, and from where: the shop's database, or Parquet files beside it."""

from __future__ import annotations

import tempfile
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any, Literal, get_args

import pyarrow as pa
import pyarrow.compute as pc

from analytics import columns as c
from analytics.features.postgres import feature_table_in_database
from analytics.features.sales import load_sales
from analytics.features.spark import feature_table_with_spark
from analytics.features.table import feature_table
from analytics.spark_session import SparkUnavailable, local_session
from analytics.workspace import open_workspace
from store.engine import Database

Engine = Literal["duckdb", "postgresql", "spark"]
ENGINES: tuple[Engine, ...] = get_args(Engine)
NEEDS_POSTGRESQL = "--engine postgresql needs the shop in PostgreSQL: set RAPPORT_DATABASE_URL."
_TABLES = ("orders", "lines", "returns", "products")


class EngineUnavailable(ValueError):  # noqa: N818  (what the user is told, not a fault of ours)
    """The engine that was asked for cannot run here; the message says what would have to be."""


def features_by(
    engine: Engine, database: Database, now: datetime, timezone: str, *, source: str | None = None
) -> pa.Table:
    """Compute the features of every customer who ordered before `now`: the same, whichever engine does it.

    Parameters
    ----------
    engine : "duckdb" in this process on a copy of the tables; "postgresql" inside the shop's own database; "spark" on
        this machine (with a cluster's session call `analytics.features.spark` itself).
    now, timezone : as in `feature_table`.
    source : for Spark: a folder or address with `orders.parquet`, `lines.parquet`, `products.parquet` and
        perhaps `returns.parquet`, or `sales.parquet` and `products.parquet`. None: the tables of the database are
        written out for it.

    Raises
    ------
    EngineUnavailable
        The database is no PostgreSQL, Spark is not installed, or a source was given to an engine that reads none.
    """
    if source is not None and engine != "spark":
        raise EngineUnavailable(f"--source is read by --engine spark only; {engine} reads the shop's database.")
    if engine == "postgresql":
        return _inside(database, now, timezone)
    if engine == "spark":
        return _by_spark(database, now, timezone, source)
    with open_workspace() as sales:
        load_sales(database, sales)
        return feature_table(sales, now, timezone)


def of_known(features: pa.Table, customer_ids: Collection[str]) -> pa.Table:
    """Leave out customers whom the shop's database does not know: an outside source may hold more."""
    return features.filter(pc.is_in(features[c.CUSTOMER_ID], pa.array(customer_ids, pa.string())))


def _inside(database: Database, now: datetime, timezone: str) -> pa.Table:
    if database.is_sqlite:
        raise EngineUnavailable(NEEDS_POSTGRESQL)
    with database.write() as connection:
        return feature_table_in_database(connection, now, timezone)


def _by_spark(database: Database, now: datetime, timezone: str, source: str | None) -> pa.Table:
    with spark_here() as session:
        if source is not None:
            return feature_table_with_spark(session, source, now, timezone)
        with tempfile.TemporaryDirectory(prefix="rapport-sales-") as folder:
            write_out(database, Path(folder))
            return feature_table_with_spark(session, folder, now, timezone)


@contextmanager
def spark_here() -> Iterator[Any]:
    """Start Spark on this machine, and stop it.

    Raises
    ------
    EngineUnavailable
        Spark or Java is missing; the message says what to install.
    """
    try:
        session = local_session()
    except SparkUnavailable as reason:
        raise EngineUnavailable(str(reason)) from reason
    try:
        yield session
    finally:
        session.stop()


def write_out(database: Database, folder: Path) -> None:
    """Write the shop's orders, lines, returns and products as Parquet files that every engine reads."""
    with open_workspace() as sales:
        load_sales(database, sales)
        for name in _TABLES:
            sales.execute(f"COPY {name} TO '{folder / name}.parquet' (FORMAT parquet)")
