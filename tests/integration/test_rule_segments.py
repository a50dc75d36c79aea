"""Hand-made segments on both databases: one query finds the same customers as deciding one by one."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import insert

from analytics.segmentation.rules.reading import rule_segments, rule_segments_of
from store.engine import Database
from store.repositories.rule_members import count_members, members_of
from store.repositories.rule_segments import all_rules, remove_rule, save_rule
from store.tables import customer_features, customers, events, orders, predictions
from tests.support.small_shop import empty_database

NOW = datetime(2026, 5, 3, 12, tzinfo=UTC)
PEOPLE = {
    "anna": ({"city": "Leeds", "age": 41, "vip": True}, 12.5, 6, 240.0, {"basket_value": 40.0}, 1),
    "bert": ({"city": "York", "age": "unknown"}, 80.0, 2, 31.5, {"basket_value": 15.75}, 2),
    "cleo": ({"city": None}, 3.0, 1, 9.0, {}, 2),
    "dora": ({}, None, None, None, None, None),
}
CONDITIONS: dict[str, dict[str, Any]] = {
    "often": {"feature": "frequency", "at_least": 2},
    "big baskets": {"feature": "basket_value", "at_least": 20},
    "no basket known": {"feature": "basket_value", "known": False},
    "from leeds": {"trait": "city", "is": "leeds"},
    "not from leeds": {"not": {"trait": "city", "is": "Leeds"}},
    "city known": {"trait": "city", "known": True},
    "of age": {"trait": "age", "at_least": 18},
    "age 41": {"trait": "age", "is": 41},
    "vip": {"trait": "vip", "is": True},
    "viewed lately": {"event": "Product Viewed", "at_least": 2, "within_days": 7},
    "never viewed": {"event": "Product Viewed", "at_most": 0},
    "ordered": {"event": "Order Completed"},
    "of two": {"segment": 2},
    "these days": {"time": {"from": "2026-05-03"}},
    "worth winning back": {"all": [{"prediction": "churn", "at_least": 0.5}, {"prediction": "value", "at_most": 90}]},
    "by chance": {"bucket": {"name": "test", "from": 0, "to": 50}},
    "mixed": {"all": [{"any": [{"segment": 1}, {"segment": 2}]}, {"feature": "recency_days", "at_most": 20}]},
}


@pytest.fixture(params=["sqlite", "postgresql"])
def database(request: pytest.FixtureRequest) -> Iterator[Database]:
    with empty_database(request.param) as made:
        with made.write() as connection:
            connection.execute(
                insert(customers), [{"customer_id": name, "traits": about[0]} for name, about in PEOPLE.items()]
            )
            connection.execute(
                insert(customer_features),
                [
                    {"customer_id": name, "recency_days": about[1], "frequency": about[2], "monetary": about[3],
                     "behaviour": about[4], "segment_id": about[5], "computed_at": NOW}
                    for name, about in PEOPLE.items() if about[1] is not None
                ],
            )  # fmt: skip
            connection.execute(
                insert(events),
                [
                    {"message_id": f"m{number}", "type": "track", "name": "Product Viewed", "customer_id": name,
                     "channel": "web", "source": "shop", "occurred_at": NOW - timedelta(days=days),
                     "received_at": NOW, "properties": {}}
                    for number, (name, days) in enumerate([("anna", 1), ("anna", 2), ("bert", 1), ("bert", 30)])
                ],
            )  # fmt: skip
            connection.execute(
                insert(orders),
                [{"order_id": "o1", "customer_id": "cleo", "placed_at": NOW, "total": 9.0, "discount": 0.0}],
            )
            connection.execute(
                insert(predictions),
                [
                    {"customer_id": name, "listed": [], "churn": churn, "value": 50.0, "at_risk": 0.0,
                     "model_version": "1", "made_at": NOW}
                    for name, churn in (("anna", 0.4), ("bert", 0.8), ("cleo", None))
                ],
            )  # fmt: skip
        yield made


def test_one_query_finds_whom_deciding_one_by_one_finds(database: Database) -> None:
    with database.write() as connection:
        for name, condition in CONDITIONS.items():
            assert save_rule(connection, name, condition, NOW)
        found = {name: set(members_of(connection, condition, NOW)) for name, condition in CONDITIONS.items()}
        singly = {customer: set(rule_segments_of(connection, customer, NOW)) for customer in PEOPLE}
    assert {customer: {name for name in found if customer in found[name]} for customer in PEOPLE} == singly
    assert found["often"] == {"anna", "bert"}
    assert found["not from leeds"] == {"bert", "cleo", "dora"}  # who has no city is not from Leeds either
    assert found["of age"] == found["age 41"] == found["vip"] == {"anna"}
    assert found["viewed lately"] == {"anna"}
    assert found["worth winning back"] == {"bert"}
    assert found["ordered"] == {"cleo"}
    assert found["mixed"] == {"anna", "cleo"}


def test_rules_are_kept_changed_counted_and_removed(database: Database) -> None:
    with database.write() as connection:
        assert save_rule(connection, "often", CONDITIONS["often"], NOW)
        assert not save_rule(connection, "often", CONDITIONS["of two"], NOW + timedelta(days=1))
        (row,) = all_rules(connection)
        assert (row.condition, row.created_at) == ({"segment": 2}, NOW)
        assert [(one.name, one.text, one.customers) for one in rule_segments(connection, NOW, count=True)] == [
            ("often", "in segment 2", 2)
        ]
        assert count_members(connection, {"any": [{"segment": 9}]}, NOW) == 0
        assert remove_rule(connection, "often")
        assert not remove_rule(connection, "often")
        assert rule_segments_of(connection, "anna", NOW) == ()
