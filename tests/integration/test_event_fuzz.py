"""Calls that no tracker in its right mind would make: they are refused or taken, and nothing breaks."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import aiohttp
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from analytics.event_service import EventsRefused
from analytics.events.catalogue import CATALOGUE
from analytics.events.keys import add_key
from tests.support.event_shop import NOW, PAGE, SERVER, EventShop, event_shop
from tests.support.gateway_house import fresh_database, open_house

pytestmark = pytest.mark.integration

_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=30) | st.just("x\x00y"),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=8,
)
_IDS = st.sampled_from(["ana", "ben", "", "new", 7, "a\x00b", "x" * 65]) | _JSON
_AMOUNT = st.sampled_from([0, 1, 2.5, "3.20", -1, 1e8, 10**400, "1e300", "nan"]) | _JSON
_PRODUCT = st.fixed_dictionaries({}, optional={"product_id": _IDS, "price": _AMOUNT, "quantity": _AMOUNT, "sku": _IDS})
_PROPERTIES = st.fixed_dictionaries(
    {},
    optional={
        "order_id": st.sampled_from(["o1", "o2", "o3"]) | _JSON, "product_id": st.sampled_from(["p1", "p2"]) | _JSON,
        "products": st.lists(_PRODUCT, max_size=3) | _JSON, "total": _AMOUNT, "discount": _AMOUNT, "query": _JSON,
        "category": _JSON, "quantity": _AMOUNT, "path": _JSON,
    },
)  # fmt: skip
_MOMENTS = st.sampled_from(["2026-11-15T10:00:00Z", "2026-11-15", "9999-12-31T23:59:59Z", "1970-01-01", ""]) | _JSON
_ITEMS = st.fixed_dictionaries(
    {"type": st.sampled_from(["track", "track", "page", "identify", "group"])},
    optional={
        "event": st.sampled_from([known.name for known in CATALOGUE.values()]) | _JSON, "userId": _IDS,
        "anonymousId": st.sampled_from(["a1", "a2"]) | _JSON, "messageId": st.sampled_from(["m1", "m2"]) | _JSON,
        "properties": _PROPERTIES | _JSON, "traits": _JSON, "timestamp": _MOMENTS, "originalTimestamp": _MOMENTS,
        "sentAt": _MOMENTS, "context": _JSON, "channel": _JSON, "name": _JSON,
    },
)  # fmt: skip
_BODIES = st.one_of(
    st.binary(max_size=100),
    _JSON.map(lambda value: json.dumps(value).encode()),
    _ITEMS.map(lambda item: json.dumps(item).encode()),
    st.lists(_ITEMS | _JSON, max_size=8).map(lambda items: json.dumps({"batch": items}).encode()),
)


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def shop(request: pytest.FixtureRequest) -> Iterator[EventShop]:
    with event_shop(request.param) as opened:
        yield opened


@settings(max_examples=60, deadline=None)
@given(items=st.lists(_ITEMS, min_size=1, max_size=8), from_page=st.booleans())
def test_whatever_comes_is_taken_or_told_on_both_databases(
    shop: EventShop, items: list[dict[str, Any]], from_page: bool
) -> None:
    try:
        call = shop.service.read(json.dumps({"batch": items}).encode(), None, PAGE if from_page else SERVER, NOW)
    except EventsRefused:
        return
    with shop.database.write() as connection:
        taken = shop.service.take(connection, call)
    assert taken.kept + taken.duplicates + taken.left_out + len(taken.refused) == len(items)


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(bodies=st.lists(st.tuples(st.sampled_from(["identify", "track", "page", "batch"]), _BODIES), max_size=12))
def test_no_body_makes_the_gateway_fail(tmp_path_factory: Any, bodies: list[tuple[str, bytes]]) -> None:
    database = fresh_database(tmp_path_factory.mktemp("fuzz"))
    with database.write() as connection:
        key = add_key(connection, "fuzz", "server", datetime.now(UTC))

    headers = {"Authorization": aiohttp.encode_basic_auth(key, "")}

    async def fuzz() -> set[int]:
        async with open_house(database) as house:
            statuses = set()
            for path, body in bodies:
                async with house.http.post(f"{house.url}/v1/{path}", data=body, headers=headers) as response:
                    assert (await response.json())["ok"] is (response.status == 200)
                    statuses.add(response.status)
            return statuses

    assert asyncio.run(fuzz()) <= {200, 400}
