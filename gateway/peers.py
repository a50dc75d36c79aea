"""The house's own servers behind the gateway, each called with the internal secret."""

from __future__ import annotations

import aiohttp

#: Rasa and the action server refuse every call without it; so does our own page of figures.
SECRET_HEADER = "X-Rapport-Secret"  # noqa: S105 - the name of it


class Peer:
    """One server and the connections to it, made at the first call, as they belong to a running loop."""

    def __init__(self, url: str, secret: str) -> None:
        self._url = url
        self._headers = {SECRET_HEADER: secret}
        self._session: aiohttp.ClientSession | None = None

    @property
    def session(self) -> aiohttp.ClientSession:
        """Give the session; paths are relative to the server."""
        if self._session is None:
            self._session = aiohttp.ClientSession(self._url, headers=self._headers)
        return self._session

    async def close(self) -> None:
        """Close all connections."""
        if self._session is not None:
            await self._session.close()
            self._session = None
