"""What is told of products, on both databases."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import update

from analytics.facade import Analytics, open_analytics
from analytics.records import PriceWish
from store.engine import Database
from store.tables import products
from tests.support.corner_shop import SHOP_FILE, fill_shop
from tests.support.databases import migrated_database

pytestmark = pytest.mark.integration


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def database(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Database]:
    with migrated_database(request.param, tmp_path_factory.mktemp("facts") / "rapport.db") as opened:
        fill_shop(opened)
        yield opened


@pytest.fixture
def analytics(database: Database, tmp_path: Path) -> Analytics:
    return open_analytics(database, tmp_path, SHOP_FILE)


def test_facts_come_in_the_order_asked_for_each_once_and_unknown_ones_not_at_all(analytics: Analytics) -> None:
    facts = analytics.product_facts(["pizza", "nothing", "milk", "pizza"])
    assert [one.product.product_id for one in facts] == ["pizza", "milk"]
    assert facts[0].unit_price is not None
    assert (round(facts[0].unit_price.amount, 3), facts[0].unit_price.unit) == (0.182, "oz")
    assert [one.times_bought for one in facts] == [0, 0]


def test_what_the_shop_tells_of_a_product_comes_with_its_facts_alone(database: Database, analytics: Analytics) -> None:
    with database.write() as connection:
        connection.execute(
            update(products).where(products.c.product_id == "pizza").values(description="Baked on stone.")
        )
    assert [one.description for one in analytics.product_facts(["pizza"])] == ["Baked on stone."]
    assert [one.description for one in analytics.product_facts(["milk"])] == [""]
    assert [one.description for one in analytics.product_facts(["pizza", "milk"])] == ["", ""]


def test_her_own_purchases_count_only_while_they_may_be_used(analytics: Analytics) -> None:
    assert [one.times_bought for one in analytics.product_facts(["decaf", "shampoo"], customer_id="ana")] == [2, 1]
    accounts = analytics.account_service()
    accounts.decide("ana", {"personalisation": False}, "k")
    assert [one.times_bought for one in analytics.product_facts(["decaf"], customer_id="ana")] == [0]
    assert analytics.product_facts([]) == []


def test_what_goes_with_pasta_is_what_lies_in_its_baskets(analytics: Analytics) -> None:
    found = analytics.goes_with(["pasta"])
    assert {one.product.product_id for one in found} == {"sauce", "cheese"}
    assert all("baskets with spaghetti" in one.reason.text for one in found)
    assert [one.product.product_id for one in analytics.goes_with(["pasta"], exclude=frozenset({"sauce"}))] == [
        "cheese"
    ]
    assert analytics.goes_with(["nothing"]) == analytics.goes_with([]) == []


def test_what_stands_in_is_of_its_category_in_stock_and_not_discreet(analytics: Analytics) -> None:
    assert [one.product.product_id for one in analytics.substitutes("tea")] == ["greentea"]
    assert analytics.substitutes("greentea") == [], "the other tea is sold out"
    assert [one.product.product_id for one in analytics.substitutes("decaf", cheaper=True)] == ["coffee"]
    assert analytics.substitutes("coffee", cheaper=True) == []
    assert analytics.substitutes("wine") == analytics.substitutes("nothing") == []


def test_a_price_is_kept_to_and_what_is_sold_out_is_left_out(analytics: Analytics) -> None:
    def found(text: str, **price: object) -> list[str]:
        return [one.product_id for one in analytics.search_products(text, price=PriceWish(**price))]  # type: ignore[arg-type]

    assert found("coffee", most=7) == ["coffee"]
    assert found("coffee", least=7) == ["decaf"]
    assert found("coffee", order="cheapest") == ["coffee", "decaf"]
    assert found("coffee", order="dearest") == ["decaf", "coffee"]
    assert found("ginger tea", most=5) == found("coffee", most=1) == found("skis", most=1) == []
