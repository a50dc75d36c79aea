"""What she said she likes and does not like: which products it speaks for and against."""

from __future__ import annotations

import pytest

from analytics.customers.tastes import Tastes, tastes_of
from analytics.records import Product


def a(name: str, category: str = "Food", department: str = "Grocery") -> Product:
    return Product(product_id=name, name=name, category=category, department=department)


def said(**stated: list[str]) -> Tastes:
    return tastes_of(stated)


@pytest.mark.parametrize(
    ("stated", "name", "suits"),
    [
        ({"dislikes": ["peanuts"]}, "Roasted peanut bar, 2 oz", False),
        ({"dislikes": ["blue cheese"]}, "Blue cheese dressing", False),
        ({"dislikes": ["blue cheese"]}, "Cheddar cheese", True),
        ({"diets": ["vegetarian"]}, "Pork sausages", False),
        ({"diets": ["vegetarian"]}, "Vegan sausages", True),
        ({"diets": ["vegetarian"]}, "Cheddar cheese", True),
        ({"diets": ["vegan"]}, "Cheddar cheese", False),
        ({"diets": ["vegan"]}, "Oat milk", True),
        ({"diets": ["lactose free"]}, "Vanilla ice cream", False),
        ({"diets": ["gluten free"]}, "Gluten free bread", True),
        ({"diets": ["breatharian"]}, "White bread", True),
        ({"likes": ["tea"]}, "White bread", True),
        ({"dislikes": ["?"]}, "White bread", True),
    ],
)
def test_what_suits_her(stated: dict[str, list[str]], name: str, *, suits: bool) -> None:
    assert said(**stated).suits(a(name)) is suits


def test_a_category_she_does_not_like_is_left_out_whole() -> None:
    assert not said(dislikes=["seafood"]).suits(a("Wild salmon", category="Seafood-frozen"))


def test_what_she_likes_is_told_in_her_words_the_newest_first() -> None:
    tastes = said(likes=["coffee", "decaf coffee"])
    assert tastes.liked(a("Decaf coffee, 12 oz")) == "decaf coffee"
    assert tastes.liked(a("Ground coffee, 12 oz")) == "coffee"
    assert tastes.liked(a("Green tea")) is None
