"""What she said she likes is recommended, with her own words as the reason."""

from __future__ import annotations

import pytest

from analytics.customers.tastes import tastes_of
from analytics.recommendation.liking import HEEDED, heard, liked_products, stated, with_liked
from analytics.records import Product, Reason, Recommendation


def a(name: str) -> Product:
    return Product(product_id=name, name=name, category="Food", department="Grocery")


def pick(name: str, kind: str = "popular") -> Recommendation:
    return Recommendation(product=a(name), score=0.5, reason=Reason(kind=kind, text="bought often"))  # type: ignore[arg-type]


OAT, GREEN = a("Oat milk"), a("Green tea")


def test_a_liked_thing_that_is_not_among_them_has_the_last_place_and_the_list_stays_as_long() -> None:
    tastes = tastes_of({"likes": ["oat milk"]})
    picks = with_liked([pick("Bread"), pick("Tea")], tastes, 2, [OAT], HEEDED)
    assert [one.product.name for one in picks] == ["Bread", "Oat milk"]
    assert (picks[1].reason.kind, picks[1].reason.text) == ("stated", "you told me you like oat milk")


def test_where_words_count_for_too_little_it_has_none() -> None:
    picks = [pick("Bread"), pick("Tea")]
    assert with_liked(picks, tastes_of({"likes": ["oat milk"]}), 2, [OAT], 0.9 * HEEDED) == picks


def test_where_one_is_among_them_nothing_is_put_in() -> None:
    picks = [pick("Bread"), pick("Green tea")]
    assert with_liked(picks, tastes_of({"likes": ["tea"]}), 2, [a("Black tea")], 1.0) == picks


def test_her_words_are_the_reason_for_what_she_likes() -> None:
    popular = Reason(kind="popular", text="bought often")
    assert stated(popular, GREEN, tastes_of({"likes": ["tea"]})).text == "you told me you like tea"
    assert stated(popular, OAT, tastes_of({"likes": ["tea"]})) == popular


def test_what_she_buys_says_more_than_what_she_says() -> None:
    reason = Reason(kind="buy_again", text="you buy it every week")
    assert stated(reason, GREEN, tastes_of({"likes": ["tea"]})) == reason


def test_things_are_looked_for_newest_first_and_never_what_her_diet_forbids() -> None:
    tastes = tastes_of({"likes": ["cheese", "tea"], "diets": ["vegan"]})
    found = {"tea": [GREEN, a("Sugar")], "cheese": [a("Cheddar cheese")]}
    assert liked_products(tastes, found.__getitem__) == [[GREEN], []]


def test_words_raise_what_the_ranking_knows_of_the_thing_in_proportion() -> None:
    added = heard([[OAT, a("Soy milk")]], {"Oat milk": 0.3, "Soy milk": 0.1}, 0.4)
    assert added["Oat milk"] == pytest.approx(0.4 * 0.3 / 0.4, rel=0.01)
    assert sum(added.values()) == pytest.approx(0.4)


def test_of_what_the_ranking_does_not_know_the_best_found_rises_most_and_an_older_like_less() -> None:
    added = heard([[OAT, GREEN], [a("Cocoa")]], {}, 0.4)
    assert added["Oat milk"] == pytest.approx(0.4 / 1.9)
    assert added["Green tea"] == pytest.approx(0.4 * 0.9 / 1.9)
    assert added["Cocoa"] == pytest.approx(0.4 * 0.85)
