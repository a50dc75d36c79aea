"""`rapport bench scale`: a full rebuild of features and segments, from a million order lines to a hundred million."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from sqlalchemy import insert

from benchmarks.shop_copy import new_database
from benchmarks.synthetic_sales import write_sales
from store.tables import customers

#: Order lines of each step; a hundredth as many customers.
_SIZES, _QUICK = (1_000_000, 10_000_000, 100_000_000), (10_000, 100_000)
_LINES_PER_CUSTOMER = 100
#: Bytes on disk for a line, its features and what is spilt meanwhile.
_ROOM = 60


def run(quick: bool) -> dict[str, Any]:
    """Measure each size in a process of its own: files in, features and segments in SQLite out.

    Parameters
    ----------
    quick : up to a hundred thousand lines.

    Returns
    -------
    dict
        In the form of every benchmark. For each size, with M for millions of lines: `rebuild_s_M`, of which
        `features_s_M`, `segments_s_M` and `writing_s_M`; `cpu_us_per_line_M`; `peak_mib_M`. There is no baseline but
        the goal: 90 s and 4096 MiB for the largest; `goal` gives it where that was run.
    """
    began = time.perf_counter()
    sizes = _QUICK if quick else _SIZES
    figures: dict[str, float] = {}
    for lines in sizes:
        with tempfile.TemporaryDirectory(prefix="rapport-scale-") as temporary:
            told = _measure(Path(temporary), lines)
        name = f"{lines / 1e6:g}M"
        figures |= {f"{key}_{name}": round(value, 2) for key, value in told.items()}
    goal = {} if quick else {"rebuild_s_100M": 90.0, "peak_mib_100M": 4096.0}
    return {
        "bench": "scale",
        "sizes": {"lines": list(sizes), "lines_per_customer": _LINES_PER_CUSTOMER},
        "figures": figures,
        "baselines": {"goal": goal} if goal else {},
        "ratio": {key: round(value / figures[key], 3) for key, value in goal.items()},
        "seconds": round(time.perf_counter() - began, 1),
    }


def _measure(folder: Path, lines: int) -> dict[str, float]:
    who = max(lines // _LINES_PER_CUSTOMER, 1)
    _need_room(folder, lines)
    orders = write_sales(folder / "shop", lines=lines, customers=who)
    database = new_database(folder / "shop.db")
    with database.write() as connection:
        for start in range(0, who, 10_000):
            ids = range(start, min(start + 10_000, who))
            connection.execute(insert(customers), [{"customer_id": str(number), "traits": {}} for number in ids])
    database.close()
    arguments = [sys.executable, "-m", "benchmarks.scale_rebuild", str(folder / "shop"), f"sqlite:///{folder}/shop.db"]
    ended = subprocess.run(arguments, check=True, stdout=subprocess.PIPE, text=True)
    told: dict[str, float] = json.loads(ended.stdout.splitlines()[-1])
    return {
        "rebuild_s": told["seconds"],
        "features_s": told["features_s"],
        "segments_s": told["segments_s"],
        "writing_s": told["writing_s"],
        "cpu_us_per_line": told["cpu_s"] / lines * 1e6,
        "peak_mib": told["peak_mib"],
        "orders": orders,
        "customers": told["customers"],
    }


def _need_room(folder: Path, lines: int) -> None:
    free = shutil.disk_usage(folder).free
    if free < lines * _ROOM:
        raise RuntimeError(
            f"{lines:,} lines need {lines * _ROOM / 1e9:.0f} GB in {folder.parent}, {free / 1e9:.0f} are free; "
            "name another folder with TMPDIR."
        )
