"""`rapport import`, `features`, `segments` and `recommender`: the shop's data and what is learned from it."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import Annotated

import typer

from rapport.cli.console import Json, err, out, print_json
from rapport.cli.jobs import Job, run_features, run_import, run_recommender, run_segments
from rapport.cli.steps import Steps
from rapport.settings_loading import load_settings

Mapping = Annotated[
    Path | None,
    typer.Option("--mapping", help="The mapping file; RAPPORT_MAPPING where it is not given.", show_default=False),
]


def add_to(app: typer.Typer) -> None:
    """Add the commands of this module."""
    app.command("import")(import_)
    app.command("features")(features)
    app.command("segments")(segments)
    app.command("recommender")(recommender)


def import_(mapping: Mapping = None, json: Json = False) -> None:
    """Import customers, products, orders, offers.

    A mapping file tells where each column comes from. What is there already is brought up to date.
    """
    _run("Import the shop", partial(run_import, mapping=mapping), json)


def features(json: Json = False) -> None:
    """Compute what each customer does.

    Recency, frequency, money spent, habits: one row for each customer with an order.
    """
    _run("Customer features", run_features, json)


def segments(json: Json = False) -> None:
    """Find groups of customers who behave alike."""
    _run("Segments", run_segments, json)


def recommender(json: Json = False) -> None:
    """Learn what to recommend to whom.

    Quality is measured on the last weeks, beside simple baselines.
    """
    _run("Recommender", run_recommender, json)


def _run(title: str, job: Job, json: bool) -> None:
    """Run one job on the installation's database and tell how it went."""
    from rapport.databases import open_ready

    settings = load_settings()
    database = open_ready(settings)
    try:
        with Steps(err(), quiet=json).step(title) as step:
            outcome = job(settings, database, step)
    finally:
        database.close()
    if json:
        print_json(outcome.data)
    else:
        out().print("\n".join(outcome.lines))
