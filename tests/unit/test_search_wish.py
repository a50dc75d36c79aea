"""What a search says of the price, and the thing that is left without it."""

from __future__ import annotations

import pytest

from actions.search_wish import price_wish, thing_alone
from analytics.records import PriceWish


@pytest.mark.parametrize(
    ("text", "wish", "thing"),
    [
        ("milk under $3", PriceWish(most=3), "milk"),
        ("do you have coffee for less than 5 dollars?", PriceWish(most=5), "coffee"),
        ("cheese below 4.50", PriceWish(most=4.5), "cheese"),
        ("tea up to $2", PriceWish(most=2), "tea"),
        ("soap for max 99 cents", PriceWish(most=0.99), "soap"),
        ("wine over $20", PriceWish(least=20), "wine"),
        ("olive oil between $5 and $8", PriceWish(least=5, most=8), "olive oil"),
        ("the cheapest coffee", PriceWish(order="cheapest"), "coffee"),
        ("what's the cheapest coffee you have", PriceWish(order="cheapest"), "coffee"),
        ("which coffee costs the least", PriceWish(order="cheapest"), "coffee"),
        ("most expensive cheese", PriceWish(order="dearest"), "cheese"),
        ("cheap shampoo under $3", PriceWish(most=3, order="cheapest"), "shampoo"),
    ],
)
def test_a_wish_for_the_price_is_read(text: str, wish: PriceWish, thing: str) -> None:
    assert price_wish(text) == wish
    assert thing_alone(text) == thing


@pytest.mark.parametrize(
    "text",
    ["milk", "milk with less than 5% fat", "cans under 12 oz", "at least 200 g of ham", "in under 20 minutes", "7 up",
     "two litre cola", "more than a pizza"],
)  # fmt: skip
def test_other_amounts_are_no_price(text: str) -> None:
    assert price_wish(text) is None


def test_a_price_allows_what_lies_within_it_both_ends_included() -> None:
    wish = PriceWish(least=2, most=3)
    assert [price for price in (None, 1.99, 2, 3, 3.01) if wish.allows(price)] == [2, 3]
    assert PriceWish(order="cheapest").allows(0.0)
