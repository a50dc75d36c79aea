"""What agents may recommend: on a customer's page, and beside the answer they write."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from analytics.facade import AnalyticsUnavailable
from analytics.records import Recommendation
from tests.support import demo_shop, order_store
from tests.support.console_hand import Hand
from tests.support.console_house import ConsoleHouse
from tests.support.seed_conversations import Seeded, seed_conversations

MODES = ["for_you", "buy_again", "new"]
XSS = "<img src=x onerror=alert(1)>"


@pytest.fixture
def house(tmp_path: Path) -> ConsoleHouse:
    return ConsoleHouse(tmp_path)


@pytest.fixture
def seeded(house: ConsoleHouse) -> Seeded:
    return seed_conversations(house.database, datetime.now(UTC), in_outline=0)


@pytest.fixture
async def hand(house: ConsoleHouse, seeded: Seeded, aiohttp_client: Any) -> Hand:
    return Hand(await aiohttp_client(house.app())).sign_in_as(house, house.add("Jonas"))


async def test_a_customers_page_says_what_to_recommend_and_why(house: ConsoleHouse, hand: Hand) -> None:
    page = await hand.text("/customers/ana")
    for told in ("What to recommend", "For her", "Buy again", "Something new", "Kids cereal, 14.5 oz", "$2.99",
                 "in stock", "you buy it about every 9 days, last on 3 May", "no price"):  # fmt: skip
        assert told in page
    assert "Personalisation is off" not in page
    assert "data-writes" not in page
    assert [context.mode for context in house.shop.contexts] == MODES


async def test_with_personalisation_off_only_what_a_visitor_sees_is_shown(house: ConsoleHouse, hand: Hand) -> None:
    order_store.accounts_on(house.shop.kept()).decide("ana", {"personalisation": False}, "k")
    page = await hand.text("/customers/ana")
    assert "Personalisation is off" in page
    assert "Nothing that may be used says what she bought before." in page
    assert "you buy it about every 9 days" not in page


def refuse(*_asked: Any, **_how: Any) -> list[Recommendation]:
    raise AnalyticsUnavailable("Run `rapport recommender` to build it.")


async def test_before_the_recommender_is_built_the_page_says_what_to_run(house: ConsoleHouse, hand: Hand) -> None:
    house.shop.recommend = refuse  # type: ignore[method-assign]
    page = await hand.text("/customers/ana")
    assert "Run `rapport recommender` to build it." in page
    assert "What happened" in page


async def test_suggestions_in_a_conversation_are_buttons_for_the_answer(hand: Hand, seeded: Seeded) -> None:
    address = f"/conversations/{seeded.told['angry']}/suggestions"
    part = await hand.text(address)
    assert "<html" not in part
    assert 'data-writes="Kids cereal, 14.5 oz ($2.99): you buy it about every 9 days, last on 3 May"' in part
    assert 'data-writes="Cheddar cheese, 8 oz: one of this month' in part
    assert (await hand.get("/conversations/nothing/suggestions")).status == 404


async def test_a_visitor_gets_what_everybody_gets(hand: Hand, seeded: Seeded) -> None:
    part = await hand.text(f"/conversations/{seeded.told['visitor']}/suggestions")
    assert "A visitor: nothing is known of what she bought." in part
    assert "one of this month" in part
    assert "you buy it" not in part


async def test_only_who_answers_is_offered_suggestions(hand: Hand, seeded: Seeded) -> None:
    page = f"/conversations/{seeded.told['queue']}"
    assert "Suggest a product" not in await hand.text(page)
    await hand.post(page + "/take-over")
    assert "Suggest a product" in await hand.text(page)


async def test_what_products_are_called_is_text(house: ConsoleHouse, hand: Hand, seeded: Seeded) -> None:
    house.shop.products = [replace(demo_shop.CEREAL, name=f'"{XSS}')]
    part = await hand.text(f"/conversations/{seeded.told['angry']}/suggestions")
    assert "<img" not in part
    assert 'data-writes="&#34;&lt;img' in part
