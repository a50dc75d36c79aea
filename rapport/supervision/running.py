"""Running the whole service in the foreground: from the settings to the panel with the addresses, until Ctrl-C."""

from __future__ import annotations

import asyncio
import os
import signal
import sys
import time
from collections.abc import Callable, Sequence
from typing import Literal

from rich.console import Console
from rich.panel import Panel

from rapport.databases import open_ready
from rapport.errors import StartError
from rapport.settings import Settings
from rapport.supervision.output import LogStream
from rapport.supervision.program import Pace
from rapport.supervision.service import HEARTBEAT_FILE, NAMES, STOP_ORDER, programs_of
from rapport.supervision.state import only_one
from rapport.supervision.supervisor import Supervisor
from rapport.training.model import checked_model


def run_service(
    settings: Settings,
    console: Console,
    *,
    exit_when_ready: bool = False,
    notes: Sequence[str] = (),
    on_ready: Callable[[float], object] | None = None,
) -> None:
    """Start everything, print the addresses, keep it running until a signal comes, stop everything.

    Parameters
    ----------
    console : where the panel goes; the processes' lines go to standard output.
    exit_when_ready : stop as soon as all is healthy.
    notes : further lines below the panel, such as a one-time link, which a panel could cut off.
    on_ready : told how many seconds it took until everything was healthy.

    Raises
    ------
    RapportError
        Database, model or a port is not ready for it, or a process did not start. Nothing runs on afterwards.
    """
    open_ready(settings).close()
    model = checked_model(settings.models)
    if not settings.rasa_python.is_file():
        raise StartError(f"Rasa's environment is missing ({settings.rasa_python}): run `make setup`.")
    form = _log_form(settings)
    output = LogStream(sys.stdout, ("rapport", *NAMES), form)
    programs = programs_of(settings, model, os.environ, form)
    with only_one(settings.run_folder):
        # A heartbeat of an earlier run must not count for this one.
        (settings.run_folder / HEARTBEAT_FILE).unlink(missing_ok=True)
        pace = Pace(start=settings.start_seconds)
        supervisor = Supervisor(programs, STOP_ORDER, output, settings.run_folder, pace)

        def ready(seconds: float) -> None:
            console.print(_panel(settings, seconds))
            for note in notes:
                console.print(note)
            if on_ready is not None:
                on_ready(seconds)

        console.print(f"… Starting {', '.join(NAMES)}")
        asyncio.run(_run(supervisor, ready, exit_when_ready))


async def _run(supervisor: Supervisor, ready: Callable[[float], None], exit_when_ready: bool) -> None:
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()

    def told_to_stop() -> None:
        # Who presses Ctrl-C a second time does not want to wait.
        if stop.is_set():
            supervisor.kill()
        stop.set()

    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        loop.add_signal_handler(number, told_to_stop)
    began = time.perf_counter()
    stopped = asyncio.create_task(stop.wait())
    try:
        starting = asyncio.create_task(supervisor.start())
        await asyncio.wait({starting, stopped}, return_when=asyncio.FIRST_COMPLETED)
        if not starting.done():
            starting.cancel()
            await asyncio.wait({starting})
            return
        starting.result()
        ready(time.perf_counter() - began)
        if not exit_when_ready:
            watching = asyncio.create_task(supervisor.watch())
            await asyncio.wait({watching, stopped}, return_when=asyncio.FIRST_COMPLETED)
            watching.cancel()
    finally:
        stopped.cancel()
        await supervisor.stop()


def _panel(settings: Settings, seconds: float) -> Panel:
    address = settings.public_address
    shop = [f"[bold]Shop page[/]  {address}/"] if settings.demo else []
    lines = [*shop, f"[bold]Console[/]    {address}/console"]
    lines += ["", f"[dim]Ready in {seconds:.1f} s. Stop with Ctrl-C.[/]"]
    return Panel("\n".join(lines), title="Rapport", expand=False, padding=(1, 3))


def _log_form(settings: Settings) -> Literal["pretty", "json"]:
    if settings.log_format == "auto":
        return "pretty" if sys.stdout.isatty() else "json"
    return settings.log_format
