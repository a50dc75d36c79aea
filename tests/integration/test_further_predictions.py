"""The job tells what comes next of every customer, beside churn, orders and value."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

from sqlalchemy import insert

from analytics.jobs.build_predictions import build_predictions
from analytics.prediction.bayes_logistic import Logistic
from analytics.prediction.further import FURTHER, INTENT
from analytics.prediction.making import Material
from analytics.prediction.reading import predictions_of
from analytics.workspace import open_workspace
from store.engine import Database
from store.memory import memory_database
from store.tables import (
    conversations,
    customers,
    messages,
    offer_products,
    offers,
    order_lines,
    orders,
    products,
    redemptions,
    turns,
)

NOW = datetime(2026, 5, 3, 12, tzinfo=UTC)


def shop() -> Database:
    """Ten customers with weekly orders of milk, a campaign that half of them answered, and one who writes."""
    database = memory_database()
    names = [f"c{number}" for number in range(10)]
    placed = [(f"{name}-{week}", name, NOW - timedelta(days=7 * week + 1)) for name in names for week in range(12)]
    with database.write() as connection:
        connection.execute(insert(customers), [{"customer_id": name, "traits": {}} for name in [*names, "visitor"]])
        connection.execute(
            insert(products).values(product_id="m", name="Milk", category="Milk", department="Dairy", price=1)
        )
        connection.execute(
            insert(orders),
            [{"order_id": o, "customer_id": c, "placed_at": at, "total": 9, "discount": 0} for o, c, at in placed],
        )
        lines = [
            {"order_id": order, "line": 1, "product_id": "m", "quantity": 1, "amount": 9, "discount": 0}
            for order, _, _ in placed
        ]
        connection.execute(insert(order_lines), lines)
        began, ended = NOW - timedelta(days=40), NOW - timedelta(days=20)
        connection.execute(
            insert(offers).values(
                offer_id="o", title="Milk", kind="coupon", campaign_id="c", starts_at=began, ends_at=ended, rules={}
            )
        )
        connection.execute(insert(offer_products).values(offer_id="o", product_id="m"))
        answers = [
            {"customer_id": name, "offer_id": "o", "redeemed_at": NOW - timedelta(days=30)} for name in names[:5]
        ]
        connection.execute(insert(redemptions), answers)
        ids = {"conversation_id": "v", "message_id": "m"}
        at = NOW - timedelta(days=1)
        connection.execute(
            insert(conversations).values(
                conversation_id="v", channel="telegram", customer_id="c1", created_at=at, last_message_at=at
            )
        )
        connection.execute(insert(messages).values(**ids, seq=1, author="customer", text="hello", created_at=at))
        connection.execute(
            insert(turns).values(
                turn_id="t", **ids, customer_id="c1", intent="greet", outcome="answered", created_at=at
            )
        )
    return database


def test_a_customer_gets_every_kind_with_its_range_and_reason(tmp_path: Path) -> None:
    database = shop()
    build_predictions(database, tmp_path, NOW, lambda _step, _share: None)
    with database.read() as connection:
        found = predictions_of(connection, "c1")
    assert found is not None
    assert [one.kind for one in found.listed] == [
        "churn", "orders", "value", "next_order", "next_category", "answer", "best_hour", "best_channel",
    ]  # fmt: skip
    assert all(one.low <= one.value <= one.high and one.reason for one in found.listed)
    told = {one.kind: one for one in found.listed}
    assert told["next_order"].reason == "orders about every 7 days, last on 2 May"
    assert told["next_category"].label == "Milk"
    answered, bought = told["answer"].reason.split("; ")
    assert answered == "answered 1 of 1 campaign, the last 30 days ago"
    assert bought == "bought 12 things of its kind in 90 days"
    assert (told["best_channel"].label, told["best_hour"].kind) == ("telegram", "best_hour")


def test_the_intent_of_sessions_goes_into_the_artifact_as_arrays() -> None:
    with open_workspace() as sales:
        sales.execute("CREATE TABLE orders (customer_id VARCHAR, placed_at TIMESTAMP)")
        made = FURTHER[-1](Material(sales=sales, database=shop(), now=NOW))
    arrays = {name.removeprefix(INTENT): values for name, values in made.arrays.items()}
    assert Logistic.from_arrays(arrays).rows == 0
    assert made.predictions == {}


def test_without_a_database_there_are_no_answers_and_no_intent() -> None:
    with open_workspace() as sales:
        sales.execute("CREATE TABLE orders (order_id VARCHAR, customer_id VARCHAR, placed_at TIMESTAMP, total DOUBLE)")
        material = Material(sales=sales, database=None, now=NOW)
        assert FURTHER[2](material).predictions == {}
        assert FURTHER[4](material).arrays == {}
