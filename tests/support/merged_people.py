"""Customers with something in many tables, and the whole database as one value, for tests of merging."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import Connection, insert, select

from store.tables import metadata

NOON = datetime(2026, 5, 4, 12, tzinfo=UTC)
_LOG = {"customer_merges", "merged_rows"}

Database = dict[str, list[tuple[Any, ...]]]


def whole(connection: Connection) -> Database:
    """Give every row of every table but the log of merges."""
    return {
        name: sorted((tuple(row) for row in connection.execute(select(table))), key=repr)
        for name, table in metadata.tables.items()
        if name not in _LOG
    }


def put(connection: Connection, table: str, **values: Any) -> None:
    """Insert a row."""
    connection.execute(insert(metadata.tables[table]).values(**values))


def add_person(connection: Connection, who: str, number: int, parts: set[str]) -> None:
    """Add a customer with rows in the tables that `parts` names; what two such people have may clash.

    Parameters
    ----------
    number : her place among the people of the test: tells her rows from others'.
    """
    at = NOON + timedelta(hours=number)
    put(
        connection,
        "customers",
        customer_id=who,
        name=who.title(),
        email=None,
        joined_at=at,
        traits={who: "1", "both": who},
    )
    if "orders" in parts:
        put(connection, "orders", order_id=f"o-{who}", customer_id=who, placed_at=at, total=10.5 + number)
        put(connection, "order_lines", order_id=f"o-{who}", line=1, product_id="p1", quantity=1, amount=10.5 + number)
    if "profile" in parts:
        put(
            connection, "profiles", customer_id=who, sentiment=0.1 * number, sentiment_slope=0.0, turns=1 + number,
            topics={"orders": number, who: 1}, preferences={"likes": [who]}, last_contact_at=at,
            last_topic=f"about {who}",
        )  # fmt: skip
    if "features" in parts:
        put(
            connection, "customer_features", customer_id=who, recency_days=1.5, frequency=number, monetary=9.5,
            behaviour={"x": [1, None]}, computed_at=at,
        )  # fmt: skip
    if "details" in parts:
        put(
            connection,
            "account_details",
            customer_id=who,
            phone=f"+4420794600{number:02}",
            key=f"k{who}",
            changed_at=at,
        )
    if "list" in parts:
        put(connection, "shopping_items", owner=f"customer:{who}", name="Milk", quantity=1, added_at=at)
        put(connection, "shopping_items", owner=f"customer:{who}", name=f"{who}'s tea", quantity=2, added_at=at)
    if "review" in parts:
        put(
            connection, "reviews", review_id=f"r-{who}", key=f"rk-{who}", customer_id=who, product_id="p1", stars=4,
            text="Good", sentiment=None, created_at=at,
        )  # fmt: skip
    if "consent" in parts:
        granted = number % 2 == 0
        put(
            connection, "consents", customer_id=who, purpose="newsletter", granted=granted, key=f"c{who}", decided_at=at
        )
    if "talk" in parts:
        put(
            connection,
            "visitors",
            visitor_id=f"v-{who}",
            token_hash=f"t-{who}",
            customer_id=who,
            created_at=at,
            last_seen_at=at,
        )
        put(
            connection, "conversations", conversation_id=f"c-{who}", channel="widget", visitor_id=f"v-{who}",
            customer_id=who, owner="bot", created_at=at, last_message_at=at,
        )  # fmt: skip
    if "keys" in parts:
        put(connection, "identities", channel="email", address=f"{who}@example.org", customer_id=who, verified_at=at)


PARTS = ("orders", "profile", "features", "details", "list", "review", "consent", "talk", "keys")
