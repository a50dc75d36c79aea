"""The things that a question about products names, in customers' own words."""

from __future__ import annotations

import pytest

from bot.components.patterns.named_things import joined_things, named_things
from bot.components.patterns.reading import entities


@pytest.mark.parametrize(
    ("text", "things"),
    [
        ("how much is the pizza", ["pizza"]),
        ("How big is the Kids Cereal?", ["kids cereal"]),
        ("what size does the olive oil come in", ["olive oil"]),
        ("is the 12 oz ground coffee in stock", ["12 oz ground coffee"]),
        ("is the pizza large?", ["pizza"]),
        ("how much are the large eggs", ["large eggs"]),
        ("does the kids cereal contain nuts", ["kids cereal"]),
        ("how heavy is the bag of potatoes", ["potatoes"]),
        ("which is cheaper, the decaf or the ground coffee", ["decaf", "ground coffee"]),
        ("compare whole milk and oat milk", ["whole milk", "oat milk"]),
        ("whats the diff between oat milk n whole milk", ["oat milk", "whole milk"]),
        ("something like greek yogurt but cheaper", ["greek yogurt"]),
        ("what can i take instead of butter, it's out of stock", ["butter"]),
        ("what do i need for tacos", ["tacos"]),
        ("i want something cheaper than Ben & Jerry's", ["ben & jerry's"]),
        ("how much is the decaf you bloody idiots", ["decaf"]),
        ("you useless idiots, how much is the shampoo???", ["shampoo"]),
        ("milk, milk, milk: how much is milk", ["milk"]),
        ("how big is it", []),
        ("tell me more about the second one", []),
        ("is it gluten free", []),
        ("compare these two", []),
        ("?", []),
        ("", []),
    ],
)
def test_the_things_are_named_in_order(text: str, things: list[str]) -> None:
    found = named_things(text)
    assert [thing.value for thing in found] == things
    assert all(text[thing.start : thing.end].lower() == thing.value for thing in found)


def test_a_story_without_end_names_no_more_than_four_things() -> None:
    assert len(named_things(", ".join(f"thing{number} apple" for number in range(400)))) <= 4


def test_a_search_in_other_words_names_its_one_thing() -> None:
    for text, thing in (
        ("what's the cheapest coffee you have around?", ["coffee"]),
        ("your pizza is awful!! got anything that is cheaper than frozen pizza", ["frozen pizza"]),
        ("how much would a gallon of milk be", ["milk"]),
        ("can you find a product", []),
    ):
        assert [piece.value for kind, piece in entities(text, "search_product") if kind == "product_query"] == thing


def test_only_questions_about_products_are_read_this_way() -> None:
    text = "which is cheaper, the decaf or the pizza"
    asked = [piece.value for kind, piece in entities(text, "compare_products") if kind == "product_query"]
    assert asked == ["decaf", "pizza"]
    assert [kind for kind, _ in entities(text, "ask_offers")] == []
    asked = [piece.value for kind, piece in entities("bread or rolls?", "compare_products") if kind == "product_query"]
    assert asked == ["bread", "rolls"]


@pytest.mark.parametrize(
    ("text", "things"),
    [
        ("do you have bread and milk", ["bread", "milk"]),
        ("i need eggs, flour and sugar", ["eggs", "flour", "sugar"]),
        ("i need bread, some butter and a few eggs", ["bread", "butter", "eggs"]),
        ("do you have bread and do you have milk?", ["bread", "milk"]),
        ("hot dogs and hot dog buns", ["hot dogs", "hot dog buns"]),
        ("do you have decaf coffee", []),
        ("milk for my baby", []),
        ("milk under $3", []),
        ("i need bread. my neighbour likes milk", []),
        ("something for a sore throat, like lozenges", []),
        ("coffee without sugar and milk", []),
    ],
)
def test_a_list_of_things_is_joined_by_words_that_join(text: str, things: list[str]) -> None:
    assert [thing.value for thing in joined_things(text)] == things
