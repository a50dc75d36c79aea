"""`rapport predictions`: what is expected of each customer, and whom to win back."""

from __future__ import annotations

from functools import partial
from typing import Annotated

import typer

from rapport.cli.at_risk import list_win_back
from rapport.cli.console import Json
from rapport.cli.jobs import run_predictions
from rapport.cli.running import run_on_database

WinBack = Annotated[
    int | None,
    typer.Option("--win-back", min=1, help="List so many customers with most money at risk.", show_default=False),
]


def add_to(app: typer.Typer) -> None:
    """Add the command of this module."""
    app.command("predictions")(predictions)


def predictions(win_back: WinBack = None, json: Json = False) -> None:
    """Predict who stays, orders, spends.

    Models are tested on the shop's own last months, and the best of them speaks; its measured quality is printed beside
    that of the others. With --win-back nothing is computed: it lists whom the last predictions would win back.
    """
    if win_back is None:
        run_on_database("Predictions", run_predictions, json)
    else:
        run_on_database("Customers at risk", partial(list_win_back, limit=win_back), json)
