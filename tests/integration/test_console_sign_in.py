"""Signing in: first admin, invitation, session, idle end, throttle."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from console.auth.setup import create_setup_token
from store.repositories import audit
from store.tables import agent_sessions, setup_tokens
from tests.support.console_hand import Hand
from tests.support.console_house import PASSWORD, Clock, ConsoleHouse

START = datetime(2026, 5, 4, 9, tzinfo=UTC)
NEW = {
    "name": "Vera Moss",
    "email": "Vera@Corner.example",
    "password": "a quiet harbour",
    "repeated": "a quiet harbour",
}


@pytest.fixture
def house(tmp_path: Path) -> ConsoleHouse:
    return ConsoleHouse(tmp_path, clock=Clock(START))


@pytest.fixture
async def hand(house: ConsoleHouse, aiohttp_client: Any) -> Hand:
    return Hand(await aiohttp_client(house.app()))


def setup_token(house: ConsoleHouse) -> str:
    with house.database.write() as connection:
        return create_setup_token(connection, house.clock())


async def sign_in(hand: Hand, email: str, password: str = PASSWORD) -> int:
    await hand.text("/sign-in")
    return (await hand.post("/sign-in", {"email": email, "password": password})).status


async def test_the_first_admin_comes_in_by_the_printed_link(house: ConsoleHouse, hand: Hand) -> None:
    token = setup_token(house)
    assert "You are the first one here" in await hand.text(f"/setup?token={token}")
    assert (await hand.post("/setup", {"token": token, **NEW})).headers["Location"] == "/console/conversations"
    assert "Vera Moss" in await hand.text("/team")
    await hand.post("/sign-out")
    assert await sign_in(hand, "vera@corner.example", "a quiet harbour") == 303


async def test_a_set_up_link_works_once(house: ConsoleHouse, hand: Hand) -> None:
    token = setup_token(house)
    await hand.text(f"/setup?token={token}")
    assert (await hand.post("/setup", {"token": token, **NEW})).status == 303
    assert (await hand.get(f"/setup?token={token}")).status == 403


async def test_a_set_up_link_is_good_for_a_day_and_only_the_latest_one(house: ConsoleHouse, hand: Hand) -> None:
    first, second = setup_token(house), setup_token(house)
    assert (await hand.get(f"/setup?token={first}")).status == 403
    house.clock.at = START + timedelta(hours=23, minutes=59)
    assert (await hand.get(f"/setup?token={second}")).status == 200
    house.clock.at = START + timedelta(hours=24)
    assert (await hand.get(f"/setup?token={second}")).status == 403


def test_only_the_hash_of_a_set_up_token_is_stored(house: ConsoleHouse) -> None:
    token = setup_token(house)
    with house.database.read() as connection:
        assert token not in connection.execute(select(setup_tokens.c.token_hash)).scalars().all()


@pytest.mark.parametrize(
    ("change", "word"),
    [({"password": "short", "repeated": "short"}, "at least 12"), ({"repeated": "another one"}, "differ"),
     ({"email": "vera"}, "e-mail address"), ({"name": " "}, "name"),
     ({"password": "password1234", "repeated": "password1234"}, "guessed first")],
)  # fmt: skip
async def test_a_faulty_set_up_is_refused_and_the_link_stays_good(
    house: ConsoleHouse, hand: Hand, change: dict[str, str], word: str
) -> None:
    token = setup_token(house)
    await hand.text(f"/setup?token={token}")
    response = await hand.post("/setup", {"token": token, **NEW, **change})
    assert response.status == 422
    assert word in await response.text()
    assert (await hand.post("/setup", {"token": token, **NEW})).status == 303


async def test_the_cookie_is_out_of_reach_of_scripts_and_only_its_hash_is_stored(
    tmp_path: Path, aiohttp_client: Any
) -> None:
    house = ConsoleHouse(tmp_path, settings={"secure_cookies": True})
    house.add("Ben")
    hand = Hand(await aiohttp_client(house.app()))
    response = await hand.get("/sign-in")
    form_token = response.cookies["rapport_form"].value
    hand.headers["Cookie"] = f"rapport_form={form_token}"
    hand.token = form_token
    response = await hand.post("/sign-in", {"email": "ben@corner.example", "password": PASSWORD})
    cookie = response.cookies["rapport_sid"]
    assert cookie["httponly"]
    assert cookie["secure"]
    assert (cookie["samesite"], cookie["path"]) == ("Lax", "/console")
    assert len(cookie.value) >= 43  # 256 bits in base64
    with house.database.read() as connection:
        assert cookie.value not in connection.execute(select(agent_sessions.c.token_hash)).scalars().all()


async def test_an_unknown_address_and_a_wrong_password_are_told_apart_by_nobody(
    house: ConsoleHouse, hand: Hand
) -> None:
    house.add("Ben")
    await hand.text("/sign-in")
    wrong = await hand.post("/sign-in", {"email": "ben@corner.example", "password": "something else"})
    unknown = await hand.post("/sign-in", {"email": "bob@corner.example", "password": "something else"})
    assert wrong.status == unknown.status == 401
    assert (await wrong.text()).replace("ben@", "bob@") == await unknown.text()


async def test_the_sixth_attempt_in_a_row_has_to_wait_even_with_the_right_password(
    house: ConsoleHouse, hand: Hand
) -> None:
    house.add("Ben")
    assert [await sign_in(hand, "ben@corner.example", "wrong password") for _ in range(5)] == [401] * 5
    assert await sign_in(hand, "ben@corner.example") == 429


async def test_signing_in_again_gives_another_cookie_and_ends_the_earlier_session(
    house: ConsoleHouse, hand: Hand
) -> None:
    house.add("Ben")
    await sign_in(hand, "ben@corner.example")
    first = hand.cookie("rapport_sid")
    await sign_in(hand, "ben@corner.example")
    assert hand.cookie("rapport_sid") != first
    hand.client.session.cookie_jar.clear()
    hand.client.session.cookie_jar.update_cookies({"rapport_sid": first or ""}, hand.client.make_url("/console"))
    assert (await hand.get("/overview")).status == 303


async def test_a_session_ends_half_an_hour_after_its_last_use(house: ConsoleHouse, hand: Hand) -> None:
    hand.sign_in_as(house, house.add("Ben"))
    for minutes in (29, 58, 87):  # each within half an hour of the one before
        house.clock.at = START + timedelta(minutes=minutes)
        assert (await hand.get("/overview")).status == 200
    house.clock.at = START + timedelta(minutes=87 + 31)
    assert (await hand.get("/overview")).status == 303


async def test_a_page_that_refreshes_by_itself_keeps_nobody_signed_in(house: ConsoleHouse, hand: Hand) -> None:
    hand.sign_in_as(house, house.add("Ben"))
    for minutes in (20, 29):
        house.clock.at = START + timedelta(minutes=minutes)
        assert (await hand.get("/parts/inbox")).status == 200
    house.clock.at = START + timedelta(minutes=31)
    response = await hand.get("/parts/inbox", **{"HX-Request": "true"})
    assert (response.status, response.headers["HX-Redirect"]) == (401, "/console/sign-in")


async def test_a_session_ends_after_twelve_hours_however_busy(house: ConsoleHouse, hand: Hand) -> None:
    hand.sign_in_as(house, house.add("Ben"))
    for quarter in range(1, 49):
        house.clock.at = START + timedelta(minutes=15 * quarter)
        assert (await hand.get("/account")).status == 200
    house.clock.at = START + timedelta(hours=12, minutes=1)
    assert (await hand.get("/account")).status == 303


async def test_who_is_disabled_is_out_at_once_and_cannot_come_back(
    house: ConsoleHouse, hand: Hand, aiohttp_client: Any
) -> None:
    ben, mia = house.add("Ben"), house.add("Mia", "admin")
    hand.sign_in_as(house, ben)
    admin = Hand(await aiohttp_client(house.app())).sign_in_as(house, mia)
    await admin.text("/team")
    assert (await admin.post(f"/team/{ben.agent_id}/disable")).status == 303
    assert (await hand.get("/overview")).status == 303
    assert await sign_in(hand, ben.email) == 401
    assert (await admin.post(f"/team/{ben.agent_id}/enable")).status == 303
    assert await sign_in(hand, ben.email) == 303


@pytest.mark.parametrize("step", ["disable", "role"])
async def test_the_last_admin_cannot_leave(house: ConsoleHouse, hand: Hand, step: str) -> None:
    hand.sign_in_as(house, house.add("Mia", "admin"))
    await hand.text("/team")
    response = await hand.post(f"/team/id-mia/{step}", {"role": "agent"})
    assert response.status == 422
    assert "last admin" in await response.text()
    assert (await hand.get("/team")).status == 200


async def test_an_invited_person_chooses_a_password_once(house: ConsoleHouse, hand: Hand, aiohttp_client: Any) -> None:
    hand.sign_in_as(house, house.add("Mia", "admin"))
    await hand.text("/team")
    shown = await (await hand.post("/team", {"name": "Vera", "email": "vera@corner.example", "role": "agent"})).text()
    token = shown.split("invitation?token=")[1].split('"')[0]
    vera = Hand(await aiohttp_client(house.app()))
    assert "Hello Vera" in await vera.text(f"/invitation?token={token}")
    form = {"token": token, "password": "a quiet harbour", "repeated": "a quiet harbour"}
    assert (await vera.post("/invitation", form)).status == 303
    assert (await vera.get("/conversations")).status == 200
    assert (await vera.get(f"/invitation?token={token}")).status == 403
    with house.database.read() as connection:
        actions = [row.action for row in audit.latest(connection)]
    assert actions == ["invitation_accepted", "agent_added"]


async def test_an_invitation_is_good_for_three_days_and_cannot_be_altered(house: ConsoleHouse, hand: Hand) -> None:
    hand.sign_in_as(house, house.add("Mia", "admin"))
    await hand.text("/team")
    shown = await (await hand.post("/team", {"name": "Vera", "email": "vera@corner.example", "role": "agent"})).text()
    token = shown.split("invitation?token=")[1].split('"')[0]
    assert (await hand.get(f"/invitation?token={token[:-2]}xx")).status == 403
    house.clock.at = START + timedelta(hours=72, seconds=1)
    assert (await hand.get(f"/invitation?token={token}")).status == 403


async def test_a_changed_password_signs_the_other_devices_out(
    house: ConsoleHouse, hand: Hand, aiohttp_client: Any
) -> None:
    ben = house.add("Ben")
    hand.sign_in_as(house, ben)
    other = Hand(await aiohttp_client(house.app())).sign_in_as(house, ben)
    await hand.text("/account")
    form = {"present": PASSWORD, "password": "a quiet harbour", "repeated": "a quiet harbour"}
    assert (await hand.post("/account/password", {**form, "present": "wrong password"})).status == 422
    assert (await hand.post("/account/password", form)).status == 303
    assert (await hand.get("/account")).status == 200
    assert (await other.get("/account")).status == 303
