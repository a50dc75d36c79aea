"""Rasa slow, dead or talking nonsense: an honest line in time, a way to a person, nothing lost."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from sqlalchemy import select

from gateway.conversations import lines
from store.tables import conversations, messages, turns
from tests.support.fake_rasa import FakeRasa, Turn
from tests.support.gateway_house import House, Talker, fresh_database, open_house

#: A tenth of the real durations.
QUICK = {"turn_deadline": 1.0, "outage_patience": 0.3, "stall_after": 0.2, "longest_backoff": 0.2}


@pytest.fixture
async def house(tmp_path: Path) -> AsyncIterator[House]:
    async with open_house(fresh_database(tmp_path), **QUICK) as opened:
        yield opened


#: What a busy machine may add.
SLACK = 1.0


async def _trouble(talker: Talker) -> dict[str, str]:
    """Wait for the honest line; give the ids of its choices by title."""
    line = await talker.says("bot")
    assert line["text"] == lines.TROUBLE
    return {reply["title"]: reply["id"] for reply in line["quick_replies"]}


NONSENSE = {
    "garbage": (200, "<html>"),
    "wrong shape": (200, '{"replies": "none"}'),
    "another message's": (200, '{"message_id": "x", "replies": [{"text": "hi"}], "parse": {}}'),
    "ten megabytes": (200, " " * 10_000_000),
    "internal error": (500, '{"error": "internal"}'),
    "failed action": (500, '{"error": "action_failed"}'),
    "not ready": (503, "starting"),
}


@pytest.mark.parametrize("kind", NONSENSE)
async def test_nonsense_gets_an_honest_line_in_time_and_the_answer_later(house: House, kind: str) -> None:
    house.rasa.behaviour = house.rasa.status(*NONSENSE[kind])
    async with house.talker() as talker:
        began = time.monotonic()
        await talker.send("where is my order?")
        assert set(await _trouble(talker)) == {lines.TALK_TO_PERSON_TITLE, lines.KEEP_WAITING_TITLE}
        assert time.monotonic() - began < QUICK["turn_deadline"] + SLACK
        house.rasa.behaviour = house.rasa.answer
        assert (await talker.says("bot"))["text"] == "You said: where is my order?"


async def test_an_answer_without_a_reply_is_no_answer(house: House) -> None:
    house.rasa.behaviour = house.rasa.saying(replies=[{"text": "  "}])
    async with house.talker() as talker:
        await talker.send("hello")
        await _trouble(talker)


async def test_a_hanging_rasa_gets_an_honest_line_in_time(house: House) -> None:
    house.rasa.behaviour = house.rasa.when(asyncio.Event())
    async with house.talker() as talker:
        began = time.monotonic()
        await talker.send("hello")
        await _trouble(talker)
        assert time.monotonic() - began < QUICK["turn_deadline"] + SLACK
        (message,) = await house.rows(select(messages).where(messages.c.author == "customer"))
        assert message.state == "deferred"


async def test_a_dead_rasa_is_waited_for_and_messages_are_answered_in_order_when_it_is_back(house: House) -> None:
    await house.rasa.stop()
    async with house.talker() as talker:
        for text in ("one", "two", "three"):
            await talker.send(text)
        await _trouble(talker)
        await talker.hears_nothing(0.3)  # said once for all three
        await house.rasa.start()
        answers = [(await talker.says("bot"))["text"] for _ in range(3)]
        assert answers == ["You said: one", "You said: two", "You said: three"]
        said = [text for author, text in await house.transcript(talker.conversation_id) if author == "bot"]
        assert said.count(lines.TROUBLE) == 1


async def test_a_second_outage_is_said_again(house: House) -> None:
    async with house.talker() as talker:
        for text in ("one", "two"):
            await house.rasa.stop()
            await talker.send(text)
            await _trouble(talker)
            await house.rasa.start()
            assert (await talker.says("bot"))["text"] == f"You said: {text}"


async def test_a_turn_whose_answer_was_lost_on_the_way_is_not_run_twice(house: House) -> None:
    dropped = []

    async def drop_the_first(turn: Turn):
        if not dropped:
            dropped.append(turn)
            await house.rasa.drop(turn)
        return await house.rasa.answer(turn)

    house.rasa.behaviour = drop_the_first
    async with house.talker() as talker:
        await talker.send("hello")
        assert (await talker.says("bot"))["text"] == "You said: hello"
        assert (len(house.rasa.asked), len(house.rasa.ran)) == (2, 1)
        assert house.rasa.asked[0]["message_id"] == house.rasa.asked[1]["message_id"]


async def test_a_person_can_be_reached_while_the_bot_is_away(house: House) -> None:
    await house.rasa.stop()
    async with house.talker() as talker:
        await talker.send("hello?")
        choices = await _trouble(talker)
        began = time.monotonic()
        await talker.choose(choices[lines.TALK_TO_PERSON_TITLE])
        assert (await talker.says("system"))["text"] == lines.QUEUED
        assert time.monotonic() - began < SLACK
        (conversation,) = await house.rows(select(conversations))
        assert conversation.owner == "queue"
        assert conversation.waiting_since is not None
        outcomes = [turn.outcome for turn in await house.rows(select(turns).order_by(turns.c.created_at))]
        assert sorted(outcomes) == ["handed_over", "unanswered"]
        await house.rasa.start()
        assert await talker.hears_nothing(0.5)  # the bot stays silent: a person has it now
        assert house.rasa.asked == []


async def test_a_person_can_be_reached_by_an_older_button_when_the_bot_dies(house: House) -> None:
    person = {"title": "Talk to a person", "payload": lines.TALK_TO_PERSON}
    house.rasa.behaviour = house.rasa.saying(replies=[{"text": "Hm.", "quick_replies": [person]}])
    async with house.talker() as talker:
        await talker.send("hello?")
        reply_id = (await talker.says("bot"))["quick_replies"][0]["id"]
        await house.rasa.stop()
        await talker.choose(reply_id)
        assert (await talker.says("system"))["text"] == lines.QUEUED


async def test_a_person_is_asked_of_the_bot_while_it_is_well(house: House) -> None:
    person = {"title": "Talk to a person", "payload": lines.TALK_TO_PERSON}
    house.rasa.behaviour = house.rasa.saying(replies=[{"text": "Hm.", "quick_replies": [person]}])
    async with house.talker() as talker:
        await talker.send("hello?")
        reply_id = (await talker.says("bot"))["quick_replies"][0]["id"]
        house.rasa.behaviour = house.rasa.saying(text="Of course.", handoff="asked")
        await talker.choose(reply_id)
        assert (await talker.says("bot"))["text"] == "Of course."
        assert (await talker.says("system"))["text"] == lines.QUEUED
        assert house.rasa.asked[-1]["choice"] == lines.TALK_TO_PERSON


async def test_who_keeps_waiting_is_thanked_and_answered(house: House) -> None:
    await house.rasa.stop()
    async with house.talker() as talker:
        await talker.send("hello?")
        choices = await _trouble(talker)
        await talker.choose(choices[lines.KEEP_WAITING_TITLE])
        assert (await talker.says("bot"))["text"] == lines.WILL_WAIT
        await house.rasa.start()
        assert (await talker.says("bot"))["text"] == "You said: hello?"
        assert [turn["text"] for turn in house.rasa.asked] == ["hello?"]


async def test_hanging_turns_do_not_hold_up_other_conversations(house: House) -> None:
    async def hang_on_demand(turn: Turn):
        if turn["text"] == "hang":
            await asyncio.sleep(30)
        return await house.rasa.answer(turn)

    house.rasa.behaviour = hang_on_demand
    async with house.talker() as one, house.talker() as two, house.talker() as three:
        await one.send("hang")
        await two.send("hang")
        began = time.monotonic()
        await three.send("hello")
        assert (await three.says("bot"))["text"] == "You said: hello"
        # Both places were taken, and given up after `stall_after`.
        assert time.monotonic() - began < QUICK["stall_after"] + 0.5


async def test_a_message_rasa_can_never_take_is_given_up_visibly(house: House) -> None:
    async def poisoned(turn: Turn):
        if turn["text"] == "poison":
            return await house.rasa.status(500)(turn)
        return await house.rasa.answer(turn)

    house.rasa.behaviour = poisoned
    async with house.talker() as talker:
        await talker.send("poison")
        await talker.send("hello")
        said = [(await talker.says("bot"))["text"] for _ in range(3)]
        assert said == [lines.TROUBLE, lines.GIVEN_UP, "You said: hello"]
    outcomes = [turn.outcome for turn in await house.rows(select(turns).order_by(turns.c.created_at))]
    assert outcomes == ["unanswered", "answered"]


async def test_an_answer_the_database_refuses_is_given_up_visibly(house: House) -> None:
    house.rasa.behaviour = house.rasa.saying(decisions=[{"kind": "offer", "propensity": 0.5, "segment_id": 2**70}])
    async with house.talker() as talker:
        await talker.send("hello")
        assert (await talker.says("bot"))["text"] == lines.GIVEN_UP


async def test_what_an_earlier_process_left_is_answered_after_the_start(tmp_path: Path) -> None:
    database = fresh_database(tmp_path)
    rasa = FakeRasa()
    async with open_house(database, rasa, **QUICK) as house, house.talker() as talker:
        token = talker.token
        await rasa.stop()
        await talker.send("one")
        await _trouble(talker)
        await talker.send("two")
        await talker.next("ack", repeated=False)
    async with open_house(database, rasa, **QUICK) as house, house.talker(token=token) as talker:
        said = [(await talker.says("bot"))["text"] for _ in range(3)]
        assert said == [lines.TROUBLE, "You said: one", "You said: two"]


async def test_a_stop_lets_the_running_turn_end(tmp_path: Path) -> None:
    database = fresh_database(tmp_path)
    rasa = FakeRasa()
    async with open_house(database, rasa) as house, house.talker() as talker:
        token = talker.token
        rasa.behaviour = rasa.after(0.3)
        await talker.send("hello")
        await talker.next("ack")
    assert len(rasa.ran) == 1
    async with open_house(database, rasa) as house, house.talker(token=token) as talker:
        assert (await talker.says("bot"))["text"] == "You said: hello"
        assert len(rasa.asked) == 1
