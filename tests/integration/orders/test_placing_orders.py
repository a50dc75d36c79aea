"""New orders on both databases: once a key, priced today, and there for whatever asks next, an import included."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from analytics.order_records import Done, OrderRequest
from analytics.ordering_records import BasketItem, NotPlaced, OrderingPolicy, Placed
from analytics.orders.placing import SqlOrderingService
from analytics.orders.tracking import order_of, orders_of
from analytics.records import Order
from store.engine import Database
from tests.support import demo_shop
from tests.support.databases import migrated_database
from tests.support.order_store import NOW, PROMISE, fill, ordering_on, service_on, stored
from tests.support.small_shop import NOW as SMALL_NOW
from tests.support.small_shop import empty_database, imported, rows, write_shop

pytestmark = pytest.mark.integration
POLICY = OrderingPolicy(by_chat=True, most_total=50)
#: 2 × 2.99 and 1 × 7.50.
BASKET = (BasketItem(product_id="101", quantity=2), BasketItem(product_id="102", quantity=1))
TOTAL = 13.48


@pytest.fixture(params=["sqlite", "postgresql"])
def database(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Database]:
    with migrated_database(request.param, tmp_path / "rapport.db") as opened:
        fill(opened, {"ana": demo_shop.ORDERS, "ben": ()})
        yield opened


def placed(service: SqlOrderingService, key: str = "k", agreed: float = TOTAL, whose: str = "ana") -> Placed:
    outcome = service.place(whose, BASKET, agreed=agreed, key=key)
    assert isinstance(outcome, Placed)
    return outcome


def seen(database: Database, order_id: str, now: datetime = NOW) -> Order:
    with database.read() as connection:
        order = order_of(connection, order_id, "ana", now=now, promise=PROMISE)
    assert order is not None
    return order


def test_a_new_order_is_there_at_once(database: Database) -> None:
    done = placed(ordering_on(database, POLICY))
    with database.read() as connection:
        latest = orders_of(connection, "ana", limit=1, now=NOW, promise=PROMISE)[0]
    assert latest.order_id == done.order_id
    assert [(line.product.product_id, line.quantity, line.amount) for line in latest.lines] == [
        ("101", 2, 2 * 2.99),
        ("102", 1, 7.5),
    ]
    assert (latest.total, latest.state) == (TOTAL, "being_prepared")
    assert ("placed", "chat") in stored(database, "orders", "status", "store_id")


def test_the_same_key_from_two_windows_at_once_places_one_order(database: Database) -> None:
    start, outcomes = threading.Barrier(4), []

    def order() -> None:
        start.wait()
        outcomes.append(placed(ordering_on(database, POLICY)))

    hands = [threading.Thread(target=order) for _ in range(4)]
    for hand in hands:
        hand.start()
    for hand in hands:
        hand.join(20)
    assert len({outcome.order_id for outcome in outcomes}) == 1
    assert sorted(outcome.repeated for outcome in outcomes) == [False, True, True, True]
    assert len(stored(database, "placed_orders", "key")) == 1


def test_nobody_is_told_of_another_persons_order_by_its_key(database: Database) -> None:
    placed(ordering_on(database, POLICY))
    outcome = ordering_on(database, POLICY).place("ben", BASKET, agreed=TOTAL, key="k")
    assert isinstance(outcome, NotPlaced)


@pytest.mark.parametrize(
    ("policy", "agreed", "reason"),
    [
        (OrderingPolicy(), TOTAL, "off"),
        (OrderingPolicy(by_chat=True, most_total=13.47), TOTAL, "too_much"),
        (POLICY, TOTAL - 0.01, "changed"),
    ],
)
def test_what_is_not_placed_leaves_no_trace(
    database: Database, policy: OrderingPolicy, agreed: float, reason: str
) -> None:
    before = stored(database, "orders", "order_id")
    outcome = ordering_on(database, policy).place("ana", BASKET, agreed=agreed, key="k")
    assert isinstance(outcome, NotPlaced)
    assert (outcome.reason, outcome.quote.total) == (reason, TOTAL)
    assert stored(database, "orders", "order_id") == before
    assert stored(database, "placed_orders", "key") == []


def test_what_is_sold_no_more_is_named(database: Database) -> None:
    quote = ordering_on(database, POLICY).quote([*BASKET, BasketItem(product_id="999", quantity=1)])
    assert [product.product_id for product in quote.gone] == ["999"]
    assert quote.total == TOTAL


def test_it_comes_when_it_was_said_to_come(database: Database) -> None:
    in_three_days = OrderingPolicy(by_chat=True, delivery_days=3)
    done = placed(ordering_on(database, in_three_days))
    assert done.expected_at == NOW + timedelta(days=3)
    states = [seen(database, done.order_id, NOW + timedelta(days=days)).state for days in (0, 2, 4)]
    assert states == ["being_prepared", "on_its_way", "delivered"]
    assert seen(database, done.order_id).expected_at == done.expected_at


def test_it_is_cancelled_like_any_order(database: Database) -> None:
    done = placed(ordering_on(database, POLICY))
    request = OrderRequest(customer_id="ana", order_id=done.order_id, kind="cancel")
    assert isinstance(service_on(database).carry_out(request, "c"), Done)
    assert seen(database, done.order_id).state == "cancelled"


@pytest.mark.parametrize("kind", ["sqlite", "postgresql"])
def test_an_import_leaves_it_alone(kind: str, tmp_path: Path) -> None:
    with empty_database(kind) as database:
        imported(database, write_shop(tmp_path))
        service = ordering_on(database, POLICY, SMALL_NOW)
        basket = [BasketItem(product_id="p1", quantity=2)]
        done = service.place("ana", basket, agreed=service.quote(basket).total, key="k")
        assert isinstance(done, Placed)
        imported(database, write_shop(tmp_path), SMALL_NOW + timedelta(days=1))
        assert (done.order_id, "placed") in rows(database, "orders", "order_id", "status")
        assert (done.order_id, "p1", 2) in rows(database, "order_lines", "order_id", "product_id", "quantity")
