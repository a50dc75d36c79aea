"""Finding products by the words customers use."""

from __future__ import annotations

from pathlib import Path

import pytest

from analytics.catalogue.synonyms import load_synonyms
from analytics.service import ShopAnalytics
from analytics.shop.loader import ShopFileError
from tests.support.shop_analytics import analytics_of
from tests.support.shop_in_memory import SmallShop

SYNONYMS = """
nappies: diapers
soda: [soft drink, cola]
"""

#: Name, category, times sold.
CATALOGUE = [
    ("Ground coffee, 12 oz", "Coffee", 50),
    ("Decaf ground coffee, 12 oz", "Coffee", 5),
    ("Coffee filters", "Coffee filters", 80),
    ("Diapers, 30 ct", "Baby", 40),
    ("Kids cereal, 13 oz", "Cold cereal", 30),
    ("Adult cereal, 13 oz", "Cold cereal", 60),
    ("White milk, 1 gal", "Milk", 90),
    ("White milk, 1 gal, variety 2", "Milk", 70),
    ("White milk, 1 qt", "Milk", 20),
    ("White bread, 20 oz", "Bread", 90),
    ("Gluten free cookies", "Cookies", 3),
    ("Cream soft drink", "Drinks", 9),
]


@pytest.fixture
def shop() -> SmallShop:
    shop = SmallShop()
    for number, (name, category, sold) in enumerate(CATALOGUE):
        size = name.split(", ")[1] if ", " in name else None
        shop.product(f"p{number}", name, category=category, times_sold=sold, size=size)
    shop.customer("ana")
    return shop


@pytest.fixture
def analytics(shop: SmallShop, tmp_path: Path) -> ShopAnalytics:
    (tmp_path / "synonyms.yml").write_text(SYNONYMS)
    return analytics_of(shop, tmp_path)


def names(analytics: ShopAnalytics, text: str, **more: object) -> list[str]:
    return [product.name for product in analytics.search_products(text, **more)]  # type: ignore[arg-type]


def test_the_thing_asked_for_comes_before_things_that_serve_it(analytics: ShopAnalytics) -> None:
    assert names(analytics, "coffee")[0] == "Ground coffee, 12 oz"


def test_a_strict_word_is_kept_to(analytics: ShopAnalytics) -> None:
    assert names(analytics, "Do you have decaf coffee?") == ["Decaf ground coffee, 12 oz"]
    assert names(analytics, "kids cereal") == ["Kids cereal, 13 oz"]


@pytest.mark.parametrize(
    "text", ["gluten free bread", "bread without gluten", "car insurance", "milk tractor", "", "anything?", "free"]
)
def test_nothing_fitting_gives_nothing(analytics: ShopAnalytics, text: str) -> None:
    assert "White bread, 20 oz" not in names(analytics, text)
    assert "White milk, 1 gal" not in names(analytics, text)


def test_an_unknown_describing_word_does_not_hide_the_thing(analytics: ShopAnalytics) -> None:
    assert names(analytics, "kenyan coffee")[0] == "Ground coffee, 12 oz"


@pytest.mark.parametrize("text", ["nappies", "nappy", "diaper", "daipers"])
def test_synonyms_plurals_and_one_slip_find_the_same(analytics: ShopAnalytics, text: str) -> None:
    assert names(analytics, text) == ["Diapers, 30 ct"]


def test_one_of_several_meanings_is_enough(analytics: ShopAnalytics) -> None:
    assert names(analytics, "soda") == ["Cream soft drink"]


def test_varieties_are_shown_once_and_sizes_after_other_kinds(analytics: ShopAnalytics) -> None:
    assert names(analytics, "milk", limit=5) == ["White milk, 1 gal", "White milk, 1 qt"]


def test_in_stock_comes_before_out_of_stock(shop: SmallShop, analytics: ShopAnalytics) -> None:
    shop.change_product("p6", in_stock=False)
    assert names(analytics, "milk") == ["White milk, 1 gal, variety 2", "White milk, 1 qt"]
    shop.change_product("p7", in_stock=False)
    assert names(analytics, "milk") == ["White milk, 1 qt", "White milk, 1 gal"]


def test_what_she_buys_comes_first_among_what_fits_alike(shop: SmallShop, analytics: ShopAnalytics) -> None:
    assert names(analytics, "cereal", customer_id="ana") == ["Adult cereal, 13 oz", "Kids cereal, 13 oz"]
    shop.order("ana", ["p4"], days=3)
    assert names(analytics, "cereal", customer_id="ana") == ["Kids cereal, 13 oz", "Adult cereal, 13 oz"]


def test_products_never_priced_are_not_found(shop: SmallShop, analytics: ShopAnalytics) -> None:
    shop.product("x", "Coffee machine rental", category="Coffee", price=None)
    shop.imported()
    assert "Coffee machine rental" not in names(analytics, "coffee", limit=20)


def test_an_import_is_noticed(shop: SmallShop, analytics: ShopAnalytics) -> None:
    assert names(analytics, "tea") == []
    shop.product("tea", "Green tea", category="Tea")
    shop.imported()
    assert names(analytics, "tea") == ["Green tea"]


def test_no_more_than_asked_for(analytics: ShopAnalytics) -> None:
    assert len(names(analytics, "coffee", limit=1)) == 1
    assert names(analytics, "coffee", limit=0) == []


@pytest.mark.parametrize("content", ["- a list", "word: {a: b}", "word: [1]", "word: ["])
def test_a_wrong_synonym_file_is_refused_with_its_name(tmp_path: Path, content: str) -> None:
    file = tmp_path / "synonyms.yml"
    file.write_text(content)
    with pytest.raises(ShopFileError, match=r"synonyms\.yml"):
        load_synonyms(file)


def test_a_shop_needs_no_synonyms(tmp_path: Path) -> None:
    assert load_synonyms(tmp_path / "synonyms.yml") == {}
