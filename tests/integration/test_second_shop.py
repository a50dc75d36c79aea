"""The second shop (tau_retail): its file and pages always; its data, all of them, where they are present."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from analytics.facade import Analytics, open_analytics
from analytics.help.pages import load_help
from analytics.importing.mapping import load_mapping
from analytics.jobs.import_shop import import_shop
from analytics.shop.loader import load_shop
from rapport.paths import PROJECT
from store.engine import Database
from store.memory import memory_database
from tests.support.order_store import stored
from tests.support.public_data import FOLDER, needs

pytestmark = pytest.mark.integration

SHOP = PROJECT / "rapport/shops/tau_retail"
NOW = datetime(2026, 5, 4, 12, tzinfo=UTC)


def told(name: str) -> dict[str, Any]:
    return dict(json.loads((FOLDER / "tau_retail" / f"{name}.json").read_text(encoding="utf-8")))


@pytest.fixture(scope="module")
def database() -> Iterator[Database]:
    made = memory_database()
    import_shop(made, SHOP / "mapping.yml", lambda *_: None, NOW)
    yield made
    made.close()


@pytest.fixture
def analytics(database: Database, tmp_path: Path) -> Analytics:
    return open_analytics(database, tmp_path, SHOP / "shop.yml")


def test_its_file_mapping_and_pages_are_good() -> None:
    shop = load_shop(SHOP / "shop.yml")
    assert shop.order_policy.cancel_reasons == ("no longer needed", "ordered by mistake")
    assert load_mapping(SHOP / "mapping.yml").shop == "tau_retail"
    assert len(load_help(SHOP / "help")) == 4


@needs("tau_retail")
def test_everything_in_the_files_is_in_the_store(database: Database) -> None:
    orders = told("orders")
    variants = {key for product in told("products").values() for key in product["variants"]}
    assert {row[0] for row in stored(database, "customers", "customer_id")} == told("users").keys()
    assert {row[0] for row in stored(database, "products", "product_id")} == variants
    assert {f"#{row[0]}" for row in stored(database, "orders", "order_id")} == orders.keys()
    bought = Counter((key[1:], item["item_id"]) for key, order in orders.items() for item in order["items"])
    assert Counter(stored(database, "order_lines", "order_id", "product_id")) == bought


@needs("tau_retail")
def test_money_and_stock_are_those_of_the_files(database: Database) -> None:
    paid = {key[1:]: order["payment_history"][0]["amount"] for key, order in told("orders").items()}
    assert dict(stored(database, "orders", "order_id", "total")) == pytest.approx(paid)
    for product in told("products").values():
        assert product["name"] in {row[0] for row in stored(database, "products", "category")}
    there = {
        key: (variant["price"], variant["available"])
        for product in told("products").values()
        for key, variant in product["variants"].items()
    }
    assert {
        key: (price, has) for key, price, has in stored(database, "products", "product_id", "price", "in_stock")
    } == there


@needs("tau_retail")
def test_only_a_pending_order_is_still_in_preparation(database: Database, analytics: Analytics) -> None:
    states: Counter[tuple[str, str]] = Counter()
    for key, order in told("orders").items():
        found = analytics.order(key[1:], order["user_id"])
        assert found is not None
        states[order["status"], found.state] += 1
    assert states == {
        ("pending", "being_prepared"): 423,
        ("processed", "on_its_way"): 102,
        ("delivered", "delivered"): 373,
        ("cancelled", "cancelled"): 102,
    }


@needs("tau_retail")
def test_things_are_found_by_their_kind_and_options(analytics: Analytics) -> None:
    assert analytics.search_products("black t-shirt size S")[0].name == "T-Shirt, black, S, polyester, crew neck"


@needs("tau_retail")
def test_no_two_products_share_a_name_and_none_says_no(database: Database) -> None:
    names = [row[0] for row in stored(database, "products", "name")]
    assert len(set(names)) == len(names) == 591
    assert not any(name.endswith((", no", ", none")) for name in names)
