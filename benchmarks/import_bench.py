"""`rapport bench import`: importer, features and segments on a year of a grocery chain, beside plain pandas."""

from __future__ import annotations

import tempfile
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, TypeVar

from analytics.jobs.build_features import build_features
from analytics.jobs.build_segments import build_segments
from analytics.jobs.import_shop import import_shop
from benchmarks.plain_pandas import features_with_pandas, import_with_pandas, segments_with_pandas
from benchmarks.shop_copy import copy_data, new_database, quiet

_SEED = 0

T = TypeVar("T")


def run(quick: bool) -> dict[str, Any]:
    """Measure both ways on the same files, into a new SQLite file each.

    Parameters
    ----------
    quick : one household in twenty.

    Returns
    -------
    dict
        In the form of every benchmark. Figures: `import_rows_per_s` (rows written), `import_seconds`,
        `features_seconds`, `segments_seconds`. Ratios above 1 are better than plain pandas. Not in the pandas
        version: readable and distinct product names, reasons and examples of rejected rows, the wish to be repeatable.
    """
    began = time.perf_counter()
    now = datetime.now(UTC)
    with tempfile.TemporaryDirectory(prefix="rapport-bench-") as temporary:
        folder = Path(temporary)
        copy_data(folder, quick)
        figures, sizes = _rapport(folder, now)
        pandas = _pandas(folder, now)
    return {
        "bench": "import",
        "sizes": sizes,
        "figures": figures,
        "baselines": {"pandas": pandas},
        "ratio": {key: round(_gain(key, figures[key], pandas[key]), 3) for key in figures},
        "seconds": round(time.perf_counter() - began, 1),
    }


def _rapport(folder: Path, now: datetime) -> tuple[dict[str, float], dict[str, int]]:
    database = new_database(folder / "rapport.db")
    imported, import_seconds = _timed(lambda: import_shop(database, folder / "mapping.yml", quiet, now))
    features, features_seconds = _best_of(lambda: build_features(database, now, quiet))
    segments, segments_seconds = _best_of(lambda: build_segments(database, folder / "artifacts", now, quiet, _SEED))
    database.close()
    figures = _figures(imported.written, import_seconds, features_seconds, segments_seconds)
    sizes = {"rows": imported.written, "customers": features.customers, "segments": len(segments.segments)}
    return figures, sizes


def _pandas(folder: Path, now: datetime) -> dict[str, float]:
    database = new_database(folder / "pandas.db")
    rows, import_seconds = _timed(lambda: import_with_pandas(database, folder, now))
    _, features_seconds = _best_of(lambda: features_with_pandas(database, now))
    _, segments_seconds = _best_of(lambda: segments_with_pandas(database, _SEED))
    database.close()
    return _figures(rows, import_seconds, features_seconds, segments_seconds)


def _figures(rows: int, importing: float, features: float, segments: float) -> dict[str, float]:
    return {
        "import_rows_per_s": round(rows / importing, 1),
        "import_seconds": round(importing, 3),
        "features_seconds": round(features, 3),
        "segments_seconds": round(segments, 3),
    }


def _gain(key: str, ours: float, theirs: float) -> float:
    return theirs / ours if key.endswith("_seconds") else ours / theirs


def _timed(work: Callable[[], T]) -> tuple[T, float]:
    started = time.perf_counter()
    result = work()
    return result, time.perf_counter() - started


def _best_of(work: Callable[[], T]) -> tuple[T, float]:
    """Repeat short work: the best of three says what it costs, the others what else the machine did."""
    runs = [_timed(work) for _ in range(3)]
    return runs[-1][0], min(seconds for _, seconds in runs)
