"""A person takes over, answers, gives back; the bot is silent the moment she comes."""

from __future__ import annotations

import asyncio
import inspect
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from sqlalchemy import select

from console.ports import Desk
from gateway.conversations import lines
from gateway.desk import GatewayDesk
from store.tables import conversations, messages, turns
from tests.support.gateway_house import House, fresh_database, open_house


@pytest.fixture
async def house(tmp_path: Path) -> AsyncIterator[House]:
    async with open_house(fresh_database(tmp_path)) as opened:
        yield opened


async def test_a_person_takes_over_answers_and_gives_back(house: House) -> None:
    async with house.talker() as talker:
        await talker.send("hello")
        await talker.says("bot")
        await house.desk.take_over(talker.conversation_id, "maya", "Maya")
        assert await talker.next("owner") == {"type": "owner", "owner": "agent", "agent_name": "Maya"}
        assert (await talker.says("system"))["text"] == "Maya joined the chat"
        await talker.send("are you a person?")
        await talker.says("customer")
        await house.desk.answer(talker.conversation_id, "maya", "Maya", "answer-1", "Yes, I am.")
        answer = await talker.says("agent")
        assert (answer["text"], answer["author_name"]) == ("Yes, I am.", "Maya")
        assert answer["client_message_id"] is None
        assert len(house.rasa.asked) == 1
        await house.desk.give_back(talker.conversation_id, "maya")
        assert (await talker.next("owner"))["owner"] == "bot"
        await talker.send("thank you")
        assert (await talker.says("bot"))["text"] == "You said: thank you"


async def test_a_reply_being_computed_is_suppressed(house: House) -> None:
    gate = asyncio.Event()
    house.rasa.behaviour = house.rasa.when(gate)
    async with house.talker() as talker:
        await talker.send("I am angry")
        await talker.next("typing")
        while not house.rasa.ran:
            await asyncio.sleep(0.01)
        await house.desk.take_over(talker.conversation_id, "maya", "Maya")
        gate.set()
        await talker.says("system")
        assert await talker.hears_nothing(0.3)
        (turn,) = await house.rows(select(turns))
        assert (turn.outcome, turn.intent, turn.sentiment) == ("suppressed", "thank", 0.5)
        (conversation,) = await house.rows(select(conversations))
        assert (
            conversation.waiting_since
            == (await house.rows(select(messages.c.created_at).where(messages.c.seq == 1)))[0][0]
        )
        await house.desk.answer(talker.conversation_id, "maya", "Maya", "answer-1", "I am here.")
        (conversation,) = await house.rows(select(conversations))
        assert conversation.waiting_since is None


async def test_a_reply_computed_before_a_give_back_is_suppressed_as_well(house: House) -> None:
    gate = asyncio.Event()
    house.rasa.behaviour = house.rasa.when(gate)
    async with house.talker() as talker:
        await talker.send("old question")
        while not house.rasa.ran:
            await asyncio.sleep(0.01)
        await house.desk.take_over(talker.conversation_id, "maya", "Maya")
        await house.desk.give_back(talker.conversation_id, "maya")
        await talker.send("new question")
        gate.set()
        assert (await talker.says("bot"))["text"] == "You said: new question"


@pytest.mark.parametrize("moment", ["before the message", "after the message", "after the turn", "after the answer"])
async def test_whenever_a_person_comes_the_customer_never_gets_both(house: House, moment: str) -> None:
    gate = asyncio.Event()
    house.rasa.behaviour = house.rasa.when(gate)

    async def take_over_at(reached: str) -> None:
        if reached == moment:
            await house.desk.take_over(talker.conversation_id, "maya", "Maya")

    async with house.talker() as talker:
        await take_over_at("before the message")
        await talker.send("hello")
        await talker.next("ack")
        await take_over_at("after the message")
        if moment in ("after the turn", "after the answer"):
            while not house.rasa.ran:
                await asyncio.sleep(0.01)
        await take_over_at("after the turn")
        gate.set()
        if moment == "after the answer":
            await talker.says("bot")
        await take_over_at("after the answer")
        await house.until(lambda c: not c.execute(select(messages).where(messages.c.state == "received")).all())
        said = [author for author, _ in await house.transcript(talker.conversation_id)]
        # After "Maya joined" no bot speaks.
        assert "bot" not in said[said.index("system") :]
        (turn,) = await house.rows(select(turns))
        expected = {"before the message": "agent", "after the answer": "answered"}.get(moment, "suppressed")
        assert turn.outcome == expected


async def test_what_waits_behind_is_left_to_the_person(house: House) -> None:
    gate = asyncio.Event()
    house.rasa.behaviour = house.rasa.when(gate)
    async with house.talker() as talker:
        for text in ("one", "two", "three"):
            await talker.send(text)
        for _ in range(3):
            await talker.next("ack")
        await house.desk.take_over(talker.conversation_id, "maya", "Maya")
        gate.set()
        assert await talker.hears_nothing(0.2) is False  # "Maya joined the chat"
        assert await talker.hears_nothing(0.2)
        assert [turn["text"] for turn in house.rasa.ran] == ["one"]
        states = {row.state for row in await house.rows(select(messages).where(messages.c.author == "customer"))}
        assert states == {"done"}


async def test_taking_over_twice_changes_nothing(house: House) -> None:
    async with house.talker() as talker:
        for _ in range(2):
            await house.desk.take_over(talker.conversation_id, "maya", "Maya")
        (conversation,) = await house.rows(select(conversations))
        assert (conversation.owner_version, conversation.agent_id) == (1, "maya")
        assert await house.transcript(talker.conversation_id) == [("system", "Maya joined the chat")]


async def test_another_person_may_take_over_and_the_first_may_no_longer_answer(house: House) -> None:
    async with house.talker() as talker:
        conversation_id = talker.conversation_id
        await house.desk.take_over(conversation_id, "maya", "Maya")
        await house.desk.take_over(conversation_id, "tom", "Tom")
        with pytest.raises(PermissionError):
            await house.desk.answer(conversation_id, "maya", "Maya", "answer-1", "Hello")
        with pytest.raises(PermissionError):
            await house.desk.give_back(conversation_id, "maya")
        await house.desk.give_back(conversation_id, "tom")
        assert (await house.transcript(conversation_id))[-1] == ("system", lines.GAVE_BACK)


async def test_an_unknown_conversation_is_said_to_be_unknown(house: House) -> None:
    with pytest.raises(LookupError, match="no such conversation"):
        await house.desk.take_over("nowhere", "maya", "Maya")
    with pytest.raises(LookupError):
        await house.desk.answer("nowhere", "maya", "Maya", "answer-1", "Hello")
    with pytest.raises(LookupError):
        await house.desk.give_back("nowhere", "maya")


async def test_an_answer_sent_twice_is_one_answer(house: House) -> None:
    async with house.talker() as talker:
        await house.desk.take_over(talker.conversation_id, "maya", "Maya")
        for _ in range(2):
            await house.desk.answer(talker.conversation_id, "maya", "Maya", "answer-1", "Hello")
        assert [author for author, _ in await house.transcript(talker.conversation_id)] == ["system", "agent"]


async def test_an_empty_answer_is_refused(house: House) -> None:
    async with house.talker() as talker:
        await house.desk.take_over(talker.conversation_id, "maya", "Maya")
        with pytest.raises(ValueError, match="empty"):
            await house.desk.answer(talker.conversation_id, "maya", "Maya", "answer-1", " \n ")


async def test_a_customer_cannot_use_the_message_id_of_a_person(house: House) -> None:
    async with house.talker() as talker:
        await house.desk.take_over(talker.conversation_id, "maya", "Maya")
        await house.desk.answer(talker.conversation_id, "maya", "Maya", "answer-1", "Hello")
        await talker.send("hello", "agent:answer-1")
        assert (await talker.next("error"))["code"] == "bad_frame"


async def test_the_console_hears_of_every_change(house: House) -> None:
    heard = []

    async def listen() -> None:
        async for change in house.desk.subscribe():
            heard.append(change)

    listening = asyncio.create_task(listen())
    await asyncio.sleep(0)
    async with house.talker() as talker:
        await talker.send("hello")
        await talker.says("bot")
        await house.desk.take_over(talker.conversation_id, "maya", "Maya")
        await talker.says("system")
        conversation_id = talker.conversation_id
    listening.cancel()
    await asyncio.gather(listening, return_exceptions=True)
    assert heard == [
        {"kind": "message", "conversation_id": conversation_id, "seq": 1},
        {"kind": "message", "conversation_id": conversation_id, "seq": 2},
        {"kind": "message", "conversation_id": conversation_id, "seq": 3},
        {"kind": "conversation", "conversation_id": conversation_id},
    ]


async def test_who_comes_back_sees_the_person_in_the_welcome(house: House) -> None:
    async with house.talker() as talker:
        await house.desk.take_over(talker.conversation_id, "maya", "Maya")
        async with house.talker(token=talker.token) as again:
            assert (again.welcome["owner"], again.welcome["agent_name"]) == ("agent", "Maya")


def test_the_desk_is_what_the_console_asks_for() -> None:
    for name in ("take_over", "answer", "give_back", "subscribe"):
        wanted, offered = (inspect.signature(getattr(kind, name)) for kind in (Desk, GatewayDesk))
        assert offered == wanted
