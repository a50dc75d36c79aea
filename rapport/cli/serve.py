"""`rapport up` and `rapport status`: running the service, and asking how it is."""

from __future__ import annotations

import asyncio
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
        table = Table("process", "state", "pid", "address", "restarts", "memory", "up since", box=None)
        for process in processes:
            memory = "" if process["memory_mib"] is None else f"{process['memory_mib']:.0f} MiB"
            state = "[green]well[/]" if process["well"] else f"[red]{process['told']}[/]"
            cells = (
                process["pid"] or "",
                process["address"] or "",
                process["restarts"],
                memory,
                process["since"] or "",
            )
            table.add_row(process["name"], state, *(str(cell) for cell in cells))
        out().print(table)
    raise typer.Exit(0 if well else 1)
