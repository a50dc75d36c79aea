"""The shop page's row: everybody's for a visitor, her own for who is signed in, nobody's for a forged token."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

from gateway.identity import sign_identity
from tests.support.gateway_house import IDENTITY_SECRET, House, fresh_database, open_house


@pytest.fixture
async def house(tmp_path: Path) -> AsyncIterator[House]:
    async with open_house(fresh_database(tmp_path)) as opened:
        yield opened


async def row_of(house: House, token: str | None) -> tuple[int, dict[str, Any]]:
    headers = {} if token is None else {"Authorization": f"Bearer {token}"}
    async with house.http.get(f"{house.url}/demo/front-row", headers=headers) as response:
        return response.status, await response.json()


def token_of(customer_id: str, key: str = IDENTITY_SECRET) -> str:
    return sign_identity(customer_id, None, key)


async def test_the_page_asks_for_a_row_varied_over_the_departments(house: House) -> None:
    async with house.http.get(f"{house.url}/") as response:
        assert response.status == 200
    assert [context.mode for context in house.analytics.contexts] == ["front_page"]


async def test_a_visitor_gets_everybodys_row(house: House) -> None:
    status, body = await row_of(house, None)
    assert (status, body["data"]["personal"]) == (200, False)
    assert {one["reason"] for one in body["data"]["products"]} == {"one of this month's most bought"}
    assert house.analytics.contexts[-1].mode == "front_page"


async def test_who_is_signed_in_gets_her_own_with_reasons(house: House) -> None:
    status, body = await row_of(house, token_of("ana"))
    assert (status, body["data"]["personal"]) == (200, True)
    first = body["data"]["products"][0]
    assert (first["product_id"], first["reason"]) == ("101", "you buy it about every 9 days, last on 3 May")


async def test_who_wants_nothing_personal_gets_everybodys(house: House) -> None:
    house.analytics.account_service().decide("ana", {"personalisation": False}, "c:1")
    _, hers = await row_of(house, token_of("ana"))
    _, everybodys = await row_of(house, None)
    assert hers == everybodys


async def test_a_forged_token_gets_no_row(house: House) -> None:
    status, body = await row_of(house, token_of("ana", key="another secret of thirty-two signs"))
    assert (status, body["errors"][0]["code"]) == (401, "bad_identity")


async def test_a_row_without_a_recommender_is_refused_in_words(house: House) -> None:
    house.analytics.down = True
    status, body = await row_of(house, None)
    assert (status, body["errors"][0]["code"]) == (503, "unavailable")
