"""Customer features: hand-computed for a tiny shop, on both databases."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import delete, insert, select, update

from analytics.jobs.build_features import FeaturesReport, build_features
from store.engine import Database
from store.memory import memory_database
from store.repositories.profiles import FeaturesRow, features_row
from store.tables import customer_features, customers, offers, order_lines, orders, products
from tests.support.small_shop import NOW, imported, write_shop


def built(database: Database, now: datetime = NOW, timezone: str = "UTC") -> FeaturesReport:
    return build_features(database, now, lambda _step, _share: None, timezone=timezone)


def features(database: Database, customer_id: str) -> FeaturesRow:
    with database.read() as connection:
        row = features_row(connection, customer_id)
    assert row is not None
    return row


def shop_of(*placed: tuple[str, str, datetime, float, float]) -> Database:
    """Make a shop from orders of one product: (order id, customer id, moment, total, discount)."""
    database = memory_database()
    with database.write() as connection:
        names = sorted({order[1] for order in placed})
        connection.execute(insert(customers), [{"customer_id": name, "traits": {}} for name in names])
        connection.execute(
            insert(products).values(product_id="p", name="Tea", category="Teas", department="Grocery", price=1)
        )
        keys = ("order_id", "customer_id", "placed_at", "total", "discount")
        connection.execute(insert(orders), [dict(zip(keys, order, strict=True)) for order in placed])
        lines: list[dict[str, Any]] = [
            {"order_id": order[0], "line": 1, "product_id": "p", "quantity": 1, "amount": order[3]} for order in placed
        ]
        connection.execute(insert(order_lines), lines)
    return database


def test_recency_frequency_and_money_are_counted_from_now(database: Database, tmp_path: Path) -> None:
    imported(database, write_shop(tmp_path))
    assert built(database).customers == 2
    ana = features(database, "ana")
    days = (NOW - datetime(2026, 3, 7, 18, 30, tzinfo=UTC)) / timedelta(days=1)
    assert ana.recency_days == pytest.approx(days, abs=0.001)
    assert (ana.frequency, ana.monetary) == (2, 26 + 10)
    assert (ana.computed_at, ana.segment_id) == (NOW, None)


def test_in_data_that_ended_long_ago_days_are_counted_from_their_last_order(database: Database, tmp_path: Path) -> None:
    imported(database, write_shop(tmp_path))
    built(database, NOW + timedelta(days=5549))
    ana, ben = features(database, "ana"), features(database, "ben")
    latest = datetime(2026, 3, 10, tzinfo=UTC)  # Ben's
    assert ben.recency_days == 0
    days = (latest - datetime(2026, 3, 7, 18, 30, tzinfo=UTC)) / timedelta(days=1)
    assert ana.recency_days == pytest.approx(days, abs=0.001)
    assert ana.behaviour["orders_last_30_days"] == 1
    assert ana.behaviour["tenure_days"] == round((latest - datetime(2026, 1, 5, 10, tzinfo=UTC)) / timedelta(days=1), 1)
    assert ana.computed_at == NOW + timedelta(days=5549)


def test_behaviour_tells_habits_in_readable_keys(database: Database, tmp_path: Path) -> None:
    imported(database, write_shop(tmp_path))
    built(database)
    ana = features(database, "ana").behaviour
    gap = (datetime(2026, 3, 7, 18, 30) - datetime(2026, 1, 5, 10)) / timedelta(days=1)  # noqa: DTZ001
    assert ana == {
        "basket_value": (26 + 10) / 2,
        "biggest_basket": 26,
        "days_between_orders": round(gap, 1),
        "tenure_days": round((NOW - datetime(2026, 1, 5, 10, tzinfo=UTC)) / timedelta(days=1), 1),
        "discount_share": round(1 / (36 + 1), 3),
        "return_share": 0,
        "weekend_share": 1 / 2,  # 7 March 2026 is a Saturday
        "first_order": "2026-01-05",
        "last_order": "2026-03-07",
        "orders_last_30_days": 1,
        "orders_last_90_days": 2,
        "orders_last_180_days": 2,
        "orders_90_days_before": 0,
        "order_trend": (2 - 0) / (2 + 0),
        "spent_last_90_days": 26 + 10,
        "lines_per_order": (2 + 2) / 2,
        "usual_hour": 10,
        "usual_time": "evening",
        "favourite_department": "Food",
        "favourite_category": "Breakfast cereal",  # the gift card is nobody's taste
        "favourite_categories": ["Breakfast cereal"],
        "category_shares": [1],
        "categories_bought": 1,
        "recency_score": 3,
        "frequency_score": 5,
        "monetary_score": 5,
    }


def test_a_single_order_has_no_days_between(database: Database, tmp_path: Path) -> None:
    imported(database, write_shop(tmp_path))
    built(database)
    assert "days_between_orders" not in features(database, "ben").behaviour


def test_hours_and_weekends_are_told_in_the_shops_zone() -> None:
    database = shop_of(("o1", "ana", datetime(2026, 3, 8, 3, 30, tzinfo=UTC), 5, 0))  # Saturday evening in New York
    built(database, timezone="America/New_York")
    behaviour = features(database, "ana").behaviour
    assert (behaviour["usual_hour"], behaviour["usual_time"], behaviour["last_order"]) == (22, "night", "2026-03-07")
    assert behaviour["weekend_share"] == 1


def test_scores_are_quintiles_and_equal_values_score_alike() -> None:
    orders_of = [(f"o{n}", f"c{n}", NOW - timedelta(days=n), float(10 * n), 0.0) for n in range(1, 6)]
    database = shop_of(*orders_of)
    built(database)
    scores = [features(database, f"c{n}").behaviour for n in range(1, 6)]
    assert [score["recency_score"] for score in scores] == [5, 4, 3, 2, 1]
    assert [score["monetary_score"] for score in scores] == [1, 2, 3, 4, 5]
    assert {score["frequency_score"] for score in scores} == {5}


def test_an_order_after_the_moment_of_computing_is_not_counted() -> None:
    database = shop_of(("o1", "ana", NOW - timedelta(days=1), 5, 0), ("o2", "ana", NOW + timedelta(days=1), 7, 0))
    built(database)
    assert (features(database, "ana").frequency, features(database, "ana").monetary) == (1, 5)


def test_an_empty_shop_has_no_features(database: Database) -> None:
    report = built(database)
    assert (report.customers, report.orders) == (0, 0)


def test_computing_again_keeps_the_segment_and_forgets_who_has_no_orders_left() -> None:
    database = shop_of(("o1", "ana", NOW - timedelta(days=1), 5, 0), ("o2", "ben", NOW - timedelta(days=1), 7, 0))
    built(database)
    with database.write() as connection:
        connection.execute(update(customer_features).values(segment_id=3, model_version="v"))
        connection.execute(delete(order_lines).where(order_lines.c.order_id == "o2"))
        connection.execute(delete(orders).where(orders.c.order_id == "o2"))
    assert built(database, NOW + timedelta(days=1)).customers == 1
    assert features(database, "ana").segment_id == 3
    assert features(database, "ana").recency_days == 2
    with database.read() as connection:
        assert features_row(connection, "ben") is None


def test_offers_open_and_close_as_days_go_by(database: Database, tmp_path: Path) -> None:
    imported(database, write_shop(tmp_path))
    active = []
    for moment in (NOW, NOW + timedelta(days=1), datetime(2026, 1, 15, tzinfo=UTC)):
        built(database, moment)
        with database.read() as connection:
            active.append(dict(tuple(row) for row in connection.execute(select(offers.c.offer_id, offers.c.active))))
    assert active == [{"c1": True, "c2": False}, {"c1": False, "c2": False}, {"c1": False, "c2": True}]
