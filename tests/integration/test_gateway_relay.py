"""The outbox relay: at least once, in order, whatever a channel does."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import select

from gateway.channels.ports import DeliveryFailedError
from gateway.conversations.relay import Relay
from gateway.conversations.written import Line, say
from gateway.store_thread import StoreThread
from store.repositories.conversations import Conversation, add_conversation, find_conversation
from store.repositories.messages import Message
from store.repositories.outbox import Delivery
from store.tables import outbox
from tests.support.gateway_house import fresh_database

NOW = datetime(2026, 5, 3, tzinfo=UTC)


class FakeChannel:
    """Remembers what it carried; `refuses` are texts it does not take now, `breaks` texts that break it."""

    def __init__(self) -> None:
        self.carried: list[str] = []
        self.refuses: set[str] = set()
        self.breaks: set[str] = set()

    async def deliver(self, message: Message) -> None:
        if message.text in self.breaks:
            raise RuntimeError("a fault of the channel")
        if message.text in self.refuses:
            raise DeliveryFailedError("busy")
        self.carried.append(message.text)

    async def until(self, *texts: str) -> None:
        async with asyncio.timeout(5):
            while self.carried != list(texts):
                await asyncio.sleep(0.01)


@pytest.fixture
async def store(tmp_path: Path) -> AsyncIterator[StoreThread]:
    database = fresh_database(tmp_path)
    thread = StoreThread(database)
    thread.start()
    for conversation_id in ("one", "other"):
        await thread.run(lambda connection, name=conversation_id: add_conversation(connection, _conversation(name)))
    yield thread
    await thread.close()
    database.close()


def _conversation(conversation_id: str) -> Conversation:
    return Conversation(
        conversation_id=conversation_id, channel="fake", visitor_id=None, customer_id=None, owner="bot",
        agent_id=None, owner_version=0, last_seq=0, mood=None, topic=None, created_at=NOW, last_message_at=NOW,
        waiting_since=None, handed_over_at=None,
    )  # fmt: skip


@asynccontextmanager
async def _relay(store: StoreThread, channel: FakeChannel) -> AsyncIterator[Relay]:
    relay = Relay(store, {"fake": channel}, mark_every=0.02, retry_every=0.05)
    relay.start()
    yield relay
    await relay.close()


async def _say(store: StoreThread, text: str, conversation_id: str = "one") -> Sequence[Delivery]:
    def write(connection: object) -> Sequence[Delivery]:
        conversation = find_conversation(connection, conversation_id)  # type: ignore[arg-type]
        assert conversation is not None
        return say(connection, conversation, [Line(author="bot", text=text)], NOW)  # type: ignore[arg-type]

    return await store.run(write)


async def _waiting(store: StoreThread) -> int:
    query = select(outbox).where(outbox.c.delivered_at.is_(None))
    return len(await store.run(lambda connection: connection.execute(query).all()))


async def test_fresh_messages_are_carried_in_order_and_marked(store: StoreThread) -> None:
    channel = FakeChannel()
    async with _relay(store, channel) as relay:
        for text in ("a", "b", "c"):
            relay.push(await _say(store, text))
        await channel.until("a", "b", "c")
    assert await _waiting(store) == 0


async def test_what_an_earlier_process_left_is_carried_at_the_start(store: StoreThread) -> None:
    for text in ("a", "b"):
        await _say(store, text)
    channel = FakeChannel()
    async with _relay(store, channel):
        await channel.until("a", "b")
    assert await _waiting(store) == 0
    async with _relay(store, channel):
        await asyncio.sleep(0.05)
    assert channel.carried == ["a", "b"]


async def test_a_message_the_channel_refuses_is_offered_again_and_the_next_wait_behind_it(store: StoreThread) -> None:
    channel = FakeChannel()
    channel.refuses = {"b"}
    async with _relay(store, channel) as relay:
        for text in ("a", "b", "c"):
            relay.push(await _say(store, text))
        relay.push(await _say(store, "elsewhere", "other"))
        await channel.until("a", "elsewhere")
        await asyncio.sleep(0.15)
        assert channel.carried == ["a", "elsewhere"]
        channel.refuses = set()
        await channel.until("a", "elsewhere", "b", "c")
        relay.push(await _say(store, "d"))
        await channel.until("a", "elsewhere", "b", "c", "d")
    assert await _waiting(store) == 0


async def test_a_broken_channel_does_not_stop_the_relay(store: StoreThread) -> None:
    channel = FakeChannel()
    channel.breaks = {"a"}
    async with _relay(store, channel) as relay:
        relay.push(await _say(store, "a"))
        relay.push(await _say(store, "elsewhere", "other"))
        await channel.until("elsewhere")
        channel.breaks = set()
        await channel.until("elsewhere", "a")


async def test_what_cannot_be_carried_before_the_end_stays_in_the_outbox(store: StoreThread) -> None:
    channel = FakeChannel()
    channel.refuses = {"a"}
    async with _relay(store, channel) as relay:
        relay.push(await _say(store, "a"))
        await asyncio.sleep(0.05)
    assert await _waiting(store) == 1
