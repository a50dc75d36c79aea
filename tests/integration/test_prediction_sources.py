"""Campaigns and sessions out of both databases, as predictions learn from them."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import insert

from analytics.features.sales import load_sales
from analytics.prediction.campaign_figures import askings_of
from analytics.prediction.campaign_tables import load_campaigns
from analytics.prediction.session_lessons import learned_intent
from analytics.workspace import open_workspace
from store.engine import Database
from store.repositories.events import EventRow, add_events
from store.tables import customers, decisions, live_links, offer_products, offers, orders, redemptions

NOW = datetime(2026, 3, 10, 12, tzinfo=UTC)


def days_ago(days: float) -> datetime:
    return NOW - timedelta(days=days)


def fill(database: Database, rows: dict[Any, list[dict[str, Any]]]) -> None:
    with database.write() as connection:
        for table, values in rows.items():
            connection.execute(insert(table), values)


def offer(name: str, campaign: str | None) -> dict[str, Any]:
    return {
        "offer_id": name, "title": name, "kind": "coupon", "campaign_id": campaign, "rules": {},
        "starts_at": days_ago(40), "ends_at": days_ago(20),
    }  # fmt: skip


def test_a_campaign_is_taken_as_sent_to_those_who_ordered_and_the_chats_offers_to_the_person(
    database: Database,
) -> None:
    placed = [("ana", 50), ("ben", 60), ("cleo", 300), ("dora", 10)]
    shown = {"conversation_id": "v", "kind": "offer", "propensity": 1.0, "candidates": []}
    fill(database, {
        customers: [{"customer_id": name, "traits": {}} for name, _ in placed],
        orders: [
            {"order_id": name, "customer_id": name, "placed_at": days_ago(days), "total": 5} for name, days in placed
        ],
        offers: [offer("o1", "c1"), offer("o2", "c1"), offer("o3", None)],
        offer_products: [{"offer_id": "o1", "product_id": "p"}, {"offer_id": "o3", "product_id": "q"}],
        redemptions: [
            {"customer_id": "ana", "offer_id": "o2", "redeemed_at": days_ago(30)},
            {"customer_id": "ben", "offer_id": "o1", "redeemed_at": days_ago(5)},  # too late
            {"customer_id": "dora", "offer_id": "o3", "redeemed_at": days_ago(1)},
        ],
        decisions: [
            {**shown, "decision_id": "d1", "customer_id": "dora", "chosen": "o3", "created_at": days_ago(2)},
            {**shown, "decision_id": "d2", "customer_id": "dora", "chosen": None, "created_at": days_ago(2)},
        ],
    })  # fmt: skip
    with open_workspace() as sales:
        load_sales(database, sales)
        load_campaigns(database, sales)
        asked = sales.execute(
            "SELECT campaign_id, customer_id, answered_at IS NOT NULL FROM asked ORDER BY 1, 2"
        ).fetchall()
        products = sales.execute("SELECT * FROM asked_products ORDER BY 1").fetchall()
        assert len(askings_of(sales, NOW).asked) == 3
    assert asked == [("c1", "ana", True), ("c1", "ben", False), ("chat:o3", "dora", True)]
    assert products == [("c1", "p"), ("chat:o3", "q")]


def event(number: int, minutes: float, name: str, customer: str | None) -> EventRow:
    at = (days_ago(2) + timedelta(minutes=minutes)).timestamp()
    kind = "page" if name == "Tea" else "track"
    return EventRow(f"m{number}", kind, name, customer, "browser", "web", "key", at, at, json.dumps({}))


def test_somebody_who_signs_in_to_order_is_one_session_that_ended_with_a_purchase(database: Database) -> None:
    link = {"anonymous_id": "browser", "customer_id": "ana", "message_id": "m3", "linked_at": NOW, "undone_at": None}
    fill(database, {live_links: [link]})
    rows = [event(1, 0, "Tea", None), event(2, 1, "Product Added", None), event(3, 2, "Order Completed", "ana")]
    with database.write() as connection:
        add_events(connection, rows)
    model = learned_intent(database, NOW, "UTC")
    assert (model.rows, model.positives) == (2, 2)  # at the first page, and at the cart


def test_a_shop_without_events_has_the_prior_alone(database: Database) -> None:
    assert learned_intent(database, NOW, "UTC").rows == 0
