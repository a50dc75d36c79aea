"""The widget's socket against clients that are wrong, lost or wicked."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

from tests.support.gateway_house import House, fresh_database, open_house


@pytest.fixture
async def house(tmp_path: Path) -> AsyncIterator[House]:
    async with open_house(fresh_database(tmp_path), allowed_origins=("https://shop.example",)) as opened:
        yield opened


async def _refusal(house: House, *frames: Any) -> tuple[str, int | None]:
    """Send frames on a fresh socket; give the code of the error and that of the close."""
    async with house.http.ws_connect(f"{house.url}/v1/chat") as socket:
        for frame in frames:
            await socket.send_str(frame if isinstance(frame, str) else json.dumps(frame))
        refusal = await socket.receive_json(timeout=5)
        assert refusal["type"] == "error"
        assert refusal["message"]
        await socket.receive(timeout=5)
        return refusal["code"], socket.close_code


HELLO = {"type": "hello", "v": 1}


@pytest.mark.parametrize(
    ("frame", "code"),
    [
        ("", "bad_frame"),
        ("{", "bad_frame"),
        ("[" * 5000, "bad_frame"),
        ("null", "bad_frame"),
        ({"type": "send", "id": "12345678", "text": "hi"}, "bad_frame"),
        ({"type": "hello"}, "bad_frame"),
        ({"type": "hello", "v": "1"}, "bad_frame"),
        ({"type": "hello", "v": 2}, "unsupported_version"),
        (HELLO | {"after": -1}, "bad_frame"),
        (HELLO | {"after": 2**64}, "bad_frame"),
        (HELLO | {"token": 7}, "bad_frame"),
        (HELLO | {"token": "nobody-has-this-one"}, "bad_token"),
        (HELLO | {"identity": "x.y.z"}, "bad_identity"),
    ],
)
async def test_a_wrong_hello_is_told_what_is_wrong_and_closed(house: House, frame: Any, code: str) -> None:
    assert await _refusal(house, frame) == (code, 1008)


@pytest.mark.parametrize(
    ("frame", "code"),
    [
        ({"type": "dance"}, "bad_frame"),
        ({"type": "send", "id": "short", "text": "hi"}, "bad_frame"),
        ({"type": "send", "id": "has blanks in it", "text": "hi"}, "bad_frame"),
        ({"type": "send", "id": "12345678", "text": ""}, "bad_frame"),
        ({"type": "send", "id": "12345678", "text": " \u200b\n"}, "bad_frame"),
        ({"type": "send", "id": "12345678", "text": 7}, "bad_frame"),
        ({"type": "send", "id": "12345678", "text": "x" * 4001}, "too_long"),
        ({"type": "choose", "id": "12345678", "reply_id": "nothing"}, "unknown_reply"),
        ({"type": "choose", "id": "12345678", "reply_id": "/restart"}, "unknown_reply"),
        (HELLO, "bad_frame"),
    ],
)
async def test_a_wrong_frame_is_refused_and_the_socket_lives_on(house: House, frame: Any, code: str) -> None:
    async with house.talker() as talker:
        await talker.raw(frame)
        assert (await talker.next("error"))["code"] == code
        await talker.raw({"type": "ping"})
        await talker.next("pong")


async def test_the_longest_text_is_taken_whole(house: House) -> None:
    async with house.talker() as talker:
        await talker.send("x" * 4000)
        assert len((await talker.says("customer"))["text"]) == 4000


async def test_a_frame_of_more_than_sixteen_kibibytes_closes_the_socket(house: House) -> None:
    async with house.talker() as talker:
        await talker.send("x" * 17_000)
        assert await talker.closed() == 1009


async def test_binary_frames_are_refused(house: House) -> None:
    async with house.talker() as talker:
        await talker.socket.send_bytes(b"\x00\x01")
        assert (await talker.next("error"))["code"] == "bad_frame"


async def test_a_flood_of_frames_closes_the_socket(tmp_path: Path) -> None:
    async with (
        open_house(fresh_database(tmp_path), message_rate=1.0, message_burst=1) as house,
        house.talker() as talker,
    ):
        for _ in range(100):
            await talker.raw({"type": "ping"})
        assert await talker.closed() == 1008


@pytest.mark.parametrize(
    ("origin", "allowed"),
    [
        (None, True),
        ("https://shop.example", True),
        ("own", True),
        ("https://shop.example.evil.example", False),
        ("https://evil.example", False),
        ("null", False),
        ("http://shop.example", False),
    ],
)
async def test_only_pages_of_allowed_origins_open_a_socket(house: House, origin: str | None, allowed: bool) -> None:
    headers = {} if origin is None else {"Origin": house.url if origin == "own" else origin}
    upgrade = {
        "Connection": "Upgrade", "Upgrade": "websocket", "Sec-WebSocket-Version": "13",
        "Sec-WebSocket-Key": "dGhlIHNhbXBsZSBub25jZQ==",
    }  # fmt: skip
    async with house.http.get(f"{house.url}/v1/chat", headers=headers | upgrade) as response:
        assert response.status == (101 if allowed else 403)
        response.close()
