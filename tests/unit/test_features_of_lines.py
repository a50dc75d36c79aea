"""Features that come from order lines, worked by hand."""

from __future__ import annotations

from datetime import timedelta

from analytics import columns as c
from tests.support.sales import NOW, features_of, order

YESTERDAY, BEFORE = NOW - timedelta(days=1), NOW - timedelta(days=2)


def test_favourites_come_most_bought_first_with_their_shares() -> None:
    ana = features_of(
        order("ana", BEFORE, 1, 0, "tea", "bread", "odd"), order("ana", YESTERDAY, 1, 0, "tea", "coffee", "card")
    )["ana"]
    # "odd" and "card" have no category: 4 of the 6 lines have one.
    assert ana[c.FAVOURITE_CATEGORIES] == ["Teas", "Breads", "Coffees"]
    assert ana[c.CATEGORY_SHARES] == [2 / 4, 1 / 4, 1 / 4]
    assert (ana[c.FAVOURITE_CATEGORY], ana[c.FAVOURITE_SHARE], ana[c.CATEGORIES_BOUGHT]) == ("Teas", 2 / 4, 3)
    assert ana[c.LINES_PER_ORDER] == 6 / 2


def test_the_favourite_department_counts_over_its_categories() -> None:
    ana = features_of(order("ana", BEFORE, 1, 0, "bread", "bread", "tea", "coffee", "coffee"))["ana"]
    assert ana[c.FAVOURITE_DEPARTMENT] == "Drinks"  # 3 of 5, though bread and coffee are equal


def test_a_category_of_two_departments_is_one_category() -> None:
    listed = [("a", "Tea", "Drinks"), ("b", "Tea", "Gifts"), ("c", "Cups", "Gifts"), ("d", None, "Gifts")]
    ana = features_of(order("ana", BEFORE, 1, 0, "a", "b", "c", "d"), products=listed)["ana"]
    assert (ana[c.FAVOURITE_CATEGORIES], ana[c.CATEGORY_SHARES]) == (["Tea", "Cups"], [2 / 3, 1 / 3])
    assert (ana[c.FAVOURITE_DEPARTMENT], ana[c.CATEGORIES_BOUGHT]) == ("Gifts", 2)


def test_of_equals_the_first_by_name_is_the_favourite() -> None:
    ana = features_of(order("ana", BEFORE, 1, 0, "tea", "coffee", "bread"))["ana"]
    assert ana[c.FAVOURITE_CATEGORIES] == ["Breads", "Coffees", "Teas"]


def test_no_more_than_five_favourites_are_told_and_all_are_counted() -> None:
    products = [f"p{number}" for number in range(7)]
    listed = [(name, f"Category {name}", "Things") for name in products]
    ana = features_of(order("ana", BEFORE, 1, 0, *products, "p6"), products=listed)["ana"]
    assert ana[c.FAVOURITE_CATEGORIES] == ["Category p6", "Category p0", "Category p1", "Category p2", "Category p3"]
    assert ana[c.CATEGORY_SHARES] == [2 / 8, 1 / 8, 1 / 8, 1 / 8, 1 / 8]
    assert ana[c.CATEGORIES_BOUGHT] == 7


def test_negative_quantities_are_products_brought_back() -> None:
    shop = features_of(order("ana", BEFORE, 1, 0, "tea", "-tea", "bread", "coffee"), order("ben", BEFORE, 1, 0, "tea"))
    assert (shop["ana"][c.RETURN_SHARE], shop["ben"][c.RETURN_SHARE]) == (1 / 4, 0)


def test_an_order_without_lines_has_no_tastes() -> None:
    ana = features_of(order("ana", BEFORE), order("ben", BEFORE, 1, 0, "odd"))["ana"]
    assert (ana[c.LINES_PER_ORDER], ana[c.CATEGORIES_BOUGHT], ana[c.RETURN_SHARE]) == (0, 0, 0)
    assert (ana[c.FAVOURITE_CATEGORY], ana[c.FAVOURITE_SHARE], ana[c.FAVOURITE_DEPARTMENT]) == (None, None, None)
    assert (ana[c.FAVOURITE_CATEGORIES], ana[c.CATEGORY_SHARES]) == ([], [])


def test_a_product_without_category_may_have_a_department() -> None:
    shop = features_of(order("ana", BEFORE, 1, 0, "card"), order("ben", BEFORE, 1, 0, "unheard of"))
    assert (shop["ana"][c.FAVOURITE_DEPARTMENT], shop["ana"][c.FAVOURITE_CATEGORY]) == ("Gifts", None)
    assert (shop["ben"][c.FAVOURITE_DEPARTMENT], shop["ben"][c.LINES_PER_ORDER]) == (None, 1)
