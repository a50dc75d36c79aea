"""`rapport import`, `features` and `recommender`: the shop's data and what is learned from it."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import Annotated

import typer

from rapport.cli.console import Json
from rapport.cli.jobs import run_device_export, run_features, run_import, run_recommender
from rapport.cli.running import run_on_database
from rapport.errors import InputError

Mapping = Annotated[
    Path | None,
    typer.Option("--mapping", help="The mapping file; RAPPORT_MAPPING where it is not given.", show_default=False),
]

Engine = Annotated[str, typer.Option("--engine", help="duckdb, postgresql (inside the shop's database) or spark.")]
Source = Annotated[
    str | None,
    typer.Option("--source", help="For spark: a folder or address of Parquet files of sales.", show_default=False),
]
Export = Annotated[
    Path | None,
    typer.Option("--export", help="Write the export for browsers of the one in use here.", show_default=False),
]

Factorising = Annotated[
    str, typer.Option("--engine", help="process (this one), or spark for more than 10 million order lines.")
]


def add_to(app: typer.Typer) -> None:
    """Add the commands of this module."""
    app.command("import")(import_)
    app.command("features")(features)
    app.command("recommender")(recommender)


def import_(mapping: Mapping = None, json: Json = False) -> None:
    """Import customers, products, orders, offers.

    A mapping file tells where each column comes from. What is there already is brought up to date.
    """
    run_on_database("Import the shop", partial(run_import, mapping=mapping), json)


def features(engine: Engine = "duckdb", source: Source = None, json: Json = False) -> None:
    """Compute what each customer does.

    Recency, frequency, money spent, habits: one row for each customer with an order. The result is the same whichever
    engine computes it.
    """
    run_on_database("Customer features", partial(run_features, engine=engine, source=source), json)


def recommender(engine: Factorising = "process", export: Export = None, json: Json = False) -> None:
    """Learn what to recommend to whom.

    Quality is measured on the last weeks, beside simple baselines. With --engine spark MLlib's ALS factorises the
    products; the rest stays in this process. With --export nothing is learned: what browsers recommend from by
    themselves is written to a file, for a site without a gateway.
    """
    if export is not None and engine != "process":
        raise InputError("With --export nothing is learned: leave --engine out.")
    if export is not None:
        run_on_database("Export for browsers", partial(run_device_export, file=export), json)
    else:
        run_on_database("Recommender", partial(run_recommender, engine=engine), json)
