"""The demo as a newcomer starts it, on the real shop: it talks, and killing any process during a chat loses nothing."""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import AsyncIterator, Iterator
from contextlib import closing
from pathlib import Path

import aiohttp
import pytest

from rapport.paths import PROJECT
from rapport.supervision.state import read_state
from tests.support.whole_house import PROCESSES, Customer, WholeHouse

pytestmark = [pytest.mark.reliability, pytest.mark.timeout(900)]


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[WholeHouse]:
    if not (PROJECT / ".venv-rasa" / "bin" / "python").exists():
        pytest.skip("Rasa's environment is missing: run `make setup`")
    house = WholeHouse(tmp_path_factory.mktemp("house"))
    house.start()
    yield house
    house.stop()


@pytest.fixture
async def session(house: WholeHouse) -> AsyncIterator[aiohttp.ClientSession]:
    async with aiohttp.ClientSession() as session:
        yield session
        await house.hang_up()


async def households(house: WholeHouse, session: aiohttp.ClientSession) -> list[dict[str, str]]:
    async with session.get(f"{house.url}/demo/customers") as answer:
        return list((await answer.json())["data"]["customers"])


def rows(house: WholeHouse, query: str) -> list[tuple[object, ...]]:
    with closing(sqlite3.connect(house.home / "rapport.db")) as database:
        return database.execute(query).fetchall()


async def until_all_are_answered(house: WholeHouse) -> None:
    unfinished = "SELECT count(*) FROM messages WHERE author = 'customer' AND state <> 'done'"
    async with asyncio.timeout(120):
        while rows(house, unfinished) != [(0,)]:
            await asyncio.sleep(0.2)


async def until_restarted(house: WholeHouse, name: str, before: int | None) -> None:
    async with asyncio.timeout(60):
        while house.pid(name) in (before, None):
            await asyncio.sleep(0.2)


async def test_six_households_of_different_segments_can_sign_in(
    house: WholeHouse, session: aiohttp.ClientSession
) -> None:
    known = await households(house, session)
    assert len(known) == 6
    assert len({household["segment"] for household in known}) >= 3


async def test_a_household_hears_her_own_history_and_her_profile_remembers(
    house: WholeHouse, session: aiohttp.ClientSession
) -> None:
    household = (await households(house, session))[0]
    customer = await Customer(house, session).sign_in(household["customer_id"])
    assert household["name"] in " ".join(await customer.say("hello"))
    await customer.say("recommend me something")
    cards = [card for message in customer.transcript.values() for card in message["cards"] or []]
    assert len(cards) == 3
    assert all(card["reason"] for card in cards)
    apology = " ".join(await customer.say("this is the third time my order is late, I am furious")).lower()
    assert "sorry" in apology
    assert "coupon" not in apology
    assert "offer" not in apology
    profile = f"SELECT sentiment, turns, topics FROM profiles WHERE customer_id = '{household['customer_id']}'"
    [[sentiment, turns, topics]] = rows(house, profile)
    assert float(str(sentiment)) < 0
    assert turns == 3
    assert "recommend" in str(topics)


@pytest.mark.parametrize("victim", PROCESSES)
async def test_killing_a_process_during_a_chat_loses_nothing(
    house: WholeHouse, session: aiohttp.ClientSession, victim: str
) -> None:
    household = (await households(house, session))[1 + PROCESSES.index(victim)]
    customer = await Customer(house, session).sign_in(household["customer_id"])
    await customer.say("hello")
    before = house.pid(victim)
    house.kill(victim)
    for text in ("what did I buy last time?", "when are you open?", "any offers for me?"):
        assert await customer.say(text)

    places = sorted(customer.transcript)
    assert places == list(range(1, len(places) + 1)), "a message is missing or out of order"
    said = [m["text"] for _, m in sorted(customer.transcript.items()) if m["author"] == "customer"]
    assert said == ["hello", "what did I buy last time?", "when are you open?", "any offers for me?"]
    await until_restarted(house, victim, before)
    # What she heard may have been the honest line of an outage: the answer itself follows.
    await until_all_are_answered(house)


async def test_ctrl_c_ends_all_processes_in_order(house: WholeHouse) -> None:
    state = read_state(house.home / "run")
    assert state is not None
    assert house.stop() == 0
    assert not any(Path(f"/proc/{process['pid']}").exists() for process in state["processes"].values())
