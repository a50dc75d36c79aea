"""A DuckDB database in memory, for one job's work on many rows."""

from __future__ import annotations

from pathlib import Path

import duckdb


def open_workspace(*, memory: str | None = None, spill: Path | None = None) -> duckdb.DuckDBPyConnection:
    """Give an empty in-memory DuckDB that draws no progress bars of its own; the caller closes it.

    Parameters
    ----------
    memory : the most it takes ("2GB"); None: four fifths of the machine's.
    spill : folder for what does not fit; made when needed.
    """
    connection = duckdb.connect()
    connection.execute("SET enable_progress_bar = false")
    if memory is not None:
        connection.execute("SET memory_limit = ?", [memory])
    if spill is not None:
        connection.execute("SET temp_directory = ?", [str(spill)])
    return connection
