"""A Rasa that speaks the gateway's contract and does as it is told: answer, hang, fail, talk nonsense, or be away."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Awaitable, Callable
from typing import Any, Self

from aiohttp import web

SECRET = "internal-secret-of-the-tests"
Turn = dict[str, Any]
#: What to do with a turn; the default is `FakeRasa.answer`.
Behaviour = Callable[[Turn], Awaitable[web.StreamResponse]]


def answer_to(turn: Turn, text: str | None = None, **fields: Any) -> dict[str, Any]:
    """The contract's answer: "You said: …", understood as `thank` unless `fields` say otherwise."""
    said = text if text is not None else f"You said: {turn['choice'] or turn['text']}"
    intent = {"name": "thank", "confidence": 0.9}
    return {
        "message_id": turn["message_id"],
        "replayed": False,
        "replies": [{"text": said, "quick_replies": [], "cards": []}],
        "parse": {"intent": intent, "ranking": [intent], "entities": [], "sentiment": 0.5},
        "actions": ["utter_thank"],
        "decisions": [],
        "handoff": None,
        "preferences": {},
    } | fields


class FakeRasa:
    """`asked` lists every call, `ran` every turn that was computed (a replay is not), in order."""

    def __init__(self) -> None:
        self.asked: list[Turn] = []
        self.ran: list[Turn] = []
        self.behaviour: Behaviour = self.answer
        self.at_once = 0
        self.most_at_once = 0
        self._answers: dict[str, dict[str, Any]] = {}
        self._runner: web.AppRunner | None = None
        self._port = 0

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._port}"

    async def __aenter__(self) -> Self:
        await self.start()
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.stop()

    async def start(self) -> None:
        """Listen, on the same port as before a `stop`."""
        app = web.Application()
        app.router.add_post("/webhooks/gateway/turn", self._turn)
        app.router.add_get("/webhooks/gateway/health", self._health)
        app.router.add_get("/health", self._health)
        self._runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.1)
        await self._runner.setup()
        site = web.TCPSite(self._runner, "127.0.0.1", self._port, reuse_address=True)
        await site.start()
        self._port = self._runner.addresses[0][1]

    async def stop(self) -> None:
        """Go away: connections are refused from now on. What was answered is remembered, as Rasa's tracker is."""
        if self._runner is not None:
            await self._runner.cleanup()
            self._runner = None

    # Behaviours ------------------------------------------------------------------------------------------------------

    async def answer(self, turn: Turn, **fields: Any) -> web.Response:
        """Run the turn once; the same message again gets the same answer, as a replay."""
        if known := self._answers.get(turn["message_id"]):
            return web.json_response(known | {"replayed": True})
        self.ran.append(turn)
        self._answers[turn["message_id"]] = answer_to(turn, **fields)
        return web.json_response(self._answers[turn["message_id"]])

    def saying(self, **fields: Any) -> Behaviour:
        """Answer with other fields."""
        return lambda turn: self.answer(turn, **fields)

    def after(self, seconds: float) -> Behaviour:
        """Answer after a while."""

        async def slow(turn: Turn) -> web.StreamResponse:
            await asyncio.sleep(seconds)
            return await self.answer(turn)

        return slow

    def when(self, gate: asyncio.Event) -> Behaviour:
        """Answer once the gate is open; the turn has run by then, whether or not anybody still listens."""

        async def gated(turn: Turn) -> web.StreamResponse:
            response = await self.answer(turn)
            await gate.wait()
            return response

        return gated

    async def drop(self, turn: Turn) -> web.StreamResponse:
        """Run the turn and drop the line before the answer."""
        await self.answer(turn)
        raise asyncio.CancelledError

    def status(self, status: int, body: str = '{"error": "internal"}') -> Behaviour:
        """Answer with a status and a body."""
        return lambda _turn: _of(web.Response(status=status, text=body, content_type="application/json"))

    # Routes ----------------------------------------------------------------------------------------------------------

    async def _turn(self, request: web.Request) -> web.StreamResponse:
        assert request.headers["X-Rapport-Secret"] == SECRET
        turn = json.loads(await request.read())
        self.asked.append(turn)
        self.at_once += 1
        self.most_at_once = max(self.most_at_once, self.at_once)
        try:
            return await self.behaviour(turn)
        finally:
            self.at_once -= 1

    async def _health(self, _request: web.Request) -> web.Response:
        return web.json_response({"ready": True, "model_id": "fake"})


async def _of(response: web.StreamResponse) -> web.StreamResponse:
    return response
