"""What must not be recommended, in whole dialogues: what is only for adults, and what nothing is left of."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import insert, update

from store.tables import customers, products
from tests.support.corner_shop import Placed, place_in
from tests.support.dialogue_house import CornerShop

#: Of the department that the shop's file limits by age (21 years), in a category that may be spoken of.
CIDER = {
    "product_id": "cider", "name": "Dry cider, 12 oz", "category": "Cider", "department": "Spirits", "price": 3.0,
    "in_stock": True, "times_sold": 5,
}  # fmt: skip


@pytest.fixture
def with_cider(corner: CornerShop) -> CornerShop:
    """The shop sells cider, and Ben buys it every two weeks."""
    with corner.database.write() as connection:
        connection.execute(insert(products).values(**CIDER))
    place_in(
        corner.database,
        *(Placed(f"5203{number}", "ben", 14.0 * number, "delivered", (("cider", 1, 3.0),)) for number in (1, 2, 3, 4)),
    )
    return corner


def change(corner: CornerShop, table: Any, where: Any, **values: Any) -> None:
    with corner.database.write() as connection:
        connection.execute(update(table).where(where).values(**values))


def names(heard: Any) -> str:
    return " ".join(card["title"] for card in heard.cards)


@pytest.mark.parametrize(("traits", "shown"), [({}, False), ({"age": "19-24"}, False), ({"age": "45-54"}, True)])
def test_what_is_for_adults_is_recommended_only_to_who_is_known_to_be_one(
    with_cider: CornerShop, traits: dict[str, str], shown: bool
) -> None:
    change(with_cider, customers, customers.c.customer_id == "ben", traits=traits)
    heard = with_cider.talk("ben").says("what do I usually buy?")
    assert ("cider" in names(heard)) is shown


def test_who_asks_for_such_a_thing_by_name_finds_it_all_the_same(corner: CornerShop) -> None:
    assert "Red wine" in names(corner.talk("ben").says("do you have red wine?"))


@pytest.mark.parametrize("values", [{"in_stock": False}, {"stock": 0}], ids=["flag", "no piece left"])
def test_what_is_sold_out_is_not_recommended_and_something_instead_is_offered(
    corner: CornerShop, values: dict[str, Any]
) -> None:
    before = corner.talk("dora").says("recommend me a coffee")
    assert "Ground coffee" in names(before)
    change(corner, products, products.c.product_id == "coffee", **values)
    talk = corner.talk("ben")
    assert "Ground coffee" not in names(talk.says("recommend me a coffee"))
    assert "sold out" in talk.says("is the ground coffee in stock?").text
    heard = talk.says("what can I take instead?")
    assert "Decaf coffee" in names(heard)
    assert "also from Coffee" in heard.cards[0]["reason"]
