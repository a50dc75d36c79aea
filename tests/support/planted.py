"""A customer of whom there is something of everything: for tests that must find or erase all of it."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Connection, insert

from store.tables import metadata

NOW = datetime(2026, 5, 10, 12, tzinfo=UTC)


def put(connection: Connection, table: str, **values: Any) -> None:
    connection.execute(insert(metadata.tables[table]).values(**values))


def plant(connection: Connection, who: str, word: str) -> None:
    """Something of everything: a chat, an order, opinions, events, what is computed."""
    put(connection, "customers", customer_id=who, name=word, email=f"{word}@x.example", traits={"nick": word})
    put(connection, "visitors", visitor_id=who, token_hash=who, customer_id=who, created_at=NOW, last_seen_at=NOW)
    chat = {"conversation_id": f"c-{who}", "channel": "widget", "customer_id": who, "visitor_id": who, "owner": "bot"}
    put(connection, "conversations", **chat, owner_version=0, last_seq=1, created_at=NOW, last_message_at=NOW)
    message = {"message_id": f"m-{who}", "conversation_id": f"c-{who}", "seq": 1, "author": "customer"}
    put(connection, "messages", **message, text=f"I am {word}", payload={}, created_at=NOW)
    turn = {"turn_id": f"t-{who}", "conversation_id": f"c-{who}", "message_id": f"m-{who}", "outcome": "answered"}
    put(connection, "turns", **turn, customer_id=who, created_at=NOW)
    put(connection, "outbox", conversation_id=f"c-{who}", message_id=f"m-{who}", channel="widget", created_at=NOW)
    decision = {"decision_id": f"d-{who}", "conversation_id": f"c-{who}", "customer_id": who, "kind": "offer"}
    put(connection, "decisions", **decision, propensity=1.0, candidates=[], created_at=NOW)
    put(connection, "orders", order_id=f"o-{who}", customer_id=who, placed_at=NOW, total=9.0, delivery_address=word)
    put(connection, "order_lines", order_id=f"o-{who}", line=1, product_id="p", quantity=1, amount=9.0)
    review = {"review_id": f"r-{who}", "key": f"r-{who}", "customer_id": who, "product_id": "p", "stars": 5}
    put(connection, "reviews", **review, text=word, created_at=NOW)
    put(connection, "chat_ratings", conversation_id=f"c-{who}", customer_id=who, score=4, comment=word, asked_at=NOW)
    for owner in (f"customer:{who}", f"conversation:c-{who}"):
        put(connection, "shopping_items", owner=owner, name=word, quantity=1, added_at=NOW)
    profile = {"customer_id": who, "preferences": {"likes": [word]}, "unmet_requests": [word]}
    put(connection, "profiles", **profile, topics={}, turns=1)
    event: dict[str, Any] = {
        "message_id": f"e-{who}",
        "type": "track",
        "name": "Product Viewed",
        "anonymous_id": f"a-{who}",
    }
    put(
        connection,
        "events",
        **event,
        channel="web",
        source="k",
        occurred_at=NOW,
        received_at=NOW,
        properties={"q": word},
    )
    put(connection, "live_links", anonymous_id=f"a-{who}", customer_id=who, message_id="x", linked_at=NOW)
    put(connection, "live_profiles", subject=f"c:{who}", state={"w": word}, orders=1, money=9.0, updated_at=NOW)
    mention = {"mention_id": f"n-{who}", "network": "x", "handle": word, "text": word, "customer_id": who}
    put(connection, "mentions", **mention, written_at=NOW)
    filing = {"request_id": f"q-{who}", "key": f"q-{who}", "kind": "erase", "conversation_id": f"c-{who}"}
    put(
        connection, "account_requests", **filing, customer_id=who, email=word, status="open", due_at=NOW, created_at=NOW
    )
