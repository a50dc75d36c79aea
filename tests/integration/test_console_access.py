"""Every route by every kind of person, taken from the router: a route that nobody thought of fails here."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from aiohttp import web
from sqlalchemy import func, select

from analytics.complaint_records import Complaint
from console.auth.guard import Access
from console.auth.setup import create_setup_token
from console.routes import ROUTES
from store.repositories import audit
from store.repositories.agents import Agent
from store.tables import audit_log, conversations, turns
from tests.support.console_hand import Hand
from tests.support.console_house import PASSWORD, ConsoleHouse
from tests.support.seed_conversations import seed_conversations

#: What a well-made request to each changing route holds, and what it is in the log.
FORMS: dict[str, tuple[dict[str, str], str]] = {
    "/sign-in": ({"email": "jonas@corner.example", "password": PASSWORD}, "signed_in"),
    "/setup": ({"token": "{setup}", "name": "Vera", "email": "vera@corner.example", "password": "a quiet harbour town",
                "repeated": "a quiet harbour town"}, "admin_set_up"),
    "/invitation": ({"token": "{invitation}", "password": "a quiet harbour town", "repeated": "a quiet harbour town"},
                    "invitation_accepted"),
    "/sign-out": ({}, "signed_out"),
    "/account/password": ({"present": PASSWORD, "password": "a quiet harbour town", "repeated": "a quiet harbour town"},
                          "password_changed"),
    "/conversations/{conversation_id}/take-over": ({}, "took_over"),
    "/conversations/{conversation_id}/answer": ({"text": "Hello", "client_message_id": "0123456789"}, "answered"),
    "/conversations/{conversation_id}/give-back": ({}, "gave_back"),
    "/conversations/{conversation_id}/settle": ({"id": "{complaint}"}, "settled"),
    "/training/{message_id}": ({"verdict": "left_out"}, "judged"),
    "/insights/predictions/win-back.csv": ({}, "exported"),
    "/team": ({"name": "Vera", "email": "vera@corner.example", "role": "agent"}, "agent_added"),
    "/team/{agent_id}/invitation": ({}, "agent_invited"),
    "/team/{agent_id}/role": ({"role": "admin"}, "role_changed"),
    "/team/{agent_id}/disable": ({}, "agent_disabled"),
    "/team/{agent_id}/enable": ({}, "agent_enabled"),
}  # fmt: skip
CHANGING = [route.path for route in ROUTES if route.method != "GET"]
#: The stream never ends, so it is not read here.
READABLE = [route for route in ROUTES if route.method == "GET" and route.path != "/live"]


class Situation:
    """A house with a conversation, an agent, an admin, and somebody to manage."""

    def __init__(self, house: ConsoleHouse, people: dict[str, Agent], conversation_id: str) -> None:
        self.house, self.people, self.conversation_id = house, people, conversation_id

    def path(self, pattern: str) -> str:
        known = {"conversation_id": self.conversation_id, "agent_id": "id-lea", "name": "volume"}
        known |= {"customer_id": "ana", "segment_id": "3", "section": "shop", "part": "months", "week": "2026-W19"}
        return pattern.format(**known, message_id=self.typed_message())

    def typed_message(self) -> str:
        """Give a message that was typed and read."""
        read = select(turns.c.message_id).where(turns.c.conversation_id == self.conversation_id)
        with self.house.database.read() as connection:
            return str(connection.execute(read.order_by(turns.c.created_at)).scalars().first())

    async def fields(self, pattern: str, client: Any) -> dict[str, str]:
        fields = dict(FORMS[pattern][0])
        if fields.get("token") == "{setup}":
            with self.house.database.write() as connection:
                fields["token"] = create_setup_token(connection, self.house.clock())
        if fields.get("token") == "{invitation}":
            page = await Hand(client).sign_in_as(self.house, self.people["admin"]).text("/team")
            assert "id-lea" in page
            admin = Hand(client).sign_in_as(self.house, self.people["admin"])
            await admin.text("/team")
            shown = await (await admin.post("/team/id-lea/invitation")).text()
            fields["token"] = shown.split("invitation?token=")[1].split('"')[0]
            client.session.cookie_jar.clear()
        if fields.get("id") == "{complaint}":
            fields["id"] = self.complaint()
        return fields

    def complaint(self) -> str:
        """File one for whoever speaks in the conversation, and give its id."""
        with self.house.database.read() as connection:
            known = conversations.c.conversation_id == self.conversation_id
            customer_id = connection.execute(select(conversations.c.customer_id).where(known)).scalar_one()
        told = Complaint(
            conversation_id=self.conversation_id, customer_id=customer_id, topic="late", severity="severe",
            wish="refund", note="",
        )  # fmt: skip
        return self.house.shop.complaint_service().take_down(told, "c:1").complaint_id

    def owned_by(self, who: str) -> None:
        """Let somebody have the conversation, as answering and giving back need."""
        with self.house.database.write() as connection:
            values = {"owner": "agent", "agent_id": self.people[who].agent_id}
            known = conversations.c.conversation_id == self.conversation_id
            connection.execute(conversations.update().where(known).values(**values))


@pytest.fixture(scope="module")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Situation:
    """Made once; each test works on a copy of its database."""
    house = ConsoleHouse(tmp_path_factory.mktemp("console"))
    seeded = seed_conversations(house.database, house.clock(), in_outline=3)
    people = {"agent": house.add("Jonas"), "admin": house.add("Mia", "admin"), "managed": house.add("Lea")}
    house.database.close()
    return Situation(house, people, seeded.told["colleague"])


@pytest.fixture
def situation(prepared: Situation, tmp_path: Path) -> Iterator[Situation]:
    shutil.copy(prepared.house.folder / "console.db", tmp_path)
    (tmp_path / "2026-W19.html").write_text("<!doctype html><title>A report</title>")
    house = ConsoleHouse(tmp_path, settings={"reports": tmp_path})
    yield Situation(house, prepared.people, prepared.conversation_id)
    house.database.close()


def test_every_route_of_the_router_has_a_rule(situation: Situation) -> None:
    app = situation.house.app()
    known = {(route.method, "/console" + route.path) for route in ROUTES}
    found = {(route.method, route.resource.canonical) for route in app.router.routes() if route.resource is not None}
    assert found == known


def test_every_changing_route_is_in_this_test() -> None:
    assert set(CHANGING) == set(FORMS)


def expected(access: Access, who: str, method: str) -> set[int]:
    if access is Access.ANYBODY:
        return {200, 303, 403}
    if who == "nobody":
        return {303} if method == "GET" else {401}
    if access is Access.ADMIN and who != "admin":
        return {403}
    return {200, 303}


@pytest.mark.parametrize("who", ["nobody", "agent", "admin"])
@pytest.mark.parametrize("route", READABLE, ids=lambda route: route.path)
async def test_reading_needs_the_right_person(situation: Situation, aiohttp_client: Any, route: Any, who: str) -> None:
    hand = Hand(await aiohttp_client(situation.house.app()))
    if who != "nobody":
        hand.sign_in_as(situation.house, situation.people[who])
    response = await hand.get(situation.path(route.path))
    wanted = expected(route.access, who, "GET")
    if who == "nobody" and route.path.startswith("/api/"):
        wanted = {401}
    assert response.status in wanted
    if who == "nobody" and response.status == 303:
        assert response.headers["Location"] == "/console/sign-in"


@pytest.mark.parametrize("who", ["nobody", "agent", "admin"])
@pytest.mark.parametrize("route", [one for one in ROUTES if one.method != "GET"], ids=lambda route: route.path)
async def test_changing_needs_the_right_person_and_is_written_down(
    situation: Situation, aiohttp_client: Any, route: Any, who: str
) -> None:
    client = await aiohttp_client(situation.house.app())
    fields = await situation.fields(route.path, client)
    hand = Hand(client)
    if who != "nobody":
        hand.sign_in_as(situation.house, situation.people[who])
        situation.owned_by(who)
    await hand.text("/sign-in" if route.access is Access.ANYBODY else "/account" if who != "nobody" else "/sign-in")
    before = counted(situation, FORMS[route.path][1])
    response = await hand.post(situation.path(route.path), fields)
    assert response.status in expected(route.access, who, "POST") - ({403} if route.access is Access.ANYBODY else set())
    done = response.status in (200, 303)
    assert counted(situation, FORMS[route.path][1]) - before == (1 if done else 0)


@pytest.mark.parametrize("fault", ["no token", "wrong token", "another site", "another origin", "no browser at all"])
@pytest.mark.parametrize("route", [one for one in ROUTES if one.method != "GET"], ids=lambda route: route.path)
async def test_nothing_changes_for_a_forged_request(
    situation: Situation, aiohttp_client: Any, route: Any, fault: str
) -> None:
    client = await aiohttp_client(situation.house.app())
    fields = await situation.fields(route.path, client)
    hand = Hand(client).sign_in_as(situation.house, situation.people["admin"])
    situation.owned_by("admin")
    await hand.text("/sign-in" if route.access is Access.ANYBODY else "/account")
    if fault == "no token":
        hand.token = ""
    elif fault == "wrong token":
        hand.token = "x" * len(hand.token)
    elif fault == "another site":
        hand.headers = {"Sec-Fetch-Site": "cross-site"}
    elif fault == "another origin":
        hand.headers = {"Sec-Fetch-Site": "same-origin", "Origin": "https://evil.example"}
    else:
        hand.headers = {}
    before = counted(situation)
    assert (await hand.post(situation.path(route.path), fields)).status == 403
    assert counted(situation) == before


def counted(situation: Situation, action: str | None = None) -> int:
    with situation.house.database.read() as connection:
        query = select(func.count()).select_from(audit_log)
        return connection.execute(query if action is None else query.where(audit_log.c.action == action)).scalar_one()


async def test_every_answer_keeps_other_peoples_scripts_away(situation: Situation, aiohttp_client: Any) -> None:
    hand = Hand(await aiohttp_client(situation.house.app())).sign_in_as(situation.house, situation.people["admin"])
    for path in ("/overview", "/nothing-here", "/api/charts/volume", "/sign-in"):
        response = await hand.get(path)
        policy = response.headers["Content-Security-Policy"]
        assert "default-src 'none'" in policy
        assert "script-src 'self';" in policy
        assert response.headers["X-Content-Type-Options"] == "nosniff"
        assert response.headers["Cache-Control"] == "no-store"


async def test_a_fault_of_ours_gives_an_id_and_nothing_else(situation: Situation, aiohttp_client: Any) -> None:
    situation.house.desk.fail_with = RuntimeError("secret detail")
    hand = Hand(await aiohttp_client(situation.house.app())).sign_in_as(situation.house, situation.people["agent"])
    await hand.text("/account")
    response = await hand.post(situation.path("/conversations/{conversation_id}/take-over"))
    text = await response.text()
    assert response.status == 500
    assert "written down as" in text
    assert "secret detail" not in text


async def test_an_unknown_chart_is_refused_in_the_envelope(situation: Situation, aiohttp_client: Any) -> None:
    hand = Hand(await aiohttp_client(situation.house.app())).sign_in_as(situation.house, situation.people["agent"])
    response = await hand.get("/api/charts/nothing")
    assert (response.status, (await response.json())["ok"]) == (404, False)
    response = await hand.get("/api/charts/volume?range=1y")
    assert (response.status, (await response.json())["errors"][0]["code"]) == (400, "400")


async def test_the_log_names_who_did_what(situation: Situation, aiohttp_client: Any) -> None:
    hand = Hand(await aiohttp_client(situation.house.app())).sign_in_as(situation.house, situation.people["admin"])
    await hand.text("/team")
    await hand.post("/team/id-lea/role", {"role": "admin"})
    shown = await hand.text("/audit")
    assert "Changed a role" in shown
    assert "Lea (admin)" in shown
    with situation.house.database.read() as connection:
        assert audit.latest(connection)[0].agent_name == "Mia"


def test_no_route_changes_anything_by_get() -> None:
    assert {route.method for route in ROUTES} == {"GET", "POST"}
    assert web.HTTPForbidden.status_code == 403
