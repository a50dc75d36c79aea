"""The turn scheduler: one message of a conversation at a time, in order; conversations beside each other."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from datetime import UTC, datetime

import structlog
from sqlalchemy import Connection

from gateway.conversations.answering import Answering
from gateway.conversations.lane import Lane
from gateway.conversations.ownership import settle
from gateway.conversations.pending import Pending, pending_of
from gateway.store_thread import StoreClosedError
from store.repositories.conversations import find_conversation
from store.repositories.messages import unfinished_messages

log = structlog.get_logger(__name__)

#: Seconds until a message is tried again that the gateway itself failed on.
_FAULT_PAUSE = 5.0


class Scheduler:
    """Keeps a lane for every conversation with an unanswered message."""

    def __init__(self, answering: Answering) -> None:
        self._answering = answering
        self._lanes: dict[str, Lane] = {}
        self._tasks: dict[str, asyncio.Task[None]] = {}
        self._closing = False

    def __len__(self) -> int:
        return sum(len(lane) for lane in self._lanes.values())

    async def recover(self) -> int:
        """Take up what an earlier process left unanswered; gives how many messages that is."""
        left = await self._answering.store.run(_left_unfinished)
        for pending in left:
            self.enqueue(pending)
        return len(left)

    def enqueue(self, pending: Pending) -> None:
        """Answer this message after the earlier ones of its conversation; it is committed, so a stop loses nothing."""
        if self._closing:
            return
        conversation_id = pending.conversation_id
        lane = self._lanes.get(conversation_id)
        if lane is None:
            lane = self._lanes[conversation_id] = Lane(conversation_id)
            lane.add(pending)
            self._tasks[conversation_id] = asyncio.create_task(self._work(lane), name="lane")
        else:
            lane.add(pending)

    def forget(self, conversation_id: str) -> None:
        """Leave what waits to a person; a turn that is being computed may end, its replies are not sent."""
        if lane := self._lanes.get(conversation_id):
            lane.forget()

    def wake(self) -> None:
        """Try all waiting messages again: Rasa is back."""
        for lane in self._lanes.values():
            lane.wake()

    async def close(self, drain_seconds: float) -> None:
        """Let turns that are being computed end, drop the rest; the next process takes it up."""
        self._closing = True
        tasks: Sequence[asyncio.Task[None]] = list(self._tasks.values())
        for lane in self._lanes.values():
            lane.forget()
        if tasks:
            _, unfinished = await asyncio.wait(tasks, timeout=drain_seconds)
            for task in unfinished:
                task.cancel()
            await asyncio.gather(*unfinished, return_exceptions=True)

    async def _work(self, lane: Lane) -> None:
        try:
            while pending := lane.head():
                await self._answer(lane, pending)
        except StoreClosedError:
            log.info("lane_stopped", conversation_id=lane.conversation_id, waiting=len(lane))
        finally:
            del self._lanes[lane.conversation_id], self._tasks[lane.conversation_id]

    async def _answer(self, lane: Lane, pending: Pending) -> None:
        try:
            await self._answering.answer(pending, lane)
        except StoreClosedError:
            raise
        except Exception:
            # A fault of ours: the message is kept and tried again, and the lane does not die of it.
            log.exception("lane_broken", conversation_id=lane.conversation_id, waiting=len(lane))
            await lane.pause(_FAULT_PAUSE)
        else:
            lane.finish(pending)


def _left_unfinished(connection: Connection) -> list[Pending]:
    """Give all unanswered messages of conversations that the bot owns; leave those of a person to her."""
    left: list[Pending] = []
    conversations = {message.conversation_id: None for message in unfinished_messages(connection)}
    for conversation_id in conversations:
        conversation = find_conversation(connection, conversation_id)
        if conversation is None:
            continue
        if conversation.owner != "bot":
            settle(connection, conversation, "suppressed", datetime.now(UTC))
            continue
        messages = unfinished_messages(connection, conversation_id)
        left.extend(pending_of(conversation, message) for message in messages)
    return left
