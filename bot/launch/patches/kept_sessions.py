"""Keep one HTTP session, and with it the connection, per endpoint.

Rasa opens a new aiohttp session and a new connection for every call of the action server. The action server keeps idle
connections for 120 s, aiohttp drops them after 15 s: the client always lets go first, so none is used half-closed.
"""

from __future__ import annotations

import asyncio
from typing import Any

import rasa.core.run
from rasa.utils.endpoints import EndpointConfig

from bot.launch.internals import expect


class KeptSession:
    """Lends a session to an `async with` block without closing it at the end."""

    def __init__(self, session: Any) -> None:
        self.session = session
        self.loop = asyncio.get_running_loop()

    async def __aenter__(self) -> Any:
        return self.session

    async def __aexit__(self, *_error: object) -> None:
        return None

    @property
    def usable(self) -> bool:
        """Tell whether the session is open and belongs to the running loop."""
        return not self.session.closed and self.loop is asyncio.get_running_loop()


def apply() -> None:
    """Replace `EndpointConfig.session`, and close the kept sessions when the server stops."""
    fresh = expect(EndpointConfig, "session", "e55aa13d9d4f")
    expect(EndpointConfig, "request", "ccdb778aed82")
    close = expect(rasa.core.run, "close_resources", "bc3d36e8149e")
    kept: list[KeptSession] = []

    def session(self: Any) -> KeptSession:
        mine: KeptSession | None = self.__dict__.get("_rapport_session")
        if mine is None or not mine.usable:
            mine = self._rapport_session = KeptSession(fresh(self))
            kept.append(mine)
        return mine

    async def close_resources(app: Any, loop: Any) -> None:
        for lent in kept:
            await lent.session.close()
        await close(app, loop)

    EndpointConfig.session = session
    rasa.core.run.close_resources = close_resources
