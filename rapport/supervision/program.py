"""What the supervisor knows of a program before it runs."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from rapport.supervision.health import Health


@dataclass(frozen=True, slots=True, kw_only=True)
class Listen:
    """Where a program listens, and the setting that moves it."""

    host: str
    port: int
    setting: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Program:
    """One program: how it is started and how it is known to be well."""

    name: str
    command: tuple[str, ...]
    #: The whole environment it gets, nothing is inherited beside it.
    environment: Mapping[str, str]
    folder: Path
    health: Health
    listen: Listen | None = None
    #: Programs that must be healthy before this one is started.
    needs: tuple[str, ...] = ()
    #: From SIGTERM to SIGKILL.
    stop_seconds: float = 15.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Pace:
    """The supervisor's waiting times, all in seconds; tests make them short."""

    #: How long a program may take until it is healthy for the first time.
    start: float = 90.0
    first_restart: float = 0.2
    longest_restart: float = 30.0
    #: A program that stayed up for so long starts again at once when it dies.
    steady: float = 30.0
    #: Between two questions for health while starting, and while running.
    ask_starting: float = 0.1
    ask_running: float = 5.0
    #: A running program that answers nothing at all for so long is killed and started again.
    silent: float = 30.0
