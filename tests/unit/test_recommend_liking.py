"""What she said she likes is recommended, with her own words as the reason."""

from __future__ import annotations

from analytics.customers.tastes import tastes_of
from analytics.recommendation.liking import stated, with_liked
from analytics.records import Product, Reason, Recommendation


def a(name: str) -> Product:
    return Product(product_id=name, name=name, category="Food", department="Grocery")


def pick(name: str, kind: str = "popular") -> Recommendation:
    return Recommendation(product=a(name), score=0.5, reason=Reason(kind=kind, text="bought often"))  # type: ignore[arg-type]


def test_a_liked_thing_that_is_not_among_them_comes_first_and_the_list_stays_as_long() -> None:
    tastes = tastes_of({"likes": ["oat milk"]})
    picks = with_liked([pick("Bread"), pick("Tea")], tastes, 2, lambda _words: [a("Milk"), a("Oat milk")])
    assert [one.product.name for one in picks] == ["Oat milk", "Bread"]
    assert (picks[0].reason.kind, picks[0].reason.text) == ("stated", "you told me you like oat milk")


def test_one_among_them_gets_her_reason_and_nothing_is_looked_for() -> None:
    tastes = tastes_of({"likes": ["tea"]})
    picks = with_liked([pick("Bread"), pick("Green tea")], tastes, 2, lambda _words: [a("Black tea")])
    assert [one.reason.kind for one in picks] == ["popular", "stated"]


def test_what_she_buys_says_more_than_what_she_says() -> None:
    reason = Reason(kind="buy_again", text="you buy it every week")
    assert stated(reason, a("Green tea"), tastes_of({"likes": ["tea"]})) == reason


def test_a_liked_thing_that_her_diet_forbids_is_not_shown() -> None:
    tastes = tastes_of({"likes": ["cheese"], "diets": ["vegan"]})
    picks = with_liked([pick("Bread")], tastes, 1, lambda _words: [a("Cheddar cheese")])
    assert [one.product.name for one in picks] == ["Bread"]


def test_without_likes_nothing_changes() -> None:
    picks = [pick("Bread")]
    assert with_liked(picks, tastes_of({}), 1, lambda _words: [a("Tea")]) == picks
