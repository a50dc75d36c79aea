"""What patterns read out of a message: order numbers, topics, and the product she looks for."""

from __future__ import annotations

import time

import pytest

from bot.components.patterns.order_id import order_ids
from bot.components.patterns.product_query import searched_product, suggested_product
from bot.components.patterns.topic import topics


@pytest.mark.parametrize(
    ("text", "product"),
    [
        ("do you have decaf coffee?", "decaf coffee"),
        ("Hi, do you have any Decaf Coffee, please?", "decaf coffee"),
        ("I'm looking for shampoo", "shampoo"),
        ("show me your cheeses", "cheeses"),
        ("what kinds of tea do you have", "tea"),
        ("how much is a bottle of olive oil", "olive oil"),
        ("is peanut butter available", "peanut butter"),
        ("i need something for a sore throat, like lozenges", "sore throat"),
        ("any dog food in stock?", "dog food"),
        ("kids cereal", "kids cereal"),
        ("no, i meant the oat milk", "oat milk"),
        ("do you have decaf coffee you bloody idiots", "decaf coffee"),
        ("show me coffee, you useless piece of junk", "coffee"),
        ("gooseberry fool", "gooseberry fool"),
        ("do you sell machine oil", "machine oil"),
        ("you idiots", None),
        ("You absolute MORONS!", None),
        ("idiots", None),
        ("stupid bot", None),
        ("are you stupid", None),
        ("show me something you dumb machine", None),
        ("recommend something, you fools", None),
        ("find a product", None),
        ("do you have anything else", None),
        ("show me more", None),
        ("?", None),
        ("I told my neighbour that your shop is on the corner of the street", None),
    ],
)
def test_a_search_names_its_product(text: str, product: str | None) -> None:
    found = searched_product(text)
    assert (found.value if found else None) == product


def test_a_message_of_commas_is_read_at_once() -> None:
    started = time.perf_counter()
    assert searched_product("," * 4000 + "x") is None
    assert time.perf_counter() - started < 0.5


@pytest.mark.parametrize(
    ("text", "product"),
    [
        ("recommend me a good coffee", "coffee"),
        ("which wine would you suggest", "wine"),
        ("suggest a breakfast cereal for me", "breakfast cereal"),
        ("recommend coffee you stupid robot", "coffee"),
        ("recommend me something", None),
        ("recommend me something you idiots", None),
        ("recommendations pls", None),
        ("what should i buy", None),
        ("what would go well with my usual groceries", None),
    ],
)
def test_a_wish_for_a_recommendation_may_name_a_kind(text: str, product: str | None) -> None:
    found = suggested_product(text)
    assert (found.value if found else None) == product


def test_what_is_found_says_where_it_stands() -> None:
    text = "Do you sell Gluten Free Bread?"
    found = searched_product(text)
    assert found is not None
    assert text[found.start : found.end] == "Gluten Free Bread"


@pytest.mark.parametrize(
    ("text", "ids"),
    [
        ("where is order 4711", ["4711"]),
        ("my order number is 583201.", ["583201"]),
        ("order #88213 where is it", ["88213"]),
        ("#w2378156 please", ["W2378156"]),
        ("31198459", ["31198459"]),
        ("orders 31198459 and #20144", ["31198459", "20144"]),
        ("do you deliver to zip code 45202", []),
        ("it cost $12345 or 12345.50", []),
        ("I want 3 of the 500g packs", []),
        ("order 66", []),
    ],
)
def test_order_numbers_are_found(text: str, ids: list[str]) -> None:
    assert [found.value for found in order_ids(text)] == ids


def test_each_topic_is_named_once_in_the_order_of_the_text() -> None:
    found = topics("Can I return it for free, or is the delivery, the shipping I mean, paid by cash?")
    assert [topic.value for topic in found] == ["returns", "delivery", "payment"]


def test_a_text_without_topics_has_none() -> None:
    assert topics("do you have decaf coffee") == []


@pytest.mark.parametrize(
    ("text", "ids"),
    [
        ("please cancel 5102", ["5102"]),
        ("whre is my ordr 5102", ["5102"]),
        ("cancel 5102 and 40251", ["40251"]),
        ("cancel what I bought in 2025", []),
        ("I paid $1200 for it", []),
    ],
)
def test_four_digits_are_a_number_only_where_an_order_is_spoken_of(text: str, ids: list[str]) -> None:
    assert [found.value for found in order_ids(text, about_orders=True)] == ids
    assert "5102" not in [found.value for found in order_ids(text)]
