"""Events over HTTP: keys, envelope, faults told one by one, pages of other origins, sizes, rates."""

from __future__ import annotations

import gzip
import json
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import aiohttp
import pytest
from sqlalchemy import select

from analytics.events.keys import add_key, revoke_key
from gateway.api import event_keys
from store.engine import Database
from store.tables import events
from tests.support.gateway_house import House, fresh_database, open_house

PAGE_ORIGIN = "https://shop.example"
VIEW = {"userId": "ana", "event": "Product Viewed", "properties": {"product_id": "p1"}}


@pytest.fixture
def database(tmp_path: Path) -> Database:
    return fresh_database(tmp_path)


@pytest.fixture
async def house(database: Database) -> AsyncIterator[House]:
    async with open_house(
        database, allowed_origins=(PAGE_ORIGIN,), event_call_burst=3, event_call_rate=0.001
    ) as opened:
        yield opened


@pytest.fixture
def server_key(database: Database) -> str:
    with database.write() as connection:
        return add_key(connection, "server", "server", datetime.now(UTC))


@pytest.fixture
def page_key(database: Database) -> str:
    with database.write() as connection:
        return add_key(connection, "page", "page", datetime.now(UTC))


async def post(house: House, path: str, body: Any, key: str | None = None, **more: Any) -> tuple[int, Any]:
    headers = more.pop("headers", {})
    if key is not None:
        headers = {**headers, "Authorization": aiohttp.encode_basic_auth(key, "")}
    data = body if isinstance(body, bytes) else json.dumps(body).encode()
    async with house.http.post(f"{house.url}/v1/{path}", data=data, headers=headers) as response:
        return response.status, await response.json()


async def names(house: House) -> list[str]:
    return [row.name for row in await house.rows(select(events.c.name).order_by(events.c.event_id))]


async def test_each_call_of_the_spec_is_taken(house: House, server_key: str) -> None:
    calls = {
        "track": VIEW,
        "page": {"anonymousId": "a1", "name": "Home"},
        "identify": {"userId": "ana", "traits": {"plan": "gold"}},
        "batch": {"batch": [{"type": "track", **VIEW}, {"type": "page", "anonymousId": "a1"}]},
        "t": VIEW,
        "b": {"batch": []},
    }
    kept = [(await post(house, path, body, server_key))[1]["data"]["kept"] for path, body in calls.items()]
    assert kept == [1, 1, 1, 2, 1, 0]
    assert await names(house) == ["Product Viewed", "Home", "", "Product Viewed", "", "Product Viewed"]


async def test_types_that_are_not_kept_are_told(house: House, server_key: str) -> None:
    for path in ("alias", "group", "screen"):
        status, body = await post(house, path, {"userId": "ana", "previousId": "a1"}, server_key)
        assert (status, body["data"]["kept"], body["data"]["left_out"]) == (200, 0, 1)


async def test_a_bad_single_call_is_refused_and_a_bad_item_of_a_batch_is_told(house: House, server_key: str) -> None:
    status, body = await post(house, "track", {"userId": "ana"}, server_key)
    assert (status, body["errors"][0]["code"], body["errors"][0]["field"]) == (400, "no_name", "event")
    batch = {"batch": [{"type": "track", "messageId": "m", "userId": "ana"}, {"type": "track", **VIEW}]}
    status, body = await post(house, "batch", batch, server_key)
    assert (status, body["data"]["kept"], body["data"]["refused"]) == (200, 1, 1)
    assert body["data"]["errors"] == [
        {"index": 0, "messageId": "m", "code": "no_name", "message": "A track call needs the name of its event.",
         "field": "event"}
    ]  # fmt: skip


@pytest.mark.parametrize("body", [b"", b"[]", b"{", b'{"batch": {}}', b"\xff\xfe", b'{"batch": [], "sentAt": 5}'])
async def test_what_is_no_call_is_refused(house: House, server_key: str, body: bytes) -> None:
    status, told = await post(house, "batch", body, server_key)
    assert (status, told["ok"]) == (400, False)


async def test_the_key_may_come_as_basic_bearer_or_in_the_body(house: House, server_key: str) -> None:
    bearer = {"Authorization": f"Bearer {server_key}"}
    assert (await post(house, "track", VIEW, headers=bearer))[0] == 200
    assert (await post(house, "track", {**VIEW, "writeKey": server_key}))[0] == 200
    assert (await post(house, "track", VIEW))[0] == 401
    assert (await post(house, "track", VIEW, "sk_wrong"))[0] == 401
    assert (await post(house, "track", VIEW, headers={"Authorization": "Basic ###"}))[0] == 401


async def test_a_revoked_key_is_refused_within_seconds(
    house: House, server_key: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(event_keys, "_FRESH_SECONDS", 0.0)
    assert (await post(house, "track", VIEW, server_key))[0] == 200
    await house.store.run(lambda connection: revoke_key(connection, "server", datetime.now(UTC)))
    status, body = await post(house, "track", VIEW, server_key)
    assert (status, body["errors"][0]["code"]) == (401, "bad_key")


async def test_pages_of_the_shop_may_send_and_others_may_not(house: House, page_key: str) -> None:
    path = f"{house.url}/v1/track"
    async with house.http.options(path, headers={"Origin": PAGE_ORIGIN}) as response:
        assert (response.status, response.headers["Access-Control-Allow-Origin"]) == (204, PAGE_ORIGIN)
        assert "Authorization" in response.headers["Access-Control-Allow-Headers"]
    body = json.dumps({**VIEW, "writeKey": page_key})  # as text/plain, so that no browser asks before
    async with house.http.post(path, data=body, headers={"Origin": PAGE_ORIGIN}) as response:
        assert (response.status, response.headers["Access-Control-Allow-Origin"]) == (200, PAGE_ORIGIN)
        assert response.headers["Vary"] == "Origin"
    async with house.http.post(path, data=b"{", headers={"Origin": PAGE_ORIGIN}) as response:
        assert (response.status, response.headers["Access-Control-Allow-Origin"]) == (401, PAGE_ORIGIN)
    async with house.http.post(path, data=body, headers={"Origin": "https://evil.example"}) as response:
        assert response.status == 403
        assert "Access-Control-Allow-Origin" not in response.headers
    assert await names(house) == ["Product Viewed"]


async def test_large_batches_pass_and_too_large_ones_do_not(house: House, server_key: str) -> None:
    item = {"type": "track", **VIEW, "context": {"filler": "x" * 300}}
    packed = gzip.compress(json.dumps({"batch": [item] * 1000}).encode())
    status, body = await post(house, "batch", packed, server_key, headers={"Content-Encoding": "gzip"})
    assert (status, body["data"]["kept"]) == (200, 1000)
    status, body = await post(house, "batch", {"batch": [item] * 2000}, server_key)
    assert (status, body["errors"][0]["code"]) == (413, "too_large")
    long = {**VIEW, "event": "Free", "properties": {"text": "x" * 33_000}}
    assert (await post(house, "track", long, server_key))[1]["errors"][0]["code"] == "too_large"


async def test_pages_and_guesses_are_slowed_and_servers_are_not(house: House, page_key: str, server_key: str) -> None:
    assert [(await post(house, "track", VIEW, server_key))[0] for _ in range(5)] == [200] * 5
    statuses = [(await post(house, "track", VIEW, key))[0] for key in (page_key, "guess", page_key, page_key)]
    assert statuses == [200, 401, 200, 429]


async def test_the_document_describes_the_calls(house: House) -> None:
    async with house.http.get(f"{house.url}/v1/openapi.json") as response:
        paths = (await response.json())["paths"]
    assert {"/v1/identify", "/v1/track", "/v1/page", "/v1/batch"} <= paths.keys()
    assert set(paths["/v1/batch"]["post"]["responses"]) == {"200", "400", "401", "403", "413", "429"}
