"""An order moves her segment in the same transaction; an import is worked in by the feature job."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import numpy as np
import pytest
from sqlalchemy import insert, update

from analytics.artifacts.registry import ArtifactRegistry
from analytics.jobs.build_features import build_features
from analytics.jobs.build_segments import build_segments
from analytics.live.rebuilding import rebuild
from analytics.live.shop_clock import ShopClock
from store.repositories.live import CUSTOMER, state_of
from store.repositories.profiles import features_row
from store.repositories.segment_moves import moves_of
from store.tables import customer_features, customers, orders
from tests.support.event_shop import NOW, EventShop, event_shop, order_of, track

pytestmark = pytest.mark.integration
CLOCK = ShopClock("America/New_York")


@pytest.fixture(params=["sqlite", "postgresql"])
def shop(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[EventShop]:
    with event_shop(request.param, tmp_path) as opened:
        yield opened


def add_crowd(shop: EventShop) -> None:
    """Thirty customers with one small order long ago, thirty with twenty large ones lately."""
    people, placed = [], []
    for number in range(60):
        often = number % 2
        people.append({"customer_id": f"c{number}", "traits": {}})
        for order in range(20 if often else 1):
            at = NOW - timedelta(days=3 * order + number / 10 if often else 200 + number)
            total = 80.0 + number if often else 10.0 + number / 10
            row = {"order_id": f"c{number}-{order}", "customer_id": f"c{number}", "placed_at": at, "total": total}
            placed.append({**row, "discount": 0.0})
    with shop.database.write() as connection:
        connection.execute(insert(customers), people)
        connection.execute(insert(orders), placed)


def build(shop: EventShop, folder: Path) -> None:
    build_features(shop.database, NOW, lambda *_: None)
    build_segments(shop.database, folder, NOW, lambda *_: None)


def test_orders_move_her_to_another_segment_at_once_and_the_move_is_kept(shop: EventShop, tmp_path: Path) -> None:
    add_crowd(shop)
    build(shop, tmp_path)
    with shop.database.read() as connection:
        before = features_row(connection, "c0")
    assert before is not None
    for number in range(25):
        shop.send(track("Order Completed", "c0", **order_of(("p1", 30, 3.0), order_id=f"new-{number}", total=90)))
    with shop.database.read() as connection:
        after = features_row(connection, "c0")
        moves = moves_of(connection, "c0")
        crowd = features_row(connection, "c1")
    assert after is not None
    assert crowd is not None
    assert (after.frequency, after.monetary, after.recency_days) == (26, 10.0 + 25 * 90, 0.0)
    assert after.segment_id == crowd.segment_id != before.segment_id
    assert (moves[0].to_segment, moves[0].why, moves[-1].from_segment) == (after.segment_id, "event", before.segment_id)
    assert moves[0].name


def test_a_customers_first_order_gives_her_features_and_a_segment(shop: EventShop, tmp_path: Path) -> None:
    add_crowd(shop)
    build(shop, tmp_path)
    shop.send(track("Product Viewed", "new", product_id="p1"))
    assert shop.rows(customer_features, "customer_id", customer_id="new") == []
    shop.send(track("Order Completed", "new", order_id="n1", total=12.0))
    with shop.database.read() as connection:
        row = features_row(connection, "new")
        [move] = moves_of(connection, "new")
    assert row is not None
    assert (row.frequency, row.monetary, row.segment_id) == (1, 12.0, move.to_segment)
    assert (move.from_segment, move.why) == (None, "first")


def test_the_feature_job_works_an_import_into_the_live_profile(shop: EventShop) -> None:
    shop.send(track("Product Viewed", product_id="p2"))
    with shop.database.write() as connection:
        row = {"order_id": "o2", "customer_id": "ana", "placed_at": NOW - timedelta(days=2), "total": 4.0}
        connection.execute(insert(orders).values(**row, discount=0.0))
        connection.execute(update(orders).where(orders.c.order_id == "o1").values(total=7.0))
    build_features(shop.database, NOW, lambda *_: None, timezone="America/New_York")
    state = shop.live("ana")
    assert (state.bought.orders, state.bought.money, state.seen.views) == (2, 7.0 + 4.0, 1)


def test_made_anew_from_orders_and_events_the_profile_is_the_same(shop: EventShop) -> None:
    moments = [NOW - timedelta(minutes=minutes) for minutes in (5000, 4990, 3000, 2990, 50, 40, 30, 10)]
    calls = [
        {"type": "page", "userId": "ana", "name": "Home"},
        track("Product Viewed", product_id="p1"),
        track("Product Added", product_id="p1"),
        track("Products Searched", query="tea"),
        track("Product Viewed", product_id="p2", category="Other"),
        track("Product Added", product_id="p2", quantity=2),
        track("Order Completed", **order_of(("p2", 2, 2.0), order_id="o2", total=4)),
        track("Email Opened", campaign_id="c"),
    ]
    for call, at in zip(calls, moments, strict=True):
        shop.send({**call, "timestamp": at.isoformat()})
    live = shop.live("ana")
    assert live.seen.carts_abandoned == 1
    with shop.database.write() as connection:
        stored = state_of(connection, f"{CUSTOMER}ana")
        rebuild(connection, "ana", CLOCK, NOW)
        assert state_of(connection, f"{CUSTOMER}ana") == stored
    assert shop.live("ana") == live


def test_a_model_of_another_version_of_the_program_does_not_stop_events(shop: EventShop, tmp_path: Path) -> None:
    ArtifactRegistry(shop.database, tmp_path).save("segments", {"centroids": np.zeros(3)})
    assert shop.send(track("Order Completed", order_id="n1", total=12.0)).kept == 1
    with shop.database.read() as connection:
        assert moves_of(connection, "ana") == []
