"""`rapport bench`: measured promises."""

from __future__ import annotations

from typing import Annotated

import typer
from rich.table import Table

from rapport.cli.console import Json, err, out, print_json
from rapport.cli.steps import Steps

Name = Annotated[str | None, typer.Argument(help="The benchmark; without a name they are listed.", show_default=False)]
Quick = Annotated[bool, typer.Option("--quick", help="A small version that takes seconds, for CI.")]


def add_to(app: typer.Typer) -> None:
    """Add the command of this module."""
    app.command("bench")(bench)


def bench(name: Name = None, quick: Quick = False, json: Json = False) -> None:
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
        result: BenchResult = run_bench(name, quick=quick)
    if json:
        print_json(result.model_dump())
    else:
        out().print(_table(result.figures, result.baselines, result.ratio))


def _table(figures: dict[str, float], baselines: dict[str, dict[str, float]], ratio: dict[str, float]) -> Table:
    table = Table("figure", "Rapport", *baselines, "ratio", box=None)
    for key in sorted({*figures, *(key for values in baselines.values() for key in values)}):
        cells = [figures.get(key), *(values.get(key) for values in baselines.values()), ratio.get(key)]
        table.add_row(key, *("" if cell is None else f"{cell:,.2f}" for cell in cells))
    return table
