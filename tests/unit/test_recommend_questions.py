"""What a newcomer is asked: what tells the shop's customers apart, out of its own range."""

from __future__ import annotations

from pathlib import Path

import pytest

from analytics.jobs.build_recommender import build_recommender
from analytics.recommendation.questions import Appeal, taste_questions
from analytics.recommendation_records import TasteQuestion
from analytics.service import ShopAnalytics
from tests.support.shop_analytics import analytics_of
from tests.support.shop_in_memory import NOW, SmallShop

CATEGORIES = {
    "Tea": ("Drinks", Appeal(0.4, 0.1)),
    "Coffee": ("Drinks", Appeal(0.5, 0.2)),
    "Dog food": ("Pets", Appeal(0.2, 0.1)),
}


def titles(question: TasteQuestion) -> list[str]:
    return [answer.title for answer in question.answers]


def test_the_most_telling_departments_are_offered_what_is_in_most_baskets_first() -> None:
    appeals = {f"d{number}": Appeal(number / 10, number * (10 - number) / 100) for number in range(1, 11)}
    (question,) = taste_questions(appeals, {})
    assert question.kind == "department"
    assert titles(question) == ["d8", "d7", "d6", "d5", "d4", "d3"]


def test_the_second_question_names_one_category_of_each_department() -> None:
    _, second = taste_questions({"Drinks": Appeal(0.6, 0.2), "Pets": Appeal(0.2, 0.1)}, CATEGORIES)
    assert titles(second) == ["Coffee", "Dog food"]


def test_an_answered_department_is_asked_about_within() -> None:
    (question,) = taste_questions({"Drinks": Appeal(0.6, 0.2), "Pets": Appeal(0.2, 0.1)}, CATEGORIES, ("drinks",))
    assert (question.kind, question.about, titles(question)) == ("category", "Drinks", ["Coffee", "Tea"])


def test_a_range_of_one_shelf_asks_nothing() -> None:
    assert taste_questions({"Food": Appeal(1.0, 0.0)}, {"Milk": ("Food", Appeal(1.0, 0.0))}) == []


@pytest.fixture
def analytics(tmp_path: Path) -> ShopAnalytics:
    """Four customers: all buy milk, two of them tea, one dog food; cigars are bought by two, and are discreet."""
    shop = SmallShop()
    for product_id, department in {"milk": "Dairy", "tea": "Drinks", "bone": "Pets", "cigar": "Smoking"}.items():
        category = "Tobacco" if product_id == "cigar" else f"{product_id} shelf"
        shop.product(product_id, product_id.capitalize(), category=category, department=department)
    for number, more in enumerate([["tea"], ["tea", "cigar"], ["bone", "cigar"], []]):
        shop.customer(f"c{number}")
        shop.order(f"c{number}", ["milk", *more], days=3)
    shop.customer("newcomer")
    build_recommender(shop.database, tmp_path, NOW, lambda _step, _share: None)
    return analytics_of(shop, tmp_path)


def test_a_share_is_that_of_her_baskets_and_what_everybody_has_in_each_tells_nothing(analytics: ShopAnalytics) -> None:
    shelves = analytics._recommender.shelves().by_category
    assert shelves["milk shelf"].appeal == Appeal(1.0, 0.0)
    assert shelves["tea shelf"].appeal == pytest.approx(Appeal(2 / 4, 2 / 4 - (2 / 4) ** 2))
    assert shelves["bone shelf"].of_department == pytest.approx(Appeal(1 / 4, 1 / 4 - (1 / 4) ** 2))


def test_a_visitor_and_a_newcomer_are_asked_out_of_what_the_shop_sells(analytics: ShopAnalytics) -> None:
    first, second = analytics.taste_questions(None)
    assert titles(first) == ["Dairy", "Drinks", "Pets"]
    assert titles(second) == ["milk shelf", "tea shelf", "bone shelf"]
    assert analytics.taste_questions("newcomer") == [first, second]


def test_a_customer_whose_orders_may_be_used_is_not_asked(analytics: ShopAnalytics) -> None:
    assert analytics.taste_questions("c0") == []
    analytics.account_service().decide("c0", {"personalisation": False}, "c:1")
    assert analytics.taste_questions("c0") == analytics.taste_questions(None)
