"""A customer's visits to the site in her story: what she did, not every page."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import insert

from console.queries.story import story_of
from console.queries.visits import told_visits, visits_of
from store.memory import memory_database
from store.tables import events
from tests.support.shop_in_memory import NOW


def test_what_happens_within_half_an_hour_of_each_other_is_one_visit() -> None:
    half = timedelta(minutes=30)
    moments = [NOW, NOW + half, NOW + 2 * half, NOW + 3 * half + timedelta(seconds=1)]
    names = ["Product Viewed", "Product Viewed", "Product Added", "Order Completed"]
    told = told_visits(zip(moments, names, strict=True))
    assert [(one.at, one.text) for one in told] == [
        (NOW, "On the site: viewed 2 products, put a product into the cart"),
        (moments[3], "On the site: ordered"),
    ]
    assert told_visits([]) == []


def test_pages_and_events_of_others_are_not_told() -> None:
    database = memory_database()
    happened = [
        ("ana", "page", "Home", 0), ("ana", "track", "Product Viewed", 1), ("ana", "track", "Scrolled", 2),
        ("ana", "page", "Product Viewed", 3), ("ben", "track", "Product Added", 4),
    ]  # fmt: skip
    with database.write() as connection:
        rows = [
            {"message_id": str(minute), "type": kind, "name": name, "customer_id": who, "channel": "web",
             "source": "site", "occurred_at": NOW + timedelta(minutes=minute), "received_at": NOW, "properties": {}}
            for who, kind, name, minute in happened
        ]  # fmt: skip
        connection.execute(insert(events), rows)
    with database.read() as connection:
        (visit,) = visits_of(connection, "ana")
        story = story_of(connection, "ana", [], "$")
    assert (visit.at, visit.text) == (NOW + timedelta(minutes=1), "On the site: viewed a product")
    assert story == [visit]
