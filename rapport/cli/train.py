"""`rapport train`: the Rasa model, and the sentence encoder before it."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Annotated, Any

import typer

from rapport.cli.console import Json, err, out, print_json
from rapport.cli.steps import Steps
from rapport.errors import InputError
from rapport.paths import PROJECT
from rapport.settings_loading import load_settings

if TYPE_CHECKING:
    from rapport.settings import Settings

Force = Annotated[bool, typer.Option("--force", help="Train even when nothing has changed.")]
Encoder = Annotated[
    bool, typer.Option("--encoder", help="Fine-tune the sentence encoder first; it is used only where it is better.")
]
Forget = Annotated[bool, typer.Option("--forget", help="With --encoder: go back to the packaged encoder.")]


def add_to(app: typer.Typer) -> None:
    """Add the command of this module."""
    app.command("train")(train)


def train(force: Force = False, encoder: Encoder = False, forget: Forget = False, json: Json = False) -> None:
    """Train the bot's Rasa model.

    Skipped when its data, domain, configuration, components and encoder are unchanged. With --encoder the sentence
    encoder is fine-tuned before: some minutes, and packages that are needed for nothing else.
    """
    from rapport.training.encoder import keeping
    from rapport.training.rasa import train as train_rasa

    if forget and not encoder:
        raise InputError("--forget goes with --encoder: rapport train --encoder --forget")
    settings, steps = load_settings(), Steps(err(), quiet=json)
    told: dict[str, Any] = {}
    if encoder:
        told = {"encoder": _forget(settings) if forget else _tune(settings, steps, quiet=json)}
    with steps.step("Train the Rasa model") as step:
        model, trained = train_rasa(settings, step, force=force)
        if not trained:
            step.skip("unchanged")
    keeping.tidy(settings.models)
    if json:
        print_json(asdict(model) | {"trained": trained} | told)
    else:
        out().print(f"{settings.models / model.file}")


def _forget(settings: Settings) -> dict[str, Any]:
    from rapport.training.encoder import keeping

    return {"used": False, "forgotten": keeping.forget(settings.models)}


def _tune(settings: Settings, steps: Steps, *, quiet: bool) -> dict[str, Any]:
    from rapport.training.encoder.running import tune_encoder

    with steps.step("Tune the sentence encoder") as step:
        tuned = tune_encoder(PROJECT, settings.models, step)
    found = tuned.judgement
    if not quiet:
        verdict = "It is used from now on" if tuned.used else f"It is not used, nothing was changed: {found.fault}"
        out().print(
            f"Of {found.held_out:,} held-out sentences the packaged encoder understands {found.packaged:.1%}, "
            f"the tuned one {found.tuned:.1%}. {verdict}."
        )
    return {"used": tuned.used, "fault": found.fault, **found.figures}
