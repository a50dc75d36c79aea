"""A shop that keeps its orders itself: the bot asks it over HTTP, and fails honestly when it does not answer."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from analytics.facade import open_analytics
from store.engine import Database, open_database
from tests.support.corner_shop import SHOP_FILE, make_shop
from tests.support.dialogue_house import CornerShop, DialogueHouse
from tests.support.order_store import stored
from tests.support.order_system import ShopSystem, serving


class Both:
    """The corner shop as Rapport knows it, and the shop's own system with a database of its own."""

    def __init__(self, corner: CornerShop, system: ShopSystem, database: Database) -> None:
        self.corner, self.system, self.database = corner, system, database


@pytest.fixture
def both(dialogue_house: DialogueHouse, tmp_path: Path) -> Iterator[Both]:
    template = make_shop(tmp_path)
    file = tmp_path / "theirs.db"
    shutil.copyfile(template, file)
    database = open_database(f"sqlite:///{file}")
    system = ShopSystem(open_analytics(database, tmp_path / "none", SHOP_FILE).order_service())
    with serving(system) as address, dialogue_house.fresh(template=template, order_system=address) as corner:
        yield Both(corner, system, database)
    database.close()


def test_what_she_says_yes_to_is_done_in_the_shops_system_and_known_here(both: Both) -> None:
    talk = both.corner.talk("ana")
    assert "51010" in talk.says("please cancel my order").text
    assert "cancelled" in talk.says("yes").text
    assert stored(both.database, "order_requests", "kind", "order_id") == [("cancel", "51010")]
    assert both.corner.rows("order_requests", "kind") == []
    assert "cancelled" in talk.says("where is order 51010?").text


def test_a_system_that_is_down_costs_an_honest_line_and_a_second_yes_acts_once(both: Both) -> None:
    talk = both.corner.talk("ana")
    talk.says("please cancel my order")
    both.system.faults.extend([503, 503])
    assert "cancelled" not in talk.says("yes").text
    assert stored(both.database, "order_requests", "kind") == []
    both.system.faults.append("slow")  # done, but the answer is lost: tried again with the same key
    assert "cancelled" in talk.says("yes").text
    assert stored(both.database, "order_requests", "kind") == [("cancel",)]


def test_a_visitor_proves_her_order_to_the_shops_system(both: Both) -> None:
    talk = both.corner.talk()
    talk.says("cancel order 51010, I ordered as nobody@example.com")
    assert ("/orders/identify" in [path for path, _ in both.system.calls]) is True
    assert "51010" not in talk.says("where is my order?").text
