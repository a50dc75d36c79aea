"""`rapport bench features`: all features of Online Retail beside recency, orders and money alone in other engines."""

from __future__ import annotations

import statistics
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import duckdb
import pandas as pd
import polars as pl

from analytics.features.layouts import flat_text_lines
from analytics.features.parquet import feature_table_of_lines
from analytics.workspace import open_workspace
from benchmarks.online_retail import FILE

#: The day after the last order of the set, and of its shifted copies.
_NOW = datetime(2011, 12, 10, tzinfo=UTC)
_COPIES, _RUNS = 10, 7
#: What everybody leaves out: lines without a customer, cancellations, quantities and prices that are not above zero.
_KEPT = "CustomerID IS NOT NULL AND InvoiceNo NOT LIKE 'C%' AND Quantity > 0 AND UnitPrice > 0"

Work = Callable[[], Any]


def run(quick: bool) -> dict[str, Any]:
    """Measure CPU time from Parquet to the result in memory, each engine in turn, the median of seven runs.

    Parameters
    ----------
    quick : only the set itself, three times; without, ten copies of it with other customers and orders too.

    Returns
    -------
    dict
        In the form of every benchmark. Figures: `cpu_s_541k`, `cpu_s_5M`: CPU seconds of all features, and
        `first_s_541k`, the first run of a process with the compiling in it. Baselines under the same keys compute
        recency, frequency and money only. Ratio: the fastest of them over ours; the goal is half, with all features.

    Raises
    ------
    FileNotFoundError
        The data set is not beside the project.
    """
    if not FILE.is_file():
        raise FileNotFoundError(f"data absent: {FILE.name} is not beside the project (shared/data/online_retail)")
    began = time.perf_counter()
    figures: dict[str, float] = {}
    baselines: dict[str, dict[str, float]] = {"polars": {}, "duckdb": {}, "pandas": {}}
    with tempfile.TemporaryDirectory(prefix="rapport-features-") as temporary:
        files = {"541k": FILE} if quick else {"541k": FILE, "5M": _copies(Path(temporary))}
        for name, file in files.items():
            works = {"rapport": _ours(file), **_others(file)}
            first = _cpu(works["rapport"])
            figures.setdefault("first_s_541k", round(first, 3))
            measured = _measured(works, 3 if quick else _RUNS)
            figures[f"cpu_s_{name}"] = measured.pop("rapport")
            for engine, seconds in measured.items():
                baselines[engine][f"cpu_s_{name}"] = seconds
    keys = [key for key in figures if key.startswith("cpu_s")]
    return {
        "bench": "features",
        "sizes": {"lines": {name: _lines(name) for name in files}, "runs": 3 if quick else _RUNS},
        "figures": figures,
        "baselines": baselines,
        "ratio": {key: round(min(of[key] for of in baselines.values()) / figures[key], 3) for key in keys},
        "seconds": round(time.perf_counter() - began, 1),
    }


def _ours(file: Path) -> Work:
    sales = _one_thread()
    kept = f"FROM '{file}' WHERE {_KEPT}"
    sales.execute(
        "CREATE VIEW sales AS SELECT InvoiceNo AS order_id, CustomerID AS customer_id, InvoiceDate AS placed_at, "
        "StockCode AS product_id, Quantity AS quantity, Quantity * UnitPrice AS amount, 0.0 AS discount " + kept
    )
    # As `online_retail.py` has it: the set has no categories, the last word of a product's name stands for one.
    sales.execute(
        "CREATE TABLE products AS SELECT StockCode AS product_id, 'gifts' AS department, "
        "lower(regexp_extract(mode(trim(Description)), '([A-Za-z]+)[^A-Za-z]*$', 1)) AS category "
        + kept
        + " GROUP BY StockCode"
    )
    return lambda: feature_table_of_lines(sales, _NOW, layout=flat_text_lines)


def _others(file: Path) -> dict[str, Work]:
    kept = (
        pl.col("CustomerID").is_not_null()
        & ~pl.col("InvoiceNo").str.starts_with("C")
        & (pl.col("Quantity") > 0)
        & (pl.col("UnitPrice") > 0)
    )
    rfm = (
        pl.scan_parquet(file)
        .filter(kept)
        .group_by("CustomerID")
        .agg(
            pl.col("InvoiceDate").max(),
            pl.col("InvoiceNo").n_unique(),
            (pl.col("Quantity") * pl.col("UnitPrice")).sum().alias("money"),
        )
    )
    connection = _one_thread()
    figures = "SELECT CustomerID, max(InvoiceDate), count(DISTINCT InvoiceNo), sum(Quantity * UnitPrice)"
    query = f"{figures} FROM '{file}' WHERE {_KEPT} GROUP BY CustomerID"
    return {
        "polars": rfm.collect,
        "duckdb": lambda: connection.execute(query).to_arrow_table(),
        "pandas": lambda: _with_pandas(file),
    }


def _with_pandas(file: Path) -> pd.DataFrame:
    columns = ["CustomerID", "InvoiceNo", "InvoiceDate", "Quantity", "UnitPrice"]
    lines = pd.read_parquet(file, columns=columns)
    kept = lines["CustomerID"].notna() & ~lines["InvoiceNo"].str.startswith("C")
    lines = lines[kept & (lines["Quantity"] > 0) & (lines["UnitPrice"] > 0)]
    lines = lines.assign(money=lines["Quantity"] * lines["UnitPrice"])
    return lines.groupby("CustomerID").agg(
        last=("InvoiceDate", "max"), orders=("InvoiceNo", "nunique"), money=("money", "sum")
    )


def _one_thread() -> duckdb.DuckDBPyConnection:
    """Give a workspace with one thread: the same work in the fewest CPU seconds."""
    connection = open_workspace()
    connection.execute("SET threads = 1")
    return connection


def _copies(folder: Path) -> Path:
    """Write ten copies of the set, each with customers and orders of its own."""
    file = folder / "copies.parquet"
    with open_workspace() as workspace:
        workspace.execute(
            f"COPY (SELECT * REPLACE (CustomerID + copy * 100000 AS CustomerID, InvoiceNo || copy AS InvoiceNo) "  # noqa: S608
            f"FROM '{FILE}', range({_COPIES}) AS copies(copy) ) TO '{file}' (FORMAT parquet)"
        )
    return file


def _measured(works: dict[str, Work], runs: int) -> dict[str, float]:
    """Give the median CPU seconds of each, taken in turn so that whatever else the machine does hits all alike."""
    seconds: dict[str, list[float]] = {name: [] for name in works}
    for _ in range(runs):
        for name, work in works.items():
            seconds[name].append(_cpu(work))
    return {name: round(statistics.median(of), 4) for name, of in seconds.items()}


def _cpu(work: Work) -> float:
    started = time.process_time()
    work()
    return time.process_time() - started


def _lines(name: str) -> int:
    return 541_909 if name == "541k" else 541_909 * _COPIES
