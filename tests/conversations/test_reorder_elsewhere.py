"""The same again where the shop takes no orders in the chat: her list has it ready."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.corner_shop import SHOP_FILE
from tests.support.dialogue_house import CornerShop, DialogueHouse


@pytest.fixture
def till(dialogue_house: DialogueHouse, tmp_path: Path) -> Iterator[CornerShop]:
    """The corner shop, whose orders are placed at its own till alone."""
    told = SHOP_FILE.read_text(encoding="utf-8")
    assert "by_chat: true" in told
    file = tmp_path / "shop.yml"
    file.write_text(told.replace("by_chat: true", "by_chat: false"), encoding="utf-8")
    with dialogue_house.fresh(shop_file=file) as shop:
        yield shop


def test_the_last_order_is_put_on_her_list(till: CornerShop) -> None:
    talk = till.talk("ana")
    assert "can't place orders" in talk.says("same as last time please").text
    talk.says("yes")
    assert till.rows("placed_orders", "order_id") == []
    assert till.rows("shopping_items", "product_id", "quantity") == [("cereal", 1), ("milk", 2), ("yogurt", 1)]


def test_her_list_stays_as_it_is(till: CornerShop) -> None:
    talk = till.talk("ana")
    talk.says("put oat milk on my shopping list")
    assert "your shopping list has it ready" in talk.says("order everything on my list").text
    assert till.rows("shopping_items", "product_id") == [("oatmilk",)]


def test_single_things_join_what_is_on_the_list(till: CornerShop) -> None:
    talk = till.talk("ana")
    talk.says("put bread on my list")
    talk.says("buy the decaf coffee again")
    assert till.rows("shopping_items", "product_id") == [("bread",), ("decaf",)]
