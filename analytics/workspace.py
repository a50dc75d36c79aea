"""A DuckDB database in memory, for one job's work on many rows."""

from __future__ import annotations

import duckdb


def open_workspace() -> duckdb.DuckDBPyConnection:
    """Give an empty in-memory DuckDB that draws no progress bars of its own; the caller closes it."""
    connection = duckdb.connect()
    connection.execute("SET enable_progress_bar = false")
    return connection
