"""The live stream: tells what to fetch, ends with the session, survives a desk that stumbles."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
from aiohttp import ClientResponse

from console.live import RESYNC, LiveFeed
from tests.support.console_hand import Hand
from tests.support.console_house import ConsoleHouse
from tests.support.fake_desk import FakeDesk


@pytest.fixture
def house(tmp_path: Path) -> ConsoleHouse:
    return ConsoleHouse(tmp_path, settings={"heartbeat": 0.05})


async def block(response: ClientResponse) -> str:
    """Read up to the next empty line."""
    lines = []
    while line := (await asyncio.wait_for(response.content.readline(), 5)).decode().rstrip("\n"):
        lines.append(line)
    return "\n".join(lines)


async def block_with(response: ClientResponse, start: str) -> str:
    while not (found := await block(response)).startswith(start):
        pass
    return found


async def until_listening(desk: FakeDesk) -> None:
    while not desk.listeners:
        await asyncio.sleep(0.01)


async def test_the_stream_tells_what_changed_and_carries_no_text(house: ConsoleHouse, aiohttp_client: Any) -> None:
    hand = Hand(await aiohttp_client(house.app())).sign_in_as(house, house.add("Mia"))
    await until_listening(house.desk)
    response = await hand.get("/live")
    assert response.headers["Content-Type"] == "text/event-stream"
    assert await block(response) == "retry: 2000"
    house.desk.tell({"kind": "message", "conversation_id": "one", "seq": 7, "text": "a secret"})
    told = await block_with(response, "data:")
    assert json.loads(told.removeprefix("data: ")) == {"kind": "message", "conversation_id": "one", "seq": 7}
    response.close()


async def test_the_stream_ends_when_the_session_does(house: ConsoleHouse, aiohttp_client: Any) -> None:
    hand = Hand(await aiohttp_client(house.app())).sign_in_as(house, house.add("Mia"))
    response = await hand.get("/live")
    await hand.text("/account")
    await hand.post("/sign-out")
    assert (await block_with(response, "event")).startswith("event: signed-out")
    assert await response.content.read() == b""


async def test_the_stream_ends_when_the_house_closes(house: ConsoleHouse, aiohttp_client: Any) -> None:
    client = await aiohttp_client(house.app())
    hand = Hand(client).sign_in_as(house, house.add("Mia"))
    response = await hand.get("/live")
    await block(response)
    await asyncio.wait_for(client.server.close(), 5)
    response.close()


async def test_a_desk_that_stumbles_is_asked_again_and_pages_fetch_everything() -> None:
    class Stumbling:
        asked = 0

        async def subscribe(self) -> AsyncIterator[dict[str, Any]]:
            self.asked += 1
            if self.asked == 1:
                raise ConnectionError("away")
            yield {"kind": "conversation", "conversation_id": "one"}
            await asyncio.sleep(60)

    feed = LiveFeed(Stumbling(), retry_after=0.01)  # type: ignore[arg-type]
    task = asyncio.create_task(feed.run())
    with feed.listening() as queue:
        assert await asyncio.wait_for(queue.get(), 5) == RESYNC
        assert (await asyncio.wait_for(queue.get(), 5))["conversation_id"] == "one"
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task


async def test_a_page_that_lags_behind_gets_one_word_to_fetch_everything(house: ConsoleHouse) -> None:
    feed = LiveFeed(house.desk)
    task = asyncio.create_task(feed.run())
    await until_listening(house.desk)
    with feed.listening() as queue:
        for seq in range(101):
            house.desk.tell({"kind": "message", "conversation_id": "one", "seq": seq})
        await asyncio.sleep(0.05)
        assert queue.qsize() == 1
        assert queue.get_nowait() == RESYNC
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    assert house.desk.listeners == 0
