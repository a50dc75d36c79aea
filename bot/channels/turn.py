"""A message's way through Rasa: one turn for each request in it, each saved, none answered twice, none dropped."""

from __future__ import annotations

import json
import time
from collections.abc import Mapping
from typing import Any

from rasa.core.channels.channel import OutputChannel, UserMessage

from bot.channels.answer import answer
from bot.channels.parts import Part, own_requests
from bot.channels.turn_request import TurnRequest
from bot.channels.waiting import must_wait
from bot.components import keys

#: Requests served for one message, what waited from earlier ones included.
MOST_PARTS = 4
#: Seconds after which a request that waited is not taken up any more: she has long gone on.
WAITS_AT_MOST = 3600.0
#: In a turn's metadata: requests still to be served after it, and the reading she chose for what she said before.
REST, MEANT = "rest", keys.MEANT
#: The action that asks back.
ASKS_BACK = "action_fallback"


class Unheard(OutputChannel):
    """Takes what the bot says and lets it go: the answer is read from the saved events.

    Parameters
    ----------
    channel : where she writes, as responses may be written for it (`channel: widget`).
    """

    def __init__(self, channel: str) -> None:
        # A class method in Rasa, which serves one channel a class; it is only ever asked of an instance.
        self.name = lambda: channel  # type: ignore[method-assign]

    @classmethod
    def name(cls) -> str:
        """Name of the house's channel where no message is answered."""
        return "gateway"

    async def send_response(self, recipient_id: str, message: dict[str, Any]) -> None:
        """Do nothing."""


class NotReadyError(RuntimeError):
    """Rasa cannot answer; the message says what is missing."""


async def run_turn(agent: Any, turn: TurnRequest) -> dict[str, Any]:
    """Answer a message, once: a message that was answered before gets the same answer again.

    Raises
    ------
    ActionFailedError : an action failed; of this message nothing more was saved, and it may be sent again.
    NotReadyError : no model is loaded, or it did not keep the turn.
    """
    if not agent.is_ready():
        raise NotReadyError("No model is loaded. Train one: rapport train")
    async with agent.lock_store.lock(turn.conversation_id):
        return await _Message(agent, turn).served()


class _Message:
    """One message while it is served, under its conversation's lock."""

    def __init__(self, agent: Any, turn: TurnRequest) -> None:
        self._agent, self._turn = agent, turn

    async def served(self) -> dict[str, Any]:
        saved = self._saved()
        replayed = bool(saved)
        if not saved:
            await self._first()
        while (following := await self._following()) is not None:
            await self._handle(*following)
            replayed = False
        return answer(self._saved() if not replayed else saved, replayed=replayed)

    async def _first(self) -> None:
        waiting = await self._waiting()
        if self._turn.choice is not None:
            meant = meant_by(self._turn.choice)
            said = await self._not_understood_before() if meant else None
            if said is None:
                choice = f"{keys.INTENT_PREFIX}{meant}" if meant else self._turn.choice
                await self._run(choice, None, {REST: waiting})
            else:
                await self._run(said, await self._read(said, meant), {REST: waiting, MEANT: meant})
            return
        tracker = await self._tracker()
        question_open = bool(tracker and tracker.get_slot("open_question"))
        parts = await own_requests(self._turn.said, self._read, question_open=question_open)
        rest = [part.text for part in parts[1:]]
        await self._run(parts[0].text, parts[0].parsed, {REST: [*rest, *waiting][:MOST_PARTS]})

    async def _following(self) -> tuple[Part, list[str]] | None:
        """Give the request to serve next, unless none is left, or it has to wait for an answer to our question."""
        saved, tracker = self._saved(), await self._tracker()
        if len(saved) >= MOST_PARTS or tracker is None:
            return None
        latest = saved[-1][0]
        if tracker.latest_message is None or tracker.latest_message.message_id != latest.get("message_id"):
            return None  # the conversation has gone on since
        rest = (latest.get("metadata") or {}).get(REST) or []
        if not rest:
            return None
        part = Part(rest[0], await self._read(rest[0]))
        return None if must_wait(part.intent, tracker.current_slot_values()) else (part, rest[1:])

    async def _handle(self, part: Part, rest: list[str]) -> None:
        mood = self._saved()[0][0].get("parse_data", {}).get(keys.SENTIMENT)
        place = len(self._saved()) + 1
        parsed = {**part.parsed, keys.SENTIMENT: mood}
        await self._run(part.text, parsed, {REST: rest}, message_id=f"{self._turn.message_id}.{place}")

    async def _run(
        self, text: str, parsed: Mapping[str, Any] | None, more: Mapping[str, Any], message_id: str = ""
    ) -> None:
        """Let Rasa answer one request as a turn of its own."""
        own_id = message_id or self._turn.message_id
        await self._agent.processor.handle_message(
            UserMessage(
                text,
                Unheard(self._turn.channel),
                self._turn.conversation_id,
                parse_data=dict(parsed) if parsed is not None else None,
                input_channel=self._turn.channel,
                message_id=own_id,
                metadata={**self._turn.metadata, "message_id": own_id, **more},
            )
        )
        if not self._agent.tracker_store.turn(self._turn.conversation_id, own_id):
            raise NotReadyError("The turn was not saved. Does the model hold policies (config.yml)?")

    async def _read(self, text: str, meant: str | None = None) -> Mapping[str, Any]:
        message = UserMessage(text, sender_id=self._turn.conversation_id, metadata={MEANT: meant} if meant else None)
        parsed: Mapping[str, Any] = await self._agent.processor.parse_message(message)
        return parsed

    async def _waiting(self) -> list[str]:
        """Give what the message before left to be served, if that is not long ago."""
        tracker = await self._tracker()
        latest = tracker.latest_message if tracker is not None else None
        if latest is None or time.time() - (getattr(latest, "timestamp", None) or 0.0) > WAITS_AT_MOST:
            return []
        return [str(text) for text in (latest.metadata or {}).get(REST) or []]

    async def _not_understood_before(self) -> str | None:
        """Give the words of the message before, where we asked back what was meant by them."""
        tracker = await self._tracker()
        latest = tracker.latest_message if tracker is not None else None
        if latest is None or not latest.text or latest.text.startswith(keys.INTENT_PREFIX):
            return None
        events = self._agent.tracker_store.turn(self._turn.conversation_id, latest.message_id)
        asked = any(event["event"] == "action" and event["name"] == ASKS_BACK for event in events)
        return str(latest.text) if asked else None

    async def _tracker(self) -> Any:
        return await self._agent.tracker_store.look(self._turn.conversation_id)

    def _saved(self) -> list[list[dict[str, Any]]]:
        """Give the saved turns of this message in order."""
        turns = []
        for place in range(1, MOST_PARTS + 1):
            own_id = self._turn.message_id if place == 1 else f"{self._turn.message_id}.{place}"
            events = self._agent.tracker_store.turn(self._turn.conversation_id, own_id)
            if not events:
                break
            turns.append(events)
        return turns


def meant_by(choice: str) -> str | None:
    """Give the intent of a choice that says what was meant by the message before: `/track_order{"mode": "meant"}`."""
    intent, brace, told = choice.removeprefix(keys.INTENT_PREFIX).partition("{")
    try:
        details = json.loads(brace + told) if brace else {}
    except ValueError:
        return None
    return intent if isinstance(details, dict) and details.get("mode") == keys.MEANT else None
