"""One full rebuild in a process of its own, so that its memory can be told: `python -m benchmarks.scale_rebuild …`."""

from __future__ import annotations

import json
import resource
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pyarrow as pa

from analytics.features.compute import feature_rows
from analytics.features.parquet import feature_table_of_lines
from analytics.segmentation.at_scale import assign_table, columns_of_table, fit_on_sample
from analytics.workspace import open_workspace
from benchmarks.synthetic_sales import END
from store.engine import open_database
from store.repositories.features import write_features

#: DuckDB's share of the 4 GiB; the result, the segments and Python need the rest.
_MEMORY = "2GB"
_SEGMENTS = 5


def rebuild(folder: Path, database_url: str) -> dict[str, float]:
    """Features of everybody, segments, and both written into the shop's database; tell what each cost.

    Parameters
    ----------
    folder : with the files of `write_sales`.
    database_url : with the customers in it.

    Returns
    -------
    Seconds of wall time of each step and of all, CPU seconds, peak memory in MiB, customers.
    """
    started = time.perf_counter()
    with open_workspace(memory=_MEMORY, spill=folder / "spill") as sales:
        sales.execute(f"CREATE VIEW sales AS FROM '{folder}/sales.parquet/*.parquet'")
        sales.execute(f"CREATE VIEW products AS FROM '{folder}/products.parquet'")
        features = feature_table_of_lines(sales, END)
    computed = time.perf_counter()
    columns = columns_of_table(features)
    model = fit_on_sample(columns, _SEGMENTS, seed=0)
    segments = assign_table(model, columns)
    segmented = time.perf_counter()
    database = open_database(database_url)
    with database.write() as connection:
        customers = write_features(connection, _rows(features, segments.tolist()), END, version="bench")
    database.close()
    ended = time.perf_counter()
    usage = resource.getrusage(resource.RUSAGE_SELF)
    return {
        "features_s": computed - started,
        "segments_s": segmented - computed,
        "writing_s": ended - segmented,
        "seconds": ended - started,
        "cpu_s": usage.ru_utime + usage.ru_stime,
        "peak_mib": usage.ru_maxrss / 1024,
        "customers": customers,
    }


def _rows(features: pa.Table, segments: list[int]) -> Iterator[tuple[Any, ...]]:
    place = 0
    for batch in feature_rows(features):
        for row in batch:
            yield (*row, segments[place])
            place += 1


if __name__ == "__main__":
    print(json.dumps(rebuild(Path(sys.argv[1]), sys.argv[2])))
