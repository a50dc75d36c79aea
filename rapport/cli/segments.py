"""`rapport segments`: find them, move them, go back, list versions, and the rules made by hand."""

from __future__ import annotations

from functools import partial
from typing import Annotated, Any

import typer

from rapport.cli.console import Json, out, print_json
from rapport.cli.jobs import run_segments
from rapport.cli.running import run_on_database
from rapport.cli.segment_jobs import run_figures, run_rollback, run_segments_when_due, run_update
from rapport.cli.segment_rules import rules_command
from rapport.errors import InputError
from rapport.settings_loading import load_settings

Words = Annotated[
    list[str] | None,
    typer.Argument(
        help="With --rollback: the version. Else nothing, `figures` of segments as of now, or `rules list`, "
        "`rules add FILE`, `rules remove NAME`, `rules count NAME`, `rules export FILE`.",
        show_default=False,
    ),
]
WhenDue = Annotated[
    bool,
    typer.Option("--when-due", help="Find them anew only if they are old or customers have drifted; else move them."),
]
Update = Annotated[bool, typer.Option("--update", help="Move segments with their customers; nothing is found anew.")]
Rollback = Annotated[
    bool, typer.Option("--rollback", help="Go back to the earlier segments, or to the version that is named.")
]
Engine = Annotated[
    str,
    typer.Option(
        "--engine",
        help="duckdb, or spark for more customers than memory holds; figures also postgresql (inside the database).",
    ),
]
Listed = Annotated[bool, typer.Option("--list", help="List the versions that can be gone back to.")]
_NOT_UNDERSTOOD = "{!r} is not understood: write `figures`, `rules …`, or a version after --rollback."


def add_to(app: typer.Typer) -> None:
    """Add the commands of this module."""
    app.command("segments")(segments)


def segments(
    words: Words = None,
    rollback: Rollback = False,
    listed: Listed = False,
    when_due: WhenDue = False,
    update: Update = False,
    engine: Engine = "duckdb",
    json: Json = False,
) -> None:
    """Find groups of customers who behave alike.

    Prints how each way to find them measured. A segment keeps its number when segments are found again.
    Their figures as of now: `rapport segments figures`. Hand-made segments: `rapport segments rules …`.
    """
    words = words or []
    flagged = rollback or listed or when_due or update
    if sum((rollback, listed, when_due, update)) > 1:
        raise InputError("Choose one of --rollback, --list, --when-due and --update.")
    if engine != "duckdb" and (flagged or words not in ([], ["figures"])):
        raise InputError(f"--engine {engine} goes with finding segments and with `figures` only.")
    if words and not flagged:
        _told(words, engine, json)
    elif rollback and len(words) <= 1:
        run_on_database("Earlier segments", partial(run_rollback, version=words[0] if words else None), json)
    elif words:
        raise InputError(_NOT_UNDERSTOOD.format(" ".join(words)))
    elif listed:
        _list(json)
    else:
        finding = partial(run_segments, engine=engine)
        run_on_database("Segments", run_update if update else run_segments_when_due if when_due else finding, json)


def _told(words: list[str], engine: str, json: bool) -> None:
    if words == ["figures"]:
        run_on_database("Figures of segments", partial(run_figures, engine=engine), json)
    elif words[0] == "rules":
        rules_command(words[1:], json)
    else:
        raise InputError(_NOT_UNDERSTOOD.format(" ".join(words)))


def _list(json: bool) -> None:
    from dataclasses import asdict

    from analytics.segmentation.keeping import versions
    from rapport.databases import open_ready

    database = open_ready(load_settings())
    try:
        found = versions(database)
    finally:
        database.close()
    if json:
        print_json({"versions": [asdict(one) for one in found]})
        return
    lines = [_line(one) for one in found]
    out().print("\n".join(lines) or "There are no segments yet; `rapport segments` finds them.")


def _line(one: Any) -> str:
    measures = "" if one.silhouette is None else f", silhouette {one.silhouette:.3f}, stability {one.stability:.3f}"
    mark = "*" if one.active else " "
    return (
        f"{mark} {one.version}  {one.built_at:%Y-%m-%d %H:%M}  {one.kind}, {one.customers:,} customers, "
        f"{len(one.segments)} segments{measures}"
    )
