"""`rapport doctor`: what is wrong, and what to do about it."""

from __future__ import annotations

from dataclasses import asdict

import typer

from rapport.cli.console import Json, out, print_json
from rapport.errors import SettingsError
from rapport.settings_loading import load_settings

_MARKS = {"ok": "[green]✓[/]", "warn": "[yellow]![/]", "fail": "[red]✗[/]"}


def add_to(app: typer.Typer) -> None:
    """Add the command of this module."""
    app.command("doctor")(doctor)


def doctor(json: Json = False) -> None:
    """Say what is wrong and how to mend it.

    Looks at environments, disk, secrets, ports, clock, database, artifacts, model, and at the shop's order system where
    one is set; exit code 1 when something fails.
    """
    from rapport.checks.check import Check, fail, ok
    from rapport.checks.environments import check_environments
    from rapport.checks.home import check_machine
    from rapport.checks.knowledge import check_knowledge
    from rapport.checks.orders import check_orders

    checks: list[Check] = []
    try:
        settings = load_settings()
        checks = [ok("settings", "all RAPPORT_… variables are good")]
        checks += [*check_environments(settings), *check_machine(settings), *check_knowledge(settings)]
        checks += check_orders(settings)
    except SettingsError as error:
        checks = [fail("settings", fault, "see docs/reference/settings.md") for fault in error.faults]
    failed = any(check.status == "fail" for check in checks)
    if json:
        print_json({"well": not failed, "checks": [asdict(check) for check in checks]})
    else:
        for check in checks:
            remedy = f"  [bold]→ {check.remedy}[/]" if check.remedy else ""
            out().print(f"{_MARKS[check.status]} {check.area:<12} {check.told}{remedy}")
    raise typer.Exit(int(failed))
