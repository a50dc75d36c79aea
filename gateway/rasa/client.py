"""The call of one turn: `POST /webhooks/gateway/turn`. Repeating it with the same message id runs nothing twice."""

from __future__ import annotations

import asyncio
import time
from dataclasses import dataclass

import aiohttp

from gateway.peers import Peer
from gateway.rasa.answer import TurnAnswer, read_answer
from gateway.rasa.breaker import Breaker
from gateway.rasa.failures import ActionFailedError, BadAnswerError, RasaAwayError, RasaFailureError
from gateway.rasa.slots import Slots

#: Rasa itself says "not ready" or "too busy" with these; the turn did not run.
_AWAY_STATUS = (429, 502, 503, 504)


@dataclass(frozen=True, slots=True, kw_only=True)
class TurnRequest:
    """What Rasa is asked: the contract's fields, no more."""

    conversation_id: str
    message_id: str
    text: str
    choice: str | None
    customer_id: str | None
    channel: str

    def as_json(self) -> dict[str, str | None]:
        """Give the request's body."""
        return {name: getattr(self, name) for name in TurnRequest.__slots__}


class RasaClient:
    """Asks Rasa for turns, within a deadline, few at a time, and not while it is known to be away."""

    def __init__(self, peer: Peer, slots: Slots, breaker: Breaker, longest_answer: int) -> None:
        self._peer = peer
        self._slots = slots
        self._longest_answer = longest_answer
        self.breaker = breaker

    async def turn(self, request: TurnRequest, timeout: float) -> TurnAnswer:
        """Ask for one turn; waiting for a place counts towards `timeout` (seconds).

        Raises
        ------
        RasaFailureError
            There is no usable answer; the kind of failure says whether to ask again.
        """
        until = time.monotonic() + timeout
        try:
            async with asyncio.timeout(timeout), self._slots.slot():
                self.breaker.admit()
                return await self._noting(request, until - time.monotonic())
        except TimeoutError:
            raise RasaAwayError(f"no place within {timeout:.1f} s") from None

    async def _noting(self, request: TurnRequest, timeout: float) -> TurnAnswer:
        """Ask, and tell the breaker how it went: an answer of any kind means that Rasa is there."""
        try:
            answer = await self._ask(request, timeout)
        except RasaAwayError:
            self.breaker.failed()
            raise
        except RasaFailureError:
            self.breaker.succeeded()
            raise
        except BaseException:
            self.breaker.abandoned()
            raise
        self.breaker.succeeded()
        return answer

    async def _ask(self, request: TurnRequest, timeout: float) -> TurnAnswer:
        # A little less than the outer limit, so that the call's own time-out is the one that is seen.
        limit = aiohttp.ClientTimeout(total=max(0.01, timeout - 0.02))
        try:
            call = self._peer.session.post("/webhooks/gateway/turn", json=request.as_json(), timeout=limit)
            async with call as response:
                body = await self._read(response)
                status = response.status
        except TimeoutError:
            raise RasaAwayError(f"no answer within {timeout:.1f} s") from None
        except (aiohttp.ClientError, OSError, ValueError) as error:
            raise RasaAwayError(type(error).__name__) from None
        if status == 200:
            return read_answer(body, request.message_id)
        raise _failure(status, body)

    async def _read(self, response: aiohttp.ClientResponse) -> bytes:
        """Read a body of bounded length."""
        body = bytearray()
        async for chunk in response.content.iter_any():
            body += chunk
            if len(body) > self._longest_answer:
                response.close()
                raise BadAnswerError(f"an answer of more than {self._longest_answer} bytes")
        return bytes(body)


def _failure(status: int, body: bytes) -> RasaFailureError:
    if status in _AWAY_STATUS:
        return RasaAwayError(f"status {status}")
    if b'"action_failed"' in body[:1000]:
        return ActionFailedError("an action failed")
    return BadAnswerError(f"status {status}")
