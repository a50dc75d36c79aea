"""Benchmarks: finding `benchmarks/NAME_bench.py`, running it, and holding its result to the contract."""

from __future__ import annotations

import importlib
import sys
from collections.abc import Sequence
from contextlib import redirect_stdout
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ConfigDict, FiniteFloat, ValidationError

from rapport.errors import BenchError
from rapport.paths import PROJECT

_SUFFIX = "_bench"


class BenchResult(BaseModel):
    """What every benchmark gives; numbers only where numbers are promised."""

    model_config = ConfigDict(extra="forbid", strict=True)

    bench: str
    #: How much was measured: {"turns": 600, "rows": 1469307}.
    sizes: dict[str, Any]
    figures: dict[str, FiniteFloat]
    #: The same keys, measured in the same run with something else.
    baselines: dict[str, dict[str, FiniteFloat]]
    #: Figure over the best baseline, above 1 is better.
    ratio: dict[str, FiniteFloat]
    seconds: FiniteFloat


def bench_names(folder: Path | None = None) -> list[str]:
    """Give the names of all benchmarks."""
    folder = folder or PROJECT / "benchmarks"
    return sorted(file.stem.removesuffix(_SUFFIX) for file in folder.glob(f"*{_SUFFIX}.py"))


def run_bench(name: str, *, quick: bool, parts: Sequence[str] = ()) -> BenchResult:
    """Run one benchmark.

    Parameters
    ----------
    parts : what of it to measure, names of its `PARTS`; empty: all.

    Raises
    ------
    BenchError
        There is none of this name or no such part, or its result breaks the contract.
    """
    if name not in bench_names():
        raise BenchError(f"There is no benchmark {name!r}. There are: {', '.join(bench_names()) or 'none'}.")
    module = importlib.import_module(f"benchmarks.{name}{_SUFFIX}")
    offered = tuple(getattr(module, "PARTS", ()))
    for part in parts:
        if part not in offered:
            raise BenchError(f"The benchmark {name!r} has no part {part!r}. It has: {', '.join(offered) or 'none'}.")
    chosen = {"parts": parts} if parts else {}
    # Whatever a benchmark prints goes to standard error: standard output holds the result and nothing else.
    with redirect_stdout(sys.stderr):
        result = module.run(quick=quick, **chosen)
    return checked(name, result)


def checked(name: str, result: Any) -> BenchResult:
    """Hold a result to the contract; integers count as numbers."""
    try:
        return BenchResult.model_validate(result, strict=False)
    except ValidationError as error:
        faults = "; ".join(f"{'.'.join(map(str, f['loc'])) or 'result'}: {f['msg']}" for f in error.errors())
        raise BenchError(f"The benchmark {name!r} gave something else than its contract ({faults}).") from error
