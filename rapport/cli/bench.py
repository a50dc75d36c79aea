"""`rapport bench`: measured promises."""

from __future__ import annotations

from typing import Annotated

import typer
from rich.table import Table

from rapport.cli.console import Json, err, out, print_json
from rapport.cli.steps import Steps

Name = Annotated[str | None, typer.Argument(help="The benchmark; without a name they are listed.", show_default=False)]
Quick = Annotated[bool, typer.Option("--quick", help="A small version that takes seconds, for CI.")]

Part = Annotated[
    list[str] | None,
    typer.Option(
        "--part", help="Only this part, for benchmarks that have some; may be given again.", show_default=False
    ),
]


#: More baselines than this are not columns of their own; the highest are named in one.
_COLUMNS = 6
_SHOWN = 3


def add_to(app: typer.Typer) -> None:
    """Add the command of this module."""
    app.command("bench")(bench)


def bench(name: Name = None, quick: Quick = False, part: Part = None, json: Json = False) -> None:
    """Measure what Rapport promises.

    Each benchmark measures a baseline in the same run; without a name they are listed.
    """
    from rapport.benches import BenchResult, bench_names, run_bench

    if name is None:
        names = bench_names()
        if json:
            print_json({"benches": names})
        else:
            out().print("\n".join(names))
        return
    with Steps(err(), quiet=json).step(f"Benchmark {name}"):
        result: BenchResult = run_bench(name, quick=quick, parts=part or ())
    if json:
        print_json(result.model_dump())
    else:
        out().print(_table(result.figures, result.baselines, result.ratio))


def _table(figures: dict[str, float], baselines: dict[str, dict[str, float]], ratio: dict[str, float]) -> Table:
    many = len(baselines) > _COLUMNS
    table = Table("figure", "Rapport", *([] if many else baselines), "ratio", box=None)
    if many:
        table.add_column("others, highest first")
    for key in sorted({*figures, *(key for values in baselines.values() for key in values)}):
        others = [] if many else [values.get(key) for values in baselines.values()]
        cells = [_number(cell) for cell in (figures.get(key), *others, ratio.get(key))]
        table.add_row(key, *cells, *([_highest(key, baselines)] if many else []))
    return table


def _number(cell: float | None) -> str:
    if cell is None:
        return ""
    return f"{cell:,.2f}" if abs(cell) >= 10 else f"{cell:.3f}"


def _highest(key: str, baselines: dict[str, dict[str, float]]) -> str:
    others = sorted(((values[key], name) for name, values in baselines.items() if key in values), reverse=True)
    return " · ".join(f"{name} {_number(value)}" for value, name in others[:_SHOWN])
