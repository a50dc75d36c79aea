"""The console at the gateway's own desk: what an agent does there reaches the customer, and the other way round."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
from aiohttp import web

from console.app import create_console
from console.auth.sessions import begin
from console.config import ConsoleConfig
from tests.support.console_hand import Hand
from tests.support.gateway_house import House, fresh_database, open_house

HTMX = {"HX-Request": "true"}


@pytest.fixture
async def house(tmp_path: Path) -> AsyncIterator[House]:
    async with open_house(fresh_database(tmp_path)) as opened:
        yield opened


@pytest.fixture
async def maya(house: House, aiohttp_client: Any) -> Hand:
    """The agent Maya, signed in at a console that has the gateway's desk."""
    config = ConsoleConfig(key="k" * 32)
    app = web.Application()
    app.add_subapp("/console", create_console(config, house.database, house.analytics, house.desk))
    client = await aiohttp_client(app)
    cookie = await house.store.run(lambda connection: begin(connection, "maya", config.clock(), instead_of=None))
    client.session.cookie_jar.update_cookies({"rapport_sid": cookie}, client.make_url("/console"))
    return Hand(client)


async def test_an_agent_takes_over_answers_and_gives_back(house: House, maya: Hand) -> None:
    async with house.talker(identity=house.identity("ana")) as ana:
        await ana.send("hello")
        await ana.says("bot")
        page = f"/conversations/{ana.conversation_id}"
        shown = await maya.text(page)
        assert "You said: hello" in shown
        assert "Thanks <span" in shown, "what the bot understood stands beside the message"
        await maya.post(page + "/take-over", **HTMX)
        assert (await ana.next("owner"))["agent_name"] == "Maya"
        await ana.send("are you a person?")
        form = {"text": "Yes, I am.", "client_message_id": "0123456789"}
        await maya.post(page + "/answer", form, **HTMX)
        assert (await ana.says("agent"))["text"] == "Yes, I am."
        await maya.post(page + "/answer", form, **HTMX)
        await maya.post(page + "/give-back", **HTMX)
        await ana.send("bye")
        assert (await ana.says("bot"))["text"] == "You said: bye"
    spoken = [line for line in await house.transcript(ana.conversation_id) if line[0] != "system"]
    assert spoken == [
        ("customer", "hello"), ("bot", "You said: hello"), ("customer", "are you a person?"), ("agent", "Yes, I am."),
        ("customer", "bye"), ("bot", "You said: bye"),
    ]  # fmt: skip


async def test_a_reply_being_computed_is_not_sent_after_takeover(house: House, maya: Hand) -> None:
    gate = asyncio.Event()
    house.rasa.behaviour = house.rasa.when(gate)
    async with house.talker() as visitor:
        await visitor.send("hello")
        while not house.rasa.asked:
            await asyncio.sleep(0.01)
        page = f"/conversations/{visitor.conversation_id}"
        await maya.text(page)
        await maya.post(page + "/take-over", **HTMX)
        gate.set()
        assert (await visitor.says("system"))["text"] == "Maya joined the chat"
        assert await visitor.hears_nothing(0.3)
        assert "bot" not in [author for author, _ in await house.transcript(visitor.conversation_id)]


async def test_the_stream_tells_of_a_customers_message_and_the_bots_reply(house: House, maya: Hand) -> None:
    stream = await maya.get("/live")
    async with house.talker() as visitor:
        await visitor.send("hello")
        await visitor.says("bot")
        told = []
        while len([event for event in told if event.get("kind") == "message"]) < 2:
            line = (await asyncio.wait_for(stream.content.readline(), 10)).decode()
            if line.startswith("data:"):
                told.append(json.loads(line[5:]))
        assert {event["conversation_id"] for event in told} == {visitor.conversation_id}
        assert [event["seq"] for event in told if event["kind"] == "message"] == [1, 2]
    stream.close()


async def test_an_answer_of_nothing_readable_is_refused_with_a_word(house: House, maya: Hand) -> None:
    async with house.talker() as visitor:
        await visitor.send("hello")
        await visitor.says("bot")
        page = f"/conversations/{visitor.conversation_id}"
        await maya.text(page)
        await maya.post(page + "/take-over", **HTMX)
        form = {"text": "\u200b\u200b", "client_message_id": "0123456789"}
        response = await maya.post(page + "/answer", form, **HTMX)
        assert response.status == 200
        assert 'class="fault"' in await response.text()


async def test_a_bot_that_hands_over_puts_the_conversation_at_the_top_of_the_waiting(house: House, maya: Hand) -> None:
    house.rasa.behaviour = house.rasa.saying(handoff="asked")
    async with house.talker() as visitor:
        await visitor.send("a person please")
        await visitor.next("owner")
        shown = await maya.text("/conversations?show=waiting")
        assert f'id="entry-{visitor.conversation_id}"' in shown
        assert "In the queue" in shown
        assert "data-since" in shown
