"""Shopping lists on both databases: two windows at once, and points of real orders."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from analytics.shopping.service import SqlShoppingService
from analytics.shopping_service import Shopper, Wish
from store.engine import Database
from tests.support.databases import migrated_database
from tests.support.demo_shop import ORDERS
from tests.support.order_store import NOW, fill, stored

pytestmark = pytest.mark.integration
ANA = Shopper(conversation_id="c", customer_id="ana")


@pytest.fixture(params=["sqlite", "postgresql"])
def database(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Database]:
    with migrated_database(request.param, tmp_path / "rapport.db") as opened:
        fill(opened, {"ana": ORDERS, "ben": ()})
        yield opened


def lists_on(database: Database) -> SqlShoppingService:
    return SqlShoppingService(database, clock=lambda: NOW)


def test_the_same_thing_put_on_a_list_from_two_windows_at_once_is_on_it_once(database: Database) -> None:
    start = threading.Barrier(4)

    def put() -> None:
        start.wait()
        lists_on(database).add(ANA, [Wish(name="milk"), Wish(name="cereal", product_id="101", quantity=2)])

    hands = [threading.Thread(target=put) for _ in range(4)]
    for hand in hands:
        hand.start()
    for hand in hands:
        hand.join(20)
    assert stored(database, "shopping_items", "name", "product_id", "quantity") == [
        ("cereal", "101", 2),
        ("milk", None, 1),
    ]


def test_a_list_is_its_owners_alone(database: Database) -> None:
    lists = lists_on(database)
    lists.add(ANA, [Wish(name="milk", quantity=3)])
    lists.add(Shopper(conversation_id="d"), [Wish(name="rum")])
    assert [(item.name, item.quantity) for item in lists.items(Shopper(conversation_id="e", customer_id="ana"))] == [
        ("milk", 3)
    ]
    assert lists.items(Shopper(conversation_id="d", customer_id="ben")) == []
    assert lists.clear(Shopper(conversation_id="x", customer_id="ben")) == 0
    assert lists.remove(ANA, ["MILK", "rum"]) == ("milk",)
    assert [item.name for item in lists.items(Shopper(conversation_id="d"))] == ["rum"]
