"""A hand at the console without a browser: keeps the cookie and the token, and sends what a browser would."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from aiohttp import ClientResponse
from aiohttp.test_utils import TestClient

from store.repositories.agents import Agent
from tests.support.console_house import ConsoleHouse


@dataclass
class Hand:
    """One browser. `headers` go with every request; take one out to be something else than a browser."""

    client: TestClient
    headers: dict[str, str] = field(default_factory=lambda: {"Sec-Fetch-Site": "same-origin"})
    token: str = ""

    def sign_in_as(self, house: ConsoleHouse, agent: Agent) -> Hand:
        self.client.session.cookie_jar.update_cookies(
            {"rapport_sid": house.cookie_of(agent)}, self.client.make_url("/console")
        )
        return self

    def cookie(self, name: str) -> str | None:
        kept = self.client.session.cookie_jar.filter_cookies(self.client.make_url("/console/")).get(name)
        return kept.value if kept else None

    async def get(self, path: str, **headers: str) -> ClientResponse:
        return await self.client.get("/console" + path, headers=self.headers | headers, allow_redirects=False)

    async def text(self, path: str) -> str:
        """Open a page that must be there, and remember its token."""
        response = await self.get(path)
        text = await response.text()
        assert response.status == 200, (response.status, text)
        found = re.search(r'name="csrf-token" content="([^"]+)"', text)
        self.token = found.group(1) if found else self.token
        return text

    async def post(self, path: str, fields: dict[str, str] | None = None, **headers: str) -> ClientResponse:
        return await self.client.post(
            "/console" + path, data={"csrf_token": self.token, **(fields or {})},
            headers=self.headers | headers, allow_redirects=False,
        )  # fmt: skip
