"""Whose conversation it is: tokens that do not hold, browsers that are shared."""

from __future__ import annotations

import asyncio
import base64
import hmac
import json
import time
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import jwt
import pytest
from sqlalchemy import select

from store.tables import conversations, customers, visitors
from tests.support.gateway_house import IDENTITY_SECRET, House, fresh_database, open_house


@pytest.fixture
async def house(tmp_path: Path) -> AsyncIterator[House]:
    async with open_house(fresh_database(tmp_path)) as opened:
        yield opened


def _unsigned(claims: dict[str, Any]) -> str:
    parts = ({"alg": "none", "typ": "JWT"}, claims)
    return ".".join(base64.urlsafe_b64encode(json.dumps(part).encode()).rstrip(b"=").decode() for part in parts) + "."


def _claims(**changed: Any) -> dict[str, Any]:
    claims = {"sub": "ana", "aud": "rapport", "exp": int(time.time()) + 600} | changed
    return {name: value for name, value in claims.items() if value is not None}


def _signed(key: str = IDENTITY_SECRET, algorithm: str = "HS256", **changed: Any) -> str:
    return jwt.encode(_claims(**changed), key, algorithm=algorithm)


def _signed_as_it_is(changed: dict[str, Any]) -> str:
    """A rightly signed token whose claims the library would not even let us write."""
    header, payload = _unsigned(_claims(**changed)).split(".")[:2]
    header = _signed().split(".")[0]
    signature = hmac.new(IDENTITY_SECRET.encode(), f"{header}.{payload}".encode(), "sha256").digest()
    return f"{header}.{payload}." + base64.urlsafe_b64encode(signature).rstrip(b"=").decode()


def _swapped() -> str:
    """A token signed for Ben with the claims of Ana put in."""
    header, _, signature = _signed(sub="ben").split(".")
    return f"{header}.{_signed(sub='ana').split('.')[1]}.{signature}"


ATTACKS = {
    "no algorithm": lambda: _unsigned(_claims()),
    "another key": lambda: _signed("another-key-of-somebody-else-0123456789"),
    "another algorithm": lambda: _signed(IDENTITY_SECRET * 2, "HS512"),
    "expired": lambda: _signed(exp=int(time.time()) - 60),
    "valid for a day": lambda: _signed(exp=int(time.time()) + 86_400),
    "no expiry": lambda: _signed(exp=None),
    "another audience": lambda: _signed(aud="elsewhere"),
    "no audience": lambda: _signed(aud=None),
    "no subject": lambda: _signed(sub=None),
    "empty subject": lambda: _signed(sub=""),
    "a number as subject": lambda: _signed_as_it_is({"sub": 7}),
    "swapped subject": _swapped,
    "cut short": lambda: _signed()[:-4],
    "very long": lambda: _signed(name="x" * 5000),
}


@pytest.mark.parametrize("attack", ATTACKS)
async def test_a_token_that_does_not_hold_opens_nothing(house: House, attack: str) -> None:
    async with house.talker(identity=house.identity("ana")) as ana:
        await ana.send("my secret question")
        await ana.says("bot")
    async with house.http.ws_connect(f"{house.url}/v1/chat") as socket:
        await socket.send_json({"type": "hello", "v": 1, "identity": ATTACKS[attack](), "token": ana.token})
        assert (await socket.receive_json(timeout=5))["code"] == "bad_identity"
        await socket.receive(timeout=5)
        assert socket.close_code == 1008


async def test_a_customer_finds_her_conversation_again_on_another_device(house: House) -> None:
    async with house.talker(identity=house.identity("ana")) as at_home:
        await at_home.send("hello")
        await at_home.says("bot")
    async with house.talker(identity=house.identity("ana")) as on_the_way:
        assert on_the_way.conversation_id == at_home.conversation_id
        assert (await on_the_way.next("message"))["text"] == "hello"
        assert on_the_way.token != at_home.token


async def test_a_customers_conversation_is_not_opened_by_the_token_of_her_browser(house: House) -> None:
    async with house.talker(identity=house.identity("ana")) as ana:
        await ana.send("my secret question")
        await ana.says("bot")
    async with house.talker(token=ana.token) as whoever_comes_next:
        assert whoever_comes_next.conversation_id != ana.conversation_id
        assert whoever_comes_next.welcome["customer"] is None
        assert await whoever_comes_next.hears_nothing()


async def test_a_visitors_conversation_is_not_shown_to_who_signs_in_on_her_browser(house: House) -> None:
    async with house.talker() as visitor:
        await visitor.send("something private")
        await visitor.says("bot")
    async with house.talker(token=visitor.token, identity=house.identity("ana")) as ana:
        assert ana.conversation_id != visitor.conversation_id
        assert await ana.hears_nothing()
    async with house.talker(token=visitor.token) as visitor_again:
        assert visitor_again.conversation_id == visitor.conversation_id


async def test_two_customers_on_one_browser_never_see_each_other(house: House) -> None:
    async with house.talker(identity=house.identity("ana")) as ana:
        await ana.send("my secret question")
        await ana.says("bot")
    async with house.talker(identity=house.identity("ben"), token=ana.token) as ben:
        assert ben.conversation_id != ana.conversation_id
        assert await ben.hears_nothing()
    assert len(await house.rows(select(conversations))) == 2


async def test_two_visitors_have_two_conversations(house: House) -> None:
    async with house.talker() as one, house.talker() as other:
        assert one.conversation_id != other.conversation_id
        await one.send("hello")
        await one.says("bot")
        assert await other.hears_nothing()


async def test_only_the_hash_of_a_token_is_stored(house: House) -> None:
    async with house.talker() as talker:
        (visitor,) = await house.rows(select(visitors))
        assert talker.token not in str(visitor)
        assert len(visitor.token_hash) == 64


async def test_a_customer_nobody_imported_yet_is_taken_at_the_shops_word(house: House) -> None:
    async with house.talker(identity=house.identity("carol", "Carol")) as carol:
        assert carol.welcome["customer"] == {"name": "Carol"}
        await carol.send("hello")
        await carol.says("bot")
    known = await house.rows(select(customers.c.name).where(customers.c.customer_id == "carol"))
    assert known == [("Carol",)]


async def test_tabs_that_open_at_once_share_one_conversation(house: House) -> None:
    async def open_tab() -> str:
        async with house.talker(identity=house.identity("ana")) as talker:
            return talker.conversation_id

    assert len(set(await asyncio.gather(*(open_tab() for _ in range(10))))) == 1
