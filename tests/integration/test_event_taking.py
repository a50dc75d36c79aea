"""What events change, on SQLite and PostgreSQL: written once, orders kept, histories linked, faults told one by one."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest

from store.tables import customers, events, live_links, live_profiles, order_lines, orders
from tests.support.event_shop import NOW, PAGE, EventShop, event_shop, order_of, track

pytestmark = pytest.mark.integration


@pytest.fixture(params=["sqlite", "postgresql"])
def shop(request: pytest.FixtureRequest) -> Iterator[EventShop]:
    with event_shop(request.param) as opened:
        yield opened


def test_an_event_is_written_and_changes_the_profile_that_her_orders_began(shop: EventShop) -> None:
    taken = shop.send(track("Product Viewed", product_id="p2", price="2.00"))
    assert (taken.kept, taken.duplicates, taken.refused) == (1, 0, ())
    state = shop.live("ana")
    assert (state.bought.orders, state.bought.money, state.bought.categories.keys()) == (1, 6.0, {"Tea"})
    assert (state.seen.views, [product for product, _ in state.seen.viewed]) == (1, ["p2"])
    assert set(state.categories()) == {"Tea", "Milk"}
    [(name, customer, channel, source, properties)] = shop.rows(
        events, "name", "customer_id", "channel", "source", "properties"
    )
    assert (name, customer, channel, source) == ("Product Viewed", "ana", "server", "shop")
    assert properties == {"product_id": "p2", "price": 2.0}


def test_the_same_message_again_changes_nothing(shop: EventShop) -> None:
    view = track("Product Viewed", message="m1", product_id="p1")
    first = shop.send(view, view)
    assert (first.kept, first.duplicates) == (1, 1)
    before = shop.live("ana")
    again = shop.send(view, track("Product Viewed", message="m2", product_id="p1"))
    assert (again.kept, again.duplicates) == (1, 1)
    assert shop.live("ana").seen.views == before.seen.views + 1
    assert shop.send(view).kept == 0


def test_a_bad_item_does_not_spoil_the_others(shop: EventShop) -> None:
    taken = shop.send(
        track("Product Viewed", message="good", product_id="p1"),
        track("Product Viewed", message="bad", product_id="p1", price="cheap"),
        {"type": "track", "event": "No one"},
        {"type": "group", "userId": "ana", "groupId": "g"},
        "nonsense",
    )
    assert (taken.kept, taken.left_out) == (1, 1)
    assert [(fault.index, fault.message_id, fault.code, fault.field) for fault in taken.refused] == [
        (1, "bad", "bad_property", "properties.price"),
        (2, None, "no_user", "userId"),
        (4, None, "bad_event", None),
    ]
    assert taken.refused[0].message == "Product Viewed: price must be a number."


def test_a_completed_order_is_kept_with_its_lines_and_counts_once(shop: EventShop) -> None:
    bought = order_of(("p1", 2, 3.0), ("p9", 1, 4.5), order_id="o2", total=9.5, discount=1.0)
    taken = shop.send(track("Order Completed", **bought), track("Order Completed", **bought))
    assert (taken.kept, taken.notes) == (2, ())
    assert shop.rows(orders, "customer_id", "total", "discount", "status", "store_id", order_id="o2") == [
        ("ana", 9.5, 1.0, None, "events")
    ]
    assert shop.rows(order_lines, "line", "product_id", "quantity", "amount", order_id="o2") == [
        (1, "p1", 2, 6.0), (2, "p9", 1, 4.5),
    ]  # fmt: skip
    state = shop.live("ana")
    assert (state.bought.orders, state.bought.money, state.bought.discount) == (2, 6.0 + 9.5, 1.0 + 1.0)
    assert state.mean_gap_days == 10


def test_an_order_that_is_there_already_is_not_doubled(shop: EventShop) -> None:
    assert shop.send(track("Order Completed", order_id="o1", total=99)).notes == ()
    assert shop.rows(orders, "total", "store_id") == [(6.0, None)]
    assert shop.live("ana").bought.orders == 1


def test_an_order_without_a_total_costs_what_its_lines_cost(shop: EventShop) -> None:
    lines = [{"product_id": "p1", "quantity": 2}, {"product_id": "p2"}]
    shop.send(track("Order Completed", order_id="o2", products=lines, discount=1, shipping=2.5))
    # Prices of the catalogue: two tea at 3.00 and one milk at 2.00.
    assert shop.rows(orders, "total", order_id="o2") == [(2 * 3.0 + 2.0 - 1 + 2.5,)]


def test_updates_cancellations_and_refunds_change_the_order(shop: EventShop) -> None:
    shop.send(track("Order Completed", **order_of(("p1", 2, 3.0), order_id="o2", total=6)))
    shop.send(track("Order Updated", **order_of(("p1", 1, 3.0), order_id="o2", total=3)))
    assert shop.rows(orders, "total", order_id="o2") == [(3.0,)]
    assert shop.rows(order_lines, "quantity", order_id="o2") == [(1,)]
    assert shop.live("ana").bought.money == 6.0 + 3.0
    shop.send(track("Order Cancelled", order_id="o2"), track("Order Refunded", order_id="o1"))
    assert shop.rows(orders, "order_id", "changed_status") == [("o1", "refunded"), ("o2", "cancelled")]
    assert (shop.live("ana").bought.orders, shop.live("ana").bought.money) == (0, 0.0)


def test_what_cannot_be_done_is_kept_and_told(shop: EventShop) -> None:
    taken = shop.send(
        track("Order Refunded", order_id="unknown"),
        track("Order Cancelled", "ben", order_id="o1"),
        track("Order Updated", order_id="o1"),
        {"type": "track", "event": "Order Completed", "anonymousId": "a1", "properties": {"order_id": "o5"}},
    )
    assert taken.kept == 4
    assert [(note.index, note.code) for note in taken.notes] == [
        (0, "unknown_order"), (1, "not_hers"), (2, "not_ours"), (3, "no_customer"),
    ]  # fmt: skip
    from_page = shop.send(track("Order Completed", order_id="o6", total=1), source=PAGE)
    assert [note.code for note in from_page.notes] == ["page_key"]
    assert shop.rows(orders, "order_id", "changed_status") == [("o1", None)]


def test_identify_writes_what_a_server_knows_and_fills_what_a_page_tells(shop: EventShop) -> None:
    told = {"type": "identify", "userId": "ben"}
    shop.send({**told, "traits": {"email": "evil@x.example", "name": "Mallory", "plan": "gold"}}, source=PAGE)
    shop.send({**told, "traits": {"firstName": "B", "plan": "none"}}, source=PAGE)
    assert shop.rows(customers, "name", "email", "traits", customer_id="ben") == [
        ("Mallory", "ben@shop.example", {"plan": "gold"})
    ]
    shop.send({**told, "traits": {"firstName": "Ben", "lastName": "Li", "email": "b@x.example", "plan": "silver"}})
    assert shop.rows(customers, "name", "email", "traits", customer_id="ben") == [
        ("Ben Li", "b@x.example", {"plan": "silver"})
    ]
    shop.send({"type": "identify", "userId": "new", "traits": {"name": "New"}})
    assert shop.rows(customers, "name", "joined_at", customer_id="new") == [("New", NOW)]


def test_what_she_did_before_signing_in_becomes_hers_and_can_be_taken_back(shop: EventShop) -> None:
    visitor = {"anonymousId": "a1"}
    shop.send({**track("Product Viewed", None, product_id="p1"), **visitor})
    shop.send({**track("Product Added", None, product_id="p1"), **visitor})
    shop.send({"type": "identify", "userId": "ben", **visitor})
    assert shop.rows(live_links, "anonymous_id", "customer_id") == [("a1", "ben")]
    assert shop.rows(live_profiles, "subject") == [("c:ben",)]
    state = shop.live("ben")
    assert (state.seen.views, state.seen.cart) == (1, {"p1": 1})
    # What comes without her name now is hers too; what a second customer does on that computer is her own.
    shop.send({**track("Product Viewed", None, product_id="p2"), **visitor})
    shop.send({**track("Product Viewed", "ana", product_id="p2"), **visitor})
    assert (shop.live("ben").seen.views, shop.live("ana").seen.views) == (2, 1)

    with shop.database.write() as connection:
        assert shop.service.unlink(connection, "a1", NOW) == "ben"
        assert shop.service.unlink(connection, "a1", NOW) is None
    assert (shop.live("ben").seen.views, shop.live("ben").seen.cart) == (1, {})
    assert shop.rows(live_profiles, "subject") == [("a:a1",), ("c:ana",), ("c:ben",)]
    shop.send({"type": "identify", "userId": "ben", **visitor})
    assert shop.rows(live_links, "undone_at") == [(NOW,)]


def test_the_clock_of_the_sender_is_set_right(shop: EventShop) -> None:
    # Her clock is an hour slow: sent at 11:00 by it, received at 12:00.
    told = {"timestamp": "2026-11-15T10:30:00Z"}
    shop.send({**track("Product Viewed"), **told}, sentAt="2026-11-15T11:00:00.000Z")
    shop.send({**track("Product Viewed"), "timestamp": "2026-11-15T13:00:00+01:00"})
    shop.send({**track("Product Viewed"), "timestamp": "2027-01-01T00:00:00Z"})
    assert shop.rows(events, "occurred_at") == [(NOW - timedelta(minutes=30),), (NOW,), (NOW,)]


def test_turns_count_in_the_profile_and_everything_can_be_forgotten(shop: EventShop) -> None:
    with shop.database.write() as connection:
        shop.service.count_turn(connection, "ana", "telegram", NOW)
    state = shop.live("ana")
    assert (state.bought.orders, state.channels()) == (1, {"telegram": 1.0})
    shop.send({**track("Product Viewed"), "anonymousId": "a1"})
    with shop.database.write() as connection:
        assert shop.service.forget(connection, "ana") == 1
    assert (
        shop.rows(events, "name") == shop.rows(live_profiles, "subject") == shop.rows(live_links, "anonymous_id") == []
    )
