"""The export for browsers over HTTP, and as a file: for any page, cached by version, small."""

from __future__ import annotations

import gzip
import json
from collections.abc import AsyncIterator
from pathlib import Path

import aiohttp
import pytest

from analytics.facade import AnalyticsUnavailable
from analytics.jobs.build_recommender import build_recommender
from tests.support.gateway_house import House, fresh_database, open_house
from tests.support.shop_analytics import analytics_of
from tests.support.shop_in_memory import NOW, SmallShop

PATH = "/v1/on-device.json"


@pytest.fixture
async def house(tmp_path: Path) -> AsyncIterator[House]:
    async with open_house(fresh_database(tmp_path)) as opened:
        yield opened


async def test_any_page_may_read_it_and_it_comes_zipped(house: House) -> None:
    headers = {"Origin": "https://any.example", "Accept-Encoding": "gzip"}
    async with aiohttp.ClientSession(auto_decompress=False) as plain:
        async with plain.get(f"{house.url}{PATH}", headers=headers) as response:
            body = await response.read()
        assert response.headers["Content-Encoding"] == "gzip"
        assert response.headers["Access-Control-Allow-Origin"] == "*"
        assert response.headers["Cross-Origin-Resource-Policy"] == "cross-origin"
        assert response.headers["Vary"] == "Accept-Encoding"
        assert response.headers["Cache-Control"].startswith("public, max-age=")
        async with plain.get(f"{house.url}{PATH}", headers={"Accept-Encoding": "identity"}) as response:
            assert await response.read() == gzip.decompress(body)
    document = json.loads(gzip.decompress(body))
    assert set(document["ids"]) <= {product.product_id for product in house.analytics.products}
    assert document["ids"]


async def test_a_browser_that_has_this_version_gets_nothing_again_until_it_changes(house: House) -> None:
    async with house.http.get(f"{house.url}{PATH}") as response:
        tag = response.headers["ETag"]
    async with house.http.get(f"{house.url}{PATH}", headers={"If-None-Match": tag}) as response:
        assert (response.status, await response.read(), response.headers["ETag"]) == (304, b"", tag)
    house.analytics.products = house.analytics.products[1:]
    async with house.http.get(f"{house.url}{PATH}", headers={"If-None-Match": tag}) as response:
        assert response.status == 200
        assert response.headers["ETag"] != tag


async def test_without_a_recommender_the_page_is_told_so_and_may_read_it(house: House) -> None:
    house.analytics.down = True
    async with house.http.get(f"{house.url}{PATH}") as response:
        body = await response.json()
    assert (response.status, body["errors"][0]["code"]) == (503, "unavailable")
    assert response.headers["Access-Control-Allow-Origin"] == "*"


@pytest.mark.parametrize(("on_device", "status"), [(False, 404), (True, 200)])
async def test_outside_of_the_demo_it_is_the_shops_choice(tmp_path: Path, on_device: bool, status: int) -> None:
    async with open_house(fresh_database(tmp_path), demo=False, on_device=on_device) as house:
        async with house.http.get(f"{house.url}{PATH}") as response:
            assert response.status == status
        async with house.http.get(f"{house.url}/v1/openapi.json") as response:
            assert (PATH in (await response.json())["paths"]) == on_device


def test_it_follows_the_recommender_and_the_catalogue(tmp_path: Path) -> None:
    shop = SmallShop()
    for product_id, category in (("pasta", "Food"), ("sauce", "Jars"), ("cigars", "Tobacco")):
        shop.product(product_id, product_id.capitalize(), category=category)
    for number in range(6):
        shop.customer(f"c{number}")
        shop.order(f"c{number}", ["pasta", "sauce", "cigars"], days=3)
    analytics = analytics_of(shop, tmp_path)
    with pytest.raises(AnalyticsUnavailable, match="rapport recommender"):
        analytics.device_export()
    build_recommender(shop.database, tmp_path, NOW, lambda _step, _share: None)
    first = analytics.device_export()
    assert sorted(json.loads(first.body)["ids"]) == ["pasta", "sauce"]  # tobacco is discreet
    assert first.kinds == 2
    shop.change_product("sauce", in_stock=False)
    shop.imported()
    assert json.loads(analytics.device_export().body)["ids"] == ["pasta"]
    assert analytics.device_export().version != first.version
