"""`rapport demo`: from a fresh checkout to a running demo shop."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Annotated

import typer

from rapport.cli.console import err
from rapport.cli.serve import ExitWhenReady
from rapport.cli.steps import Steps
from rapport.settings import Settings
from rapport.settings_loading import load_settings

PrepareOnly = Annotated[bool, typer.Option("--prepare-only", help="Do all steps but starting the service.")]


def add_to(app: typer.Typer) -> None:
    """Add the command of this module."""
    app.command("demo")(demo)


def demo(prepare_only: PrepareOnly = False, exit_when_ready: ExitWhenReady = False) -> None:
    """Prepare the demo shop and run it.

    Import, features, segments, recommender and training are done once; a second run starts at once.
    """
    from rapport.cli.preparing import check_environments, prepare, save_timings
    from rapport.supervision.running import run_service

    settings = load_settings(demo=True)
    console = err()
    steps = Steps(console)
    check_environments(settings, steps, to_run=not prepare_only)
    prepare(settings, steps)
    if prepare_only:
        console.print(f"[dim]Times of all steps: {save_timings(settings, steps, None)}[/]")
        return
    run_service(
        settings,
        console,
        exit_when_ready=exit_when_ready,
        notes=_first_sign_in(settings),
        on_ready=lambda seconds: save_timings(settings, steps, seconds),
    )


def _first_sign_in(settings: Settings) -> list[str]:
    """Give a line with the one-time link, for as long as the console has no admin."""
    from console.auth.setup import create_setup_token, needs_first_admin
    from rapport.databases import open_ready

    database = open_ready(settings)
    try:
        with database.write() as connection:
            if not needs_first_admin(connection):
                return []
            token = create_setup_token(connection, datetime.now(UTC))
    finally:
        database.close()
    link = f"{settings.public_address}/console/setup?token={token}"
    return ["First admin of the console (this link works once, for 24 hours):", link]
