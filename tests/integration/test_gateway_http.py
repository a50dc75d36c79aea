"""The HTTP side: health, description, sample customers, errors, headers."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import aiohttp
import pytest
from aiohttp import web

from analytics.ratings.service import SqlRatingService
from analytics.records import DemoCustomer
from gateway.api.events import PATHS
from gateway.app import create_app
from gateway.config import GatewayConfig
from gateway.identity import verify_identity
from tests.support.fake_analytics import FakeAnalytics
from tests.support.fake_rasa import SECRET
from tests.support.gateway_house import IDENTITY_SECRET, House, fresh_database, open_house


@pytest.fixture
async def house(tmp_path: Path) -> AsyncIterator[House]:
    people = (DemoCustomer(customer_id="ana", name="Ana", about="buys for four"),)
    async with open_house(fresh_database(tmp_path), demo_customers=people) as opened:
        yield opened


async def _get(house: House, path: str, **request: Any) -> tuple[int, Any]:
    async with house.http.get(f"{house.url}{path}", **request) as response:
        return response.status, await response.json()


async def _error(response: aiohttp.ClientResponse, status: int, code: str) -> dict[str, Any]:
    """Check the envelope of a refusal."""
    body = await response.json()
    assert (response.status, body["ok"], body["errors"][0]["code"]) == (status, False, code)
    assert body["errors"][0]["message"]
    error: dict[str, Any] = body["errors"][0]
    return error


async def test_health_is_ok_while_all_parts_answer(house: House) -> None:
    status, body = await _get(house, "/v1/health")
    assert status == 200
    assert body == {"ok": True, "data": {"status": "ok", "database": "up", "rasa": "up", "actions": "up"}}


async def test_health_is_degraded_without_rasa(house: House) -> None:
    await house.rasa.stop()
    status, body = await _get(house, "/v1/health")
    assert (status, body["data"]["status"], body["data"]["rasa"]) == (200, "degraded", "down")


async def test_health_is_down_without_the_database(house: House) -> None:
    await house.store.close()
    status, body = await _get(house, "/v1/health")
    assert (status, body["data"]["status"]) == (503, "down")


async def test_the_description_names_every_path(house: House) -> None:
    status, document = await _get(house, "/v1/openapi.json")
    assert (status, document["openapi"]) == (200, "3.1.0")
    assert set(document["paths"]) == {
        "/v1/health", "/v1/openapi.json", "/v1/chat", "/demo/sign-in", "/demo/customers", "/demo/front-row",
        "/v1/on-device.json",
        *(f"/v1/{path}" for path in PATHS if len(path) > 1),  # one letter is short for another path
    }  # fmt: skip
    assert "SignInRequest" in document["components"]["schemas"]


async def test_sample_customers_are_listed_and_sign_in(house: House) -> None:
    segment = house.analytics.segments["ana"].name
    status, body = await _get(house, "/demo/customers")
    expected = {"customer_id": "ana", "name": "Ana", "segment": segment, "line": "buys for four"}
    assert (status, body["data"]["customers"]) == (200, [expected])
    async with house.http.post(f"{house.url}/demo/sign-in", json={"customer_id": "ana"}) as response:
        data = (await response.json())["data"]
    assert data["name"] == "Ana"
    assert verify_identity(data["identity"], IDENTITY_SECRET).customer_id == "ana"


async def test_nobody_signs_in_as_a_customer_who_is_no_sample(house: House) -> None:
    async with house.http.post(f"{house.url}/demo/sign-in", json={"customer_id": "ben"}) as response:
        assert (await _error(response, 404, "unknown_customer"))["field"] == "customer_id"


@pytest.mark.parametrize("body", ["", "{", "[]", '{"customer_id": 7}', '{"customer_id": "ana", "admin": true}'])
async def test_a_wrong_sign_in_is_a_bad_request(house: House, body: str) -> None:
    async with house.http.post(f"{house.url}/demo/sign-in", data=body) as response:
        await _error(response, 400, "bad_request")


async def test_another_sites_page_may_not_sign_anybody_in(house: House) -> None:
    headers = {"Origin": "https://evil.example"}
    async with house.http.post(f"{house.url}/demo/sign-in", json={"customer_id": "ana"}, headers=headers) as response:
        await _error(response, 403, "forbidden")


async def test_a_large_body_is_refused(house: House) -> None:
    async with house.http.post(f"{house.url}/demo/sign-in", data=b" " * 70_000) as response:
        await _error(response, 413, "too_large")


async def test_unknown_paths_and_methods_come_in_the_envelope(house: House) -> None:
    async with house.http.get(f"{house.url}/v1/nothing") as response:
        await _error(response, 404, "not_found")
    async with house.http.delete(f"{house.url}/v1/health") as response:
        await _error(response, 405, "method_not_allowed")
        assert "GET" in response.headers["Allow"]


async def test_the_shop_page_shows_products_and_the_widget(house: House) -> None:
    async with house.http.get(f"{house.url}/") as response:
        page = await response.text()
    assert response.status == 200
    assert house.analytics.products[0].name in page
    assert '<script src="/static/widget.js"' in page


async def test_the_shop_page_works_without_analytics(house: House) -> None:
    house.analytics.down = True
    async with house.http.get(f"{house.url}/") as response:
        assert response.status == 200


async def test_without_demo_there_is_no_shop_and_no_sign_in(tmp_path: Path) -> None:
    async with open_house(fresh_database(tmp_path), demo=False) as house:
        for path in ("/", "/demo/customers", "/demo/sign-in", "/demo/front-row"):
            async with house.http.get(f"{house.url}{path}") as response:
                assert response.status == 404
        _, document = await _get(house, "/v1/openapi.json")
        assert "/demo/sign-in" not in document["paths"]


@pytest.mark.parametrize("path", ["/", "/v1/health", "/v1/nothing", "/nothing"])
async def test_every_answer_carries_the_security_headers(house: House, path: str) -> None:
    async with house.http.get(f"{house.url}{path}") as response:
        policy = response.headers["Content-Security-Policy"]
        assert "default-src 'none'" in policy
        assert "unsafe" not in policy
        assert response.headers["X-Content-Type-Options"] == "nosniff"
        assert response.headers["X-Request-Id"]
        assert "aiohttp" not in response.headers["Server"].lower()


async def test_figures_are_for_who_knows_the_secret(house: House) -> None:
    async with house.talker() as talker:
        await talker.send("hello")
        await talker.says("bot")
    async with house.http.get(f"{house.url}/metrics") as response:
        assert response.status == 404
    async with house.http.get(f"{house.url}/metrics", headers={"X-Rapport-Secret": SECRET}) as response:
        figures = await response.text()
    assert 'rapport_turns_total{end="answered"} 1.0' in figures
    assert 'rapport_messages_total{result="accepted"} 1.0' in figures


async def test_complaints_are_counted_and_whether_a_person_took_over(house: House) -> None:
    async with house.talker() as talker:
        for number, handoff in enumerate([None, "angry"]):
            house.rasa.behaviour = house.rasa.saying(actions=["action_apologise"], handoff=handoff)
            await talker.send(f"what a mess, {number}")
            await talker.says("bot")
    async with house.http.get(f"{house.url}/metrics", headers={"X-Rapport-Secret": SECRET}) as response:
        figures = await response.text()
    assert 'rapport_complaints_total{handed_over="no"} 1.0' in figures
    assert 'rapport_complaints_total{handed_over="yes"} 1.0' in figures


async def test_a_fault_gives_a_request_id_and_nothing_else(tmp_path: Path, aiohttp_client: Any) -> None:
    config = GatewayConfig(internal_secret=SECRET, identity_secret=IDENTITY_SECRET)
    database = fresh_database(tmp_path)
    app = create_app(config, database, FakeAnalytics())

    async def broken(_request: web.Request) -> web.Response:
        raise RuntimeError("the password is swordfish")

    app.router.add_get("/v1/broken", broken)
    client = await aiohttp_client(app)
    async with client.get("/v1/broken") as response:
        body = await response.text()
        error = await _error(response, 500, "internal")
    assert "swordfish" not in body
    assert response.headers["X-Request-Id"] in error["message"]
    await client.close()
    database.close()


async def test_the_console_is_mounted_and_given_the_desk(tmp_path: Path, aiohttp_client: Any) -> None:
    config = GatewayConfig(internal_secret=SECRET, identity_secret=IDENTITY_SECRET)
    database = fresh_database(tmp_path)
    given = []

    def make_console(desk: Any) -> web.Application:
        given.append(desk)
        return web.Application()

    client = await aiohttp_client(create_app(config, database, FakeAnalytics(), make_console))
    assert callable(given[0].take_over)
    await client.close()
    database.close()


async def test_ratings_of_chats_are_counted_by_score(house: House) -> None:
    ratings = SqlRatingService(house.database, clock=lambda: datetime.now(UTC))
    for number, score in enumerate([5, 5, 2]):
        ratings.rate(f"conversation-{number}", None, score)
    async with house.http.get(f"{house.url}/metrics", headers={"X-Rapport-Secret": SECRET}) as response:
        figures = await response.text()
    assert 'rapport_csat{score="5"} 2.0' in figures
    assert 'rapport_csat{score="1"} 0.0' in figures
