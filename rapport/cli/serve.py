"""`rapport up` and `rapport status`: running the service, and asking how it is."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime
from typing import Annotated

import typer
from rich.table import Table

from rapport.cli.console import Json, err, out, print_json
from rapport.settings_loading import load_settings

ExitWhenReady = Annotated[
    bool, typer.Option("--exit-when-ready", help="Stop again as soon as all processes are healthy (a smoke test).")
]


def add_to(app: typer.Typer) -> None:
    """Add the commands of this module."""
    app.command("up")(up)
    app.command("status")(status)


def up(exit_when_ready: ExitWhenReady = False) -> None:
    """Run the service until Ctrl-C.

    Starts Rasa, the action server, the gateway with the console, and the worker; restarts what crashes.
    """
    from rapport.supervision.running import run_service

    run_service(load_settings(), err(), exit_when_ready=exit_when_ready)


def status(json: Json = False) -> None:
    """Say what runs and how it is.

    The exit code is 0 only when all processes are well.
    """
    from rapport.supervision.asking import ask_service

    processes = asyncio.run(ask_service(load_settings()))
    well = bool(processes) and all(process["well"] for process in processes)
    if json:
        print_json({"running": bool(processes), "well": well, "processes": processes})
    elif not processes:
        out().print("Rapport does not run here: start it with `rapport up`.")
    else:
        table = Table("process", "state", "pid", "address", "restarts", "memory", "up for", box=None)
        for process in processes:
            memory = "" if process["memory_mib"] is None else f"{process['memory_mib']:.0f} MiB"
            state = "[green]well[/]" if process["well"] else f"[red]{process['told']}[/]"
            cells = (process["pid"] or "", process["address"] or "", process["restarts"], memory)
            table.add_row(process["name"], state, *(str(cell) for cell in cells), _up_for(process["since"]))
        out().print(table)
    raise typer.Exit(0 if well else 1)


def _up_for(since: str | None) -> str:
    """Word how long ago a moment was: "42 s", "5 min", "3 h", "2 days"."""
    if since is None:
        return ""
    seconds = (datetime.now(UTC) - datetime.fromisoformat(since)).total_seconds()
    for unit, length in (("days", 86400), ("h", 3600), ("min", 60)):
        if seconds >= 2 * length:
            return f"{seconds / length:.0f} {unit}"
    return f"{seconds:.0f} s"
