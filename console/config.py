"""What the console is told when it is made: one frozen record, nothing read from the environment."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from aiohttp import web


def _now() -> datetime:
    return datetime.now(UTC)


def _peer(request: web.Request) -> str:
    return request.remote or "unknown"


@dataclass(frozen=True, slots=True, kw_only=True)
class ConsoleConfig:
    """Settings of one console.

    Parameters
    ----------
    key : secret that signs invitation links, at least 32 characters.
    secure_cookies : True behind TLS; browsers then send the session over TLS only.
    public_host : host (and port) that browsers see, where a proxy changes it; None takes the request's own.
    asset_version : changes with the built scripts and styles, so that browsers fetch them anew; "" where unknown.
    time_zone : in which days and hours on the screen are counted.
    idle, absolute : a session ends after this long without a request, or after this long altogether.
    invitation : how long an invitation link is good for.
    heartbeat : seconds between signs of life on the live stream; each checks that the session is still good.
    intents : what a message can be understood as, by the bot's domain; an agent chooses among them.
    reports : the folder of kept reports; None: there is none.
    client_address : gives the address that sign-in attempts are counted by.
    clock : gives the present moment, aware.
    """

    key: str = field(repr=False)
    secure_cookies: bool = False
    public_host: str | None = None
    asset_version: str = ""
    time_zone: ZoneInfo = field(default_factory=lambda: ZoneInfo("UTC"))
    idle: timedelta = timedelta(minutes=30)
    absolute: timedelta = timedelta(hours=12)
    invitation: timedelta = timedelta(hours=72)
    heartbeat: float = 20.0
    intents: tuple[str, ...] = ()
    reports: Path | None = None
    client_address: Callable[[web.Request], str] = _peer
    clock: Callable[[], datetime] = _now

    def __post_init__(self) -> None:
        """Refuse a key that could be guessed."""
        if len(self.key) < 32:
            raise ValueError("the console's key is shorter than 32 characters; set RAPPORT_CONSOLE_KEY to a longer one")
