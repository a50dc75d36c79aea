"""Benchmarks: found by their file name, and held to their contract."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from benchmarks import turn_bench
from rapport.benches import bench_names, checked, run_bench
from rapport.errors import BenchError

GOOD: dict[str, Any] = {
    "bench": "turn",
    "sizes": {"turns": 600},
    "figures": {"turns_per_s": 120.5, "turn_p50_ms": 9},
    "baselines": {"stock": {"turns_per_s": 25.0}},
    "ratio": {"turns_per_s": 4.82},
    "seconds": 61.0,
}


def test_a_good_result_passes_as_it_is() -> None:
    assert checked("turn", GOOD).model_dump() == GOOD


@pytest.mark.parametrize(
    ("key", "value", "told"),
    [
        ("figures", {"turns_per_s": "fast"}, "figures.turns_per_s"),
        ("figures", {"turns_per_s": float("nan")}, "figures.turns_per_s"),
        ("baselines", {"stock": 25.0}, "baselines.stock"),
        ("seconds", None, "seconds"),
        ("speed", 1, "speed"),
    ],
)
def test_a_result_that_breaks_the_contract_is_told(key: str, value: object, told: str) -> None:
    with pytest.raises(BenchError, match=f"'turn' gave something else than its contract .*{told}"):
        checked("turn", GOOD | {key: value})


def test_a_missing_key_is_told() -> None:
    with pytest.raises(BenchError, match="ratio"):
        checked("turn", {key: value for key, value in GOOD.items() if key != "ratio"})


def test_benchmarks_are_the_files_that_end_in_bench(tmp_path: Path) -> None:
    for name in ("turn_bench.py", "import_bench.py", "servers.py"):
        (tmp_path / name).touch()
    assert bench_names(tmp_path) == ["import", "turn"]


def test_an_unknown_benchmark_is_told_with_those_there_are() -> None:
    with pytest.raises(BenchError, match=r"There is no benchmark 'nope'. There are: "):
        run_bench("nope", quick=True)


def test_an_unknown_part_is_told_with_those_there_are() -> None:
    with pytest.raises(BenchError, match=r"The benchmark 'recommend' has no part 'nope'. It has: online_retail"):
        run_bench("recommend", quick=True, parts=["nope"])
    with pytest.raises(BenchError, match=r"The benchmark 'together' has no part 'nope'. It has: none"):
        run_bench("together", quick=True, parts=["nope"])


def test_a_latency_below_stock_is_a_gain_with_any_number_of_talkers() -> None:
    assert turn_bench._gain("turn_p95_ms", 10.0, 50.0) == 50 / 10
    assert turn_bench._gain("turn_p95_ms_8_talkers", 10.0, 50.0) == 50 / 10
    assert turn_bench._best("turn_max_ms_32_talkers", [50.0, 40.0]) == 40.0
    assert turn_bench._gain("turns_per_s_8_talkers", 50.0, 10.0) == 50 / 10
