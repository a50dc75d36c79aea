"""Products side by side: the cheapest, the best value, and what else she asks."""

from __future__ import annotations

import pytest

from actions.action_compare_products import CompareProducts
from analytics.records import Product
from tests.support.fake_analytics import FakeAnalytics
from tests.support.said import Conversation, Said


def coffee(product_id: str, name: str, price: float | None, size: str | None, in_stock: bool = True) -> Product:
    return Product(
        product_id=product_id, name=name, category="Coffee", department="Grocery", price=price, size=size,
        in_stock=in_stock,
    )  # fmt: skip


SMALL = coffee("1", "Ground coffee, 8 oz", 4.0, "8 oz")  # $0.50 an ounce
LARGE = coffee("2", "Mild roast, 2 lb", 9.6, "2 lb")  # $0.30 an ounce
BAGS = coffee("3", "Coffee bags, 20 ct", 6.0, "20 ct")


@pytest.fixture
def conversation() -> Conversation:
    return Conversation(
        FakeAnalytics(products=[SMALL, LARGE, BAGS]),
        slots={
            "shown_products": ["1", "2", "3"],
            "shown_names": ["Ground coffee", "Mild roast", "Coffee bags"],
        },
    )


async def compared(conversation: Conversation, text: str, **entities: str) -> Said:
    return await conversation.meets(CompareProducts(), text, **entities)


async def test_the_cheaper_pack_and_the_better_value_are_two_things(conversation: Conversation) -> None:
    said = await compared(conversation, "which is cheaper, the first or the second?")
    assert said.names == ["utter_compare_lines", "utter_compare_cheapest", "utter_compare_value"]
    assert said.always_says("• Ground coffee, 8 oz: $4.00 ($0.50/oz), sold 19 times in our shop so far\n• Mild roast")
    assert said.always_says("The cheapest is Ground coffee, 8 oz, at $4.00")
    assert said.always_says("Mild roast, 2 lb: $0.30/oz")
    assert "Coffee bags" not in str(said.texts)


async def test_it_is_the_cheaper_one_afterwards(conversation: Conversation) -> None:
    said = await compared(conversation, "compare the first with the third")
    assert said.slots["product_in_mind"] == "1"
    assert said.slots["shown_products"] == ["1", "3"]


async def test_pieces_and_ounces_are_not_compared(conversation: Conversation) -> None:
    said = await compared(conversation, "which is bigger, the first or the last one?")
    assert said.names == ["utter_compare_lines", "utter_compare_sizes_unclear", "utter_compare_cheapest"]


async def test_the_larger_pack_is_named_where_sizes_can_be_read(conversation: Conversation) -> None:
    said = await compared(conversation, "which pack is larger, the first or the second")
    assert said.always_says("Mild roast, 2 lb is the largest pack")
    assert said.slots["product_in_mind"] == "2"


@pytest.mark.parametrize(
    ("text", "lines"), [("compare these two", 2), ("compare them all", 3), ("which is the cheapest", 3)]
)
async def test_what_was_shown_is_compared_where_nothing_is_named(
    conversation: Conversation, text: str, lines: int
) -> None:
    said = await compared(conversation, text)
    assert said.texts[0][0].count("•") == lines


async def test_the_last_two_are_the_last_two(conversation: Conversation) -> None:
    assert (await compared(conversation, "compare the last two")).slots["shown_products"] == ["2", "3"]


async def test_two_names_are_looked_for() -> None:
    conversation = Conversation(FakeAnalytics())
    conversation.slots = {}
    said = await compared(conversation, "cereal or yogurt, what's cheaper", product_query="yogurt")
    assert said.names == ["utter_details_all"], "one name alone is told about"


async def test_the_one_spoken_of_is_compared_with_what_she_names(conversation: Conversation) -> None:
    conversation.slots["product_in_mind"] = "2"
    said = await compared(conversation, "is that cheaper than the bags", product_query="bags")
    assert said.slots["shown_products"] == ["3", "2"]


async def test_the_same_price_has_no_cheapest(conversation: Conversation) -> None:
    conversation.analytics.products[:] = [SMALL, coffee("2", "Mild roast, 16 oz", 4.0, "16 oz")]
    said = await compared(conversation, "compare these two")
    assert said.names == ["utter_compare_lines", "utter_compare_value"]


async def test_a_price_nobody_knows_has_a_dash_and_no_verdict(conversation: Conversation) -> None:
    conversation.analytics.products[:] = [SMALL, coffee("2", "Mild roast", None, None, in_stock=False)]
    said = await compared(conversation, "compare these two")
    assert said.names == ["utter_compare_lines", "utter_details_some_sold_out"]
    assert said.always_says("• Mild roast: –")


async def test_most_bought_is_told_where_she_asks_what_others_buy(conversation: Conversation) -> None:
    said = await compared(conversation, "which one do people buy more often, the first or the second")
    assert said.always_says("Our customers buy Ground coffee, 8 oz most often.")


async def test_nothing_to_compare_is_asked_back() -> None:
    assert (await compared(Conversation(FakeAnalytics()), "compare them")).names == ["utter_compare_which"]


async def test_an_unknown_product_is_said(conversation: Conversation) -> None:
    conversation.slots.clear()
    said = await compared(conversation, "compare the chainsaw", product_query="chainsaw")
    assert said.names == ["utter_search_nothing"]
