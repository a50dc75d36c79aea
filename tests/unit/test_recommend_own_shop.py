"""`rapport bench recommend --part own_shop`: the installation's own orders, cut and asked as the public shops are."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import numpy as np
import pytest

from analytics.recommendation.purchases import Purchases, Range
from benchmarks.recommend_bench import run
from benchmarks.recommending import own_shop
from benchmarks.recommending.own_shop import by_kinds, cut_of, shop_of
from rapport.benches import checked
from tests.support.databases import migrated_file
from tests.support.shop_in_memory import SmallShop

END = datetime(2026, 3, 1)  # noqa: DTZ001  (naive, as in the tables)


@pytest.fixture
def shop() -> SmallShop:
    """Twelve weeks: ana and ben come every week, last yesterday; cy comes once, in the last of them."""
    shop = SmallShop()
    for product_id in ("milk", "bread", "eggs"):
        shop.product(product_id, product_id.capitalize(), category=f"{product_id} shelf")
    for customer in ("ana", "ben", "cy"):
        shop.customer(customer)
    for week in range(12):
        shop.order("ana", ["milk", "bread"], days=2 + 7 * week)
        shop.order("ben", ["milk", "eggs"], days=1 + 7 * week)
    shop.order("cy", ["eggs"], days=3)
    return shop


def test_a_quarter_of_the_orders_time_is_foretold(shop: SmallShop) -> None:
    with shop.database.read() as connection:
        cut = cut_of(shop_of(connection))
    span = (2 + 7 * 11) - 1
    assert cut.known.purchases.age.min() == pytest.approx(22 - 1 - span / 4, abs=0.01)
    assert cut.orders.tolist() == [12 - 3, 12 - 3]
    assert len(cut.wanted) == 2
    assert cut.newcomers == (frozenset({int(cut.known.on_sale.products.searchsorted("eggs"))}),)


def test_what_reads_the_same_is_one_product(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(own_shop, "MOST_PRODUCTS", 2)
    purchases = Purchases(
        customers=np.array(["ana"]),
        customer=np.zeros(6, np.int32),
        product=np.array([0, 1, 2, 3, 3, 0], np.int32),
        basket=np.arange(6, dtype=np.int32),
        age=np.arange(6, dtype=np.float32),
    )
    on_sale = Range(
        products=np.array(["red a", "tea", "red b", "jam"]),
        groups=np.array([7, 9, 7, 8], np.int32),
        categories=np.array([1, 0, 1, 2], np.int32),
        texts=("red", "tea", "red", "jam"),
    )
    shop = by_kinds(purchases, on_sale, END)
    assert shop.on_sale.products.tolist() == ["red a", "jam"]
    assert shop.purchases.product.tolist() == [0, 0, 1, 1, 0]
    assert shop.on_sale.texts == ("red", "jam")
    assert shop.words == ("1", "2")


def test_a_shop_that_cannot_be_cut_says_why(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("RAPPORT_HOME", str(tmp_path))
    monkeypatch.setenv("RAPPORT_DATABASE_URL", f"sqlite:///{tmp_path / 'rapport.db'}")

    def reason() -> str:
        result = checked("recommend", run(quick=True, parts=["own_shop"]))
        assert result.figures == {}
        return str(result.sizes["own_shop_skipped"])

    assert "run `rapport migrate`" in reason()
    migrated_file(tmp_path / "rapport.db").close()
    assert "no orders are imported: run `rapport import` first" in reason()

    young = SmallShop()
    young.product("milk", "Milk", category="milk shelf")
    young.customer("ana")
    young.order("ana", ["milk"], days=27)
    young.order("ana", ["milk"], days=0)
    with young.database.read() as connection, pytest.raises(FileNotFoundError, match="less than 28 days"):
        cut_of(shop_of(connection))
