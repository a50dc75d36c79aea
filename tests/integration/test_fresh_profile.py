"""The profile on both databases: what a turn said and what was just ordered is in it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import insert

from analytics.facade import Analytics, open_analytics
from analytics.live.reading import live_of
from analytics.ordering_records import BasketItem, Placed
from analytics.records import DialogueProfile
from gateway.conversations.mood import feel
from gateway.rasa.answer import TurnAnswer
from rapport.paths import PROJECT
from store.engine import Database
from store.repositories.conversations import find_conversation
from store.repositories.personal_data import copy_of, erase
from store.tables import conversations, customers, order_lines, orders, predictions, products, rule_segments
from tests.support.databases import migrated_database
from tests.support.planted import plant

pytestmark = pytest.mark.integration

SHOP = PROJECT / "rapport/shops/complete_journey/shop.yml"
NOW = datetime.now(UTC)


@pytest.fixture(params=["sqlite", "postgresql"])
def database(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Database]:
    with migrated_database(request.param, tmp_path / "rapport.db") as opened:
        yield opened


@pytest.fixture
def analytics(database: Database, tmp_path: Path) -> Analytics:
    chat = {"conversation_id": "c1", "channel": "widget", "customer_id": "ana", "owner": "bot", "owner_version": 0}
    with database.write() as connection:
        connection.execute(insert(customers).values(customer_id="ana", name="Ana", traits={"age": "45-54"}))
        connection.execute(insert(conversations).values(**chat, last_seq=1, created_at=NOW, last_message_at=NOW))
    return open_analytics(database, tmp_path, SHOP)


def told(**answer: object) -> TurnAnswer:
    parse = {"intent": {"name": "search_product", "confidence": 0.9}, "sentiment": -0.5}
    return TurnAnswer.model_validate({"message_id": "m", "replies": [{"text": "Sorry."}], "parse": parse, **answer})


def turn(database: Database, analytics: Analytics, **answer: object) -> None:
    with database.write() as connection:
        conversation = find_conversation(connection, "c1")
        assert conversation is not None
        feel(connection, analytics, conversation, told(**answer), NOW)


def test_a_turn_is_in_the_profile_at_once(database: Database, analytics: Analytics) -> None:
    turn(database, analytics, preferences={"dislikes": ["peanuts"]}, unmet=["oat milk"])
    profile = analytics.profile("ana")
    assert profile is not None
    assert profile.preferences.stated == {"dislikes": ("peanuts",)}
    assert profile.unmet_requests == ("oat milk",)
    assert profile.dialogue == DialogueProfile(
        customer_id="ana", sentiment=-0.5, turns=1, topics={"search_product": 1}, last_topic="search_product",
        preferences={"dislikes": ["peanuts"]}, last_contact_at=NOW, unmet_requests=["oat milk"],
    )  # fmt: skip


def test_what_she_takes_back_is_gone_at_once(database: Database, analytics: Analytics) -> None:
    turn(database, analytics, preferences={"dislikes": ["peanuts", "mint"]})
    turn(database, analytics, forgotten={"dislikes": ["peanuts"]})
    profile = analytics.profile("ana")
    assert profile is not None
    assert profile.preferences.stated == {"dislikes": ("mint",)}


def test_an_order_is_in_the_profile_at_once(database: Database, analytics: Analytics) -> None:
    placed = {"order_id": "o1", "customer_id": "ana", "placed_at": NOW - timedelta(minutes=1)}
    with database.write() as connection:
        connection.execute(insert(orders).values(**placed, total=9.0, discount=1.0))
    profile = analytics.profile("ana")
    assert profile is not None
    assert profile.discount_share == 1 / (9 + 1)
    assert profile.engagement.parts["orders"] == pytest.approx(12.0, abs=0.1)
    assert profile.loyalty is not None
    assert profile.loyalty.points == 9


def test_points_are_those_of_the_programme_and_what_earns_none_is_left_out(
    database: Database, analytics: Analytics
) -> None:
    placed = {"order_id": "o1", "customer_id": "ana", "placed_at": NOW - timedelta(days=1)}
    beer = {"name": "Lager", "category": "Beer", "department": "Grocery", "price": 4.0, "in_stock": True}
    with database.write() as connection:
        connection.execute(insert(products).values(product_id="lager", times_sold=1, **beer))
        connection.execute(insert(orders).values(**placed, total=9.0, discount=0.0))
        line = {"order_id": "o1", "line": 1, "product_id": "lager", "quantity": 1, "amount": 4.0}
        connection.execute(insert(order_lines).values(**line))
    profile, balance = analytics.profile("ana"), analytics.loyalty_balance("ana")
    assert profile is not None
    assert profile.loyalty is not None
    assert balance is not None
    assert profile.loyalty.points == balance.points == 9 - 4
    assert profile.preferences.inferred == {"Beer": 1.0}


def test_hand_made_segments_and_predictions_are_in_it(database: Database, analytics: Analytics) -> None:
    rule = {"name": "Middle-aged", "condition": {"trait": "age", "is": "45-54"}, "created_at": NOW, "changed_at": NOW}
    churn = {"kind": "churn", "value": 0.7, "low": 0.5, "high": 0.8, "reason": "silent", "baseline": 0.3}
    churn |= {"basis": "model"}
    foretold = {"listed": [churn], "churn": 0.7, "value": None, "at_risk": 0.0, "model_version": "v1", "made_at": NOW}
    with database.write() as connection:
        connection.execute(insert(rule_segments).values(**rule))
        connection.execute(insert(predictions).values(customer_id="ana", **foretold))
    profile = analytics.profile("ana")
    assert profile is not None
    assert profile.rule_segments == ("Middle-aged",)
    assert profile.predictions is not None
    leaving = profile.predictions.of("churn")
    assert leaving is not None
    assert (leaving.value, leaving.basis) == (0.7, "model")


def test_an_erased_customer_leaves_receipts_alone(database: Database, analytics: Analytics) -> None:
    with database.write() as connection:
        plant(connection, "eve", "Zyxmarigold")
        erase(connection, "eve")
    with database.read() as connection:
        left = copy_of(connection, "eve")
    assert left.keys() == {"customers", "orders", "order_lines", "account_requests"}
    assert "Zyxmarigold" not in str(left)
    profile = analytics.profile("eve")
    assert profile is not None
    assert (profile.name, profile.preferences.stated, profile.unmet_requests) == (None, {}, ())


def test_a_turn_is_in_the_live_profile_at_once(database: Database, analytics: Analytics) -> None:
    turn(database, analytics)
    profile = analytics.profile("ana")
    assert profile is not None
    assert profile.channels == {"widget": 1.0}
    assert sum(profile.hours.values()) == pytest.approx(1.0)


def test_an_order_placed_in_the_chat_is_in_the_live_profile_at_once(database: Database, analytics: Analytics) -> None:
    goods = {"name": "Milk", "category": "Dairy", "department": "Grocery", "price": 3.0, "in_stock": True}
    with database.write() as connection:
        connection.execute(insert(products).values(product_id="milk", times_sold=1, **goods))
    placed = analytics.ordering_service().place("ana", [BasketItem(product_id="milk", quantity=2)], agreed=6.0, key="k")
    assert isinstance(placed, Placed)
    with database.read() as connection:
        live = live_of(connection, "ana")
    assert live is not None
    assert (live.bought.orders, live.bought.money) == (1, 6.0)
