"""Only what was committed is in a live profile, whoever writes it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from analytics.events.service import SqlEventService
from store.tables import live_profiles
from tests.support.event_shop import NOW, SERVER, EventShop, event_shop, track

pytestmark = pytest.mark.integration


@pytest.fixture(params=["sqlite", "postgresql"])
def shop(request: pytest.FixtureRequest) -> Iterator[EventShop]:
    with event_shop(request.param) as opened:
        yield opened


def test_a_batch_that_was_undone_leaves_nothing_in_the_next(shop: EventShop) -> None:
    shop.send(track("Product Viewed", product_id="p1"))
    body = json.dumps({"batch": [track("Product Viewed", product_id="p2"), track("Product Added", product_id="p2")]})
    call = shop.service.read(body.encode(), None, SERVER, NOW)
    with shop.database.write() as connection:
        shop.service.take(connection, call)
        connection.rollback()
    shop.send(track("Product Viewed", product_id="p1"))
    seen = shop.live("ana").seen
    assert (seen.events, seen.views, [product for product, _ in seen.viewed], seen.cart) == (2, 2, ["p1"], {})


def test_two_programs_that_write_in_turn_count_every_event_once(shop: EventShop) -> None:
    other = EventShop(shop.database, SqlEventService(shop.database, Path("absent"), "UTC"))
    for _ in range(3):
        shop.send(track("Product Viewed", product_id="p1"))
        other.send(track("Product Added", product_id="p1"))
        with shop.database.write() as connection:
            shop.service.count_turn(connection, "ana", "widget", NOW + timedelta(minutes=1))
    seen = shop.live("ana").seen
    assert (seen.events, seen.views, seen.cart) == (6, 3, {"p1": 3})
    assert round(seen.actions["conversations"] / seen.actions["views"], 2) == 1.0  # three turns, three views


def test_a_customer_who_was_forgotten_begins_anew(shop: EventShop) -> None:
    shop.send(track("Product Viewed", product_id="p1"))
    with shop.database.write() as connection:
        shop.service.forget(connection, "ana")
    assert shop.rows(live_profiles, "subject") == []
    shop.send(track("Product Viewed", product_id="p2"))
    assert [product for product, _ in shop.live("ana").seen.viewed] == ["p2"]
