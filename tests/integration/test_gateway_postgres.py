"""The same promises on PostgreSQL: repositories, the shared commit, a whole conversation."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from store.engine import Database
from store.repositories.conversations import Conversation, add_conversation, find_conversation, take_seqs
from store.repositories.messages import (
    Message,
    add_messages,
    count_by_state,
    message_of_client,
    messages_after,
    set_state,
    unfinished_messages,
)
from store.repositories.turns import Turn, add_turns, add_understanding, turn_of_message
from store.tables import conversations, messages, turns
from tests.support.databases import migrated_database
from tests.support.gateway_house import House, fill, open_house

pytestmark = pytest.mark.integration

NOW = datetime(2026, 5, 3, 12, tzinfo=UTC)


@pytest.fixture(params=["sqlite", "postgresql"])
def database(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Database]:
    with migrated_database(request.param, tmp_path / "rapport.db") as opened:
        fill(opened)
        yield opened


@pytest.fixture
async def house(database: Database) -> AsyncIterator[House]:
    async with open_house(database) as opened:
        yield opened


def _conversation(**changed: object) -> Conversation:
    values = {
        "conversation_id": "one", "channel": "widget", "visitor_id": None, "customer_id": "ana", "owner": "bot",
        "agent_id": None, "owner_version": 0, "last_seq": 0, "mood": None, "topic": None, "created_at": NOW,
        "last_message_at": NOW, "waiting_since": None, "handed_over_at": None,
    }  # fmt: skip
    return Conversation(**(values | changed))  # type: ignore[arg-type]


def _message(seq: int, **changed: object) -> Message:
    values = {
        "message_id": f"m-{seq}", "conversation_id": "one", "seq": seq, "author": "customer",
        "text": f"text {seq} ü 🙂", "client_message_id": f"client-{seq}", "state": "received",
        "created_at": NOW, "payload": {"choice": "/a"},
    }  # fmt: skip
    return Message(**(values | changed))  # type: ignore[arg-type]


def test_what_is_written_is_read_back_field_by_field(database: Database) -> None:
    with database.write() as connection:
        add_conversation(connection, _conversation())
        add_messages(connection, [_message(1)])
    with database.read() as connection:
        assert find_conversation(connection, "one") == _conversation()
        assert message_of_client(connection, "one", "client-1") == _message(1)
        assert message_of_client(connection, "other", "client-1") is None


def test_seqs_are_taken_without_gaps(database: Database) -> None:
    with database.write() as connection:
        add_conversation(connection, _conversation())
        assert [take_seqs(connection, "one", count, NOW)[0] for count in (1, 3, 1)] == [1, 2, 5]


def test_a_client_id_is_unique_within_its_conversation(database: Database) -> None:
    with database.write() as connection:
        add_conversation(connection, _conversation())
        add_messages(connection, [_message(1)])
    with pytest.raises(IntegrityError), database.write() as connection:
        add_messages(connection, [_message(2, client_message_id="client-1")])


def test_unfinished_messages_come_in_order_and_leave_when_done(database: Database) -> None:
    with database.write() as connection:
        add_conversation(connection, _conversation())
        add_messages(connection, [_message(3), _message(1), _message(2, state="deferred")])
        assert [message.seq for message in unfinished_messages(connection)] == [1, 2, 3]
        assert count_by_state(connection, "one") == {"received": 2, "deferred": 1}
        set_state(connection, "m-1", "done")
        assert [message.seq for message in unfinished_messages(connection, "one")] == [2, 3]
        assert [message.seq for message in messages_after(connection, "one", 1, limit=1)] == [2]


def test_a_turn_keeps_its_outcome_when_its_understanding_comes_later(database: Database) -> None:
    turn = Turn(turn_id="t", conversation_id="one", message_id="m-1", outcome="suppressed", created_at=NOW)
    understood = Turn(
        turn_id="other", conversation_id="one", message_id="m-1", outcome="answered", created_at=NOW, intent="greet",
        confidence=0.9, ranking=[{"name": "greet", "confidence": 0.9}], sentiment=0.1, actions=["utter_greet"],
    )  # fmt: skip
    with database.write() as connection:
        add_conversation(connection, _conversation())
        add_messages(connection, [_message(1)])
        add_turns(connection, [turn])
        add_understanding(connection, understood)
        found = turn_of_message(connection, "m-1")
    assert found is not None
    assert (found.turn_id, found.outcome, found.intent, found.ranking) == (
        "t", "suppressed", "greet", [{"name": "greet", "confidence": 0.9}],
    )  # fmt: skip


async def test_many_talkers_at_once_lose_nothing(house: House) -> None:
    async def talk() -> None:
        async with house.talker() as talker:
            for number in range(5):
                await talker.send(f"message {number}")
            answers = [(await talker.says("bot"))["text"] for _ in range(5)]
            assert answers == [f"You said: message {number}" for number in range(5)]

    await asyncio.gather(*(talk() for _ in range(8)))
    for row in await house.rows(select(conversations)):
        in_order = select(messages.c.seq).where(messages.c.conversation_id == row.conversation_id)
        seqs = [seq for (seq,) in await house.rows(in_order.order_by(messages.c.seq))]
        assert seqs == list(range(1, 11))
    assert len(await house.rows(select(turns))) == 8 * 5


async def test_a_known_customer_is_answered_and_taken_over(house: House) -> None:
    async with house.talker(identity=house.identity("ana")) as talker:
        await talker.send("hello \u0000 ü 🙂")
        assert (await talker.says("bot"))["text"] == "You said: hello ü 🙂"
        await house.desk.take_over(talker.conversation_id, "maya", "Maya")
        await talker.says("system")
        await talker.send("are you there?")
        await talker.says("customer")
        await house.desk.answer(talker.conversation_id, "maya", "Maya", "answer-1", "Yes.")
        assert (await talker.says("agent"))["text"] == "Yes."
