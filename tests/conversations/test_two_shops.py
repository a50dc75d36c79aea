"""Two shops, one bot: the same words under another shop's policy, prices and answers."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.corner_shop import SHOP_FILE
from tests.support.dialogue_house import CornerShop, DialogueHouse

#: What the other shop does otherwise: it cancels what is on its way, takes back for two days, and pays back within 21.
CHANGES = (
    ("name: The Complete Journey", "name: Bolt & Beam Tools"),
    ("cancel_until: being_prepared ", "cancel_until: on_its_way "),
    ("return_within_days: 30 ", "return_within_days: 2 "),
    ("refund_days: 7", "refund_days: 21"),
    ("Our stores are open Monday to Saturday from 7 am to 10 pm", "Our yard is open on weekdays from 6 am to 2 pm"),
    ('currency: "$"', 'currency: "€"'),
)


@pytest.fixture
def tools(dialogue_house: DialogueHouse, tmp_path: Path) -> Iterator[CornerShop]:
    """The corner shop's goods and people under another shop's file, which has no help pages."""
    told = SHOP_FILE.read_text(encoding="utf-8")
    for ours, theirs in CHANGES:
        assert ours in told, ours
        told = told.replace(ours, theirs)
    file = tmp_path / "shop.yml"
    file.write_text(told, encoding="utf-8")
    with dialogue_house.fresh(shop_file=file) as shop:
        yield shop


def test_what_is_on_its_way_is_cancelled_where_the_policy_allows_it(tools: CornerShop) -> None:
    talk = tools.talk("ana")
    answer = talk.says("please cancel order 51020")
    assert "51020" in answer.text
    assert "€11.50" in answer.text
    assert "21 days" in answer.text
    talk.says("yes")
    assert tools.rows("order_requests", "kind", "order_id", "amount") == [("cancel", "51020", 11.5)]


def test_what_is_too_old_for_this_shop_is_not_taken_back(tools: CornerShop) -> None:
    talk = tools.talk("ana")
    talk.says("return the pizza from order 51030")
    talk.says("yes")
    assert tools.rows("order_requests", "kind") == []


def test_each_shop_gives_its_own_hours_and_name(tools: CornerShop) -> None:
    talk = tools.talk()
    assert "Bolt & Beam" in talk.says("hello").text
    assert "6 am" in talk.says("when are you open?").text


def test_a_shop_without_help_pages_says_so_instead_of_guessing(tools: CornerShop) -> None:
    answer = tools.talk().says("how do you pack frozen things?")
    assert "Complete Journey" not in answer.text
    assert "Read more" not in answer.text
