"""`rapport train`: the Rasa model."""

from __future__ import annotations

from dataclasses import asdict
from typing import Annotated

import typer

from rapport.cli.console import Json, err, out, print_json
from rapport.cli.steps import Steps
from rapport.settings_loading import load_settings

Force = Annotated[bool, typer.Option("--force", help="Train even when nothing has changed.")]


def add_to(app: typer.Typer) -> None:
    """Add the command of this module."""
    app.command("train")(train)


def train(force: Force = False, json: Json = False) -> None:
    """Train the bot's Rasa model.

    Skipped when its data, domain, configuration and components are unchanged.
    """
    from rapport.training.rasa import train as train_rasa

    settings = load_settings()
    with Steps(err(), quiet=json).step("Train the Rasa model") as step:
        model, trained = train_rasa(settings, step, force=force)
        if not trained:
            step.skip("unchanged")
    if json:
        print_json(asdict(model) | {"trained": trained})
    else:
        out().print(f"{settings.models / model.file}")
