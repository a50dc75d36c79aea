"""Which engine tells the figures of segments: the same statements on DuckDB, PostgreSQL and Spark."""

from __future__ import annotations

import tempfile
from functools import cache
from pathlib import Path
from typing import Any

import pyarrow as pa
from sqlalchemy import Connection

from analytics.features.compiled import Dialect, sql_of
from analytics.features.engines import NEEDS_POSTGRESQL, Engine, EngineUnavailable, spark_here
from analytics.segmentation.expressions import count_expression, movement_expression, summary_expression
from analytics.segmentation.relations import MEMBERS, MOVES, SCHEMA, features_table, members_table, moves_table
from analytics.segmentation.stored import CAME_FROM, FILE, stored_members, write_members
from analytics.segmentation.summaries import Found, Summaries
from analytics.workspace import open_workspace
from store.engine import Database
from store.repositories.in_database import rows_of


def summaries_by(engine: Engine, database: Database) -> Summaries | None:
    """Count segments as customers are in them now: the same, whichever engine does it.

    Parameters
    ----------
    engine : "duckdb" in this process; "postgresql" inside the shop's own database; "spark" on this machine, from a
        file that the features are written to piece by piece.

    Returns
    -------
    None where nobody is in a segment.

    Raises
    ------
    EngineUnavailable
        The database is no PostgreSQL, or Spark is not installed.
    """
    if engine == "postgresql":
        if database.is_sqlite:
            raise EngineUnavailable(NEEDS_POSTGRESQL)
        with database.read() as connection:
            return summaries_in_database(connection)
    if engine == "duckdb":
        return summaries_of(stored_members(database))
    with spark_here() as session, tempfile.TemporaryDirectory(prefix="rapport-segments-") as folder:
        write_members(database, Path(folder) / FILE)
        stored = session.read.parquet(f"{folder}/{FILE}")
        inside = stored.where(stored[CAME_FROM].isNotNull()).withColumnRenamed(CAME_FROM, "segment")
        return summaries_with_spark(inside.select(*SCHEMA.names))


def summaries_of(members: pa.Table) -> Summaries | None:
    """Count segments in this process, with DuckDB.

    Parameters
    ----------
    members : of `relations.SCHEMA`.

    Returns
    -------
    None where nobody is in a segment; so do the others.
    """
    with open_workspace() as workspace:
        workspace.register(MEMBERS, members)
        figures, counts = (workspace.execute(sql).to_arrow_table().to_pylist() for sql in _statements("duckdb"))
    return Summaries.of(figures, counts)


def summaries_in_database(connection: Connection) -> Summaries | None:
    """Count segments as customers are in them now, inside the shop's own PostgreSQL: a row a segment leaves it."""
    figures, counts = (rows_of(connection, sql) for sql in _statements("postgres"))
    return Summaries.of(figures, counts)


def summaries_with_spark(members: Any) -> Summaries | None:
    """Count segments by Spark.

    Parameters
    ----------
    members : Spark frame with the columns of `relations.SCHEMA`.
    """
    own = members.sparkSession
    members.createOrReplaceTempView(MEMBERS)
    figures, counts = ([row.asDict() for row in own.sql(sql).collect()] for sql in _statements("pyspark"))
    own.catalog.dropTempView(MEMBERS)
    return Summaries.of(figures, counts)


def moves_of(members: pa.Table) -> list[Found]:
    """Count moves in this process; `members` has `came_from` and `segment` (int64). See `identity.moves_between`."""
    with open_workspace() as workspace:
        workspace.register(MOVES, members)
        rows: list[Found] = workspace.execute(moves_sql("duckdb")).to_arrow_table().to_pylist()
    return rows


def moves_with_spark(members: Any) -> list[Found]:
    """Count moves by Spark; `members` is a frame with the same columns."""
    own = members.sparkSession
    members.createOrReplaceTempView(MOVES)
    rows = [row.asDict() for row in own.sql(moves_sql("pyspark")).collect()]
    own.catalog.dropTempView(MOVES)
    return rows


@cache
def moves_sql(dialect: Dialect) -> str:
    """Give the statement that counts moves, over a table or view `relations.MOVES`."""
    return sql_of(movement_expression(moves_table()), dialect)


@cache
def _statements(dialect: Dialect) -> tuple[str, str]:
    members = features_table() if dialect == "postgres" else members_table()
    return sql_of(summary_expression(members), dialect), sql_of(count_expression(members), dialect)
