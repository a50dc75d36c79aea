"""Changing an order that is on its way, and exchanging what came: what the store holds, what the policy refuses."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import update

from analytics.order_records import Done, ItemChange, OrderPolicy, OrderRequest, Refused
from analytics.orders.service import SqlOrderService
from analytics.orders.tracking import order_of
from store.engine import Database
from store.tables import products
from tests.integration.orders.conftest import ServiceOn
from tests.support import demo_shop
from tests.support.order_store import NOW, PROMISE, stored

pytestmark = pytest.mark.integration

#: 1 yogurt 1.25 and 1 cereal 2.49 (of 2.99), 3.74 in all.
PREPARED, RECEIVED, ON_ITS_WAY = demo_shop.PREPARED, demo_shop.RECEIVED, demo_shop.ON_ITS_WAY
POLICY = OrderPolicy(
    slot_windows=("08:00-12:00", "14:00-18:00"), slot_days=2, slot_lead_hours=12, payment_methods=("card", "PayPal")
)
ITEMS = OrderRequest(customer_id="ana", order_id=PREPARED.order_id, kind="items")
SLOT = OrderRequest(customer_id="ana", order_id=PREPARED.order_id, kind="slot")
PAYMENT = OrderRequest(customer_id="ana", order_id=PREPARED.order_id, kind="payment")
EXCHANGE = OrderRequest(customer_id="ana", order_id=RECEIVED.order_id, kind="exchange")


def changed(*wanted: tuple[str, int]) -> OrderRequest:
    return replace(ITEMS, changes=tuple(ItemChange(product_id=each, quantity=n) for each, n in wanted))


def lines(database: Database) -> list[tuple[str, int, float]]:
    with database.read() as connection:
        order = order_of(connection, PREPARED.order_id, "ana", now=NOW, promise=PROMISE)
    assert order is not None
    return [(line.product.product_id, line.quantity, line.amount) for line in order.lines]


def out_of_stock(database: Database, product_id: str) -> None:
    with database.write() as connection:
        connection.execute(update(products).where(products.c.product_id == product_id).values(in_stock=False))


def test_two_more_of_a_product_cost_its_price_twice(service_on: ServiceOn, database: Database) -> None:
    done = service_on(database, POLICY).carry_out(changed(("104", 3)), "k")
    assert isinstance(done, Done)
    assert (done.to_pay, done.amount) == (2 * 1.25, None)
    assert lines(database) == [("104", 3, 3 * 1.25), ("101", 1, 2.49)]
    assert (PREPARED.order_id, 3.74 + 2 * 1.25) in stored(database, "orders", "order_id", "changed_total")


def test_what_is_taken_out_comes_back_at_what_was_paid(service_on: ServiceOn, database: Database) -> None:
    done = service_on(database, POLICY).carry_out(changed(("101", 0)), "k")
    assert isinstance(done, Done)
    assert (done.amount, done.refund_by) == (2.49, NOW + timedelta(days=7))
    assert lines(database) == [("104", 1, 1.25)]


def test_a_swap_pays_the_difference(service_on: ServiceOn, database: Database) -> None:
    pizza = ON_ITS_WAY.lines[-1].product.product_id
    price = stored(database, "products", "product_id", "price")
    done = service_on(database, POLICY).carry_out(changed(("101", 0), (pizza, 1)), "k")
    assert isinstance(done, Done)
    assert done.to_pay == pytest.approx(dict(price)[pizza] - 2.49)
    assert [line[0] for line in lines(database)] == ["104", pizza]


def test_the_same_key_again_changes_nothing(service_on: ServiceOn, database: Database) -> None:
    service = service_on(database, POLICY)
    first = service.carry_out(changed(("104", 3)), "k")
    assert service.carry_out(changed(("104", 3)), "k") == replace(first, repeated=True)
    assert len(stored(database, "order_requests", "request_id")) == 1


@pytest.mark.parametrize(
    ("request_", "code"),
    [
        (changed(("104", 1)), "unchanged"),
        (changed(("104", 0), ("101", 0)), "nothing_left"),
        (changed(("999", 0)), "not_in_order"),
        (changed(("999", 1)), "unavailable"),
        (replace(changed(("104", 2)), order_id=ON_ITS_WAY.order_id), "too_late"),
        (replace(SLOT, slot_id="2026-05-04 08:00-12:00"), "not_offered"),
        (replace(PAYMENT, payment_method="gold"), "not_offered"),
        (replace(EXCHANGE, order_id=PREPARED.order_id), "not_delivered"),
        (replace(EXCHANGE, replacement="999"), "unavailable"),
    ],
)
def test_what_the_policy_refuses_changes_nothing(
    service_on: ServiceOn, database: Database, request_: OrderRequest, code: str
) -> None:
    refused = service_on(database, POLICY).carry_out(request_, "k")
    assert isinstance(refused, Refused)
    assert refused.code == code
    assert stored(database, "order_requests", "kind") == []
    assert stored(database, "order_line_changes", "order_id") == []


def test_more_of_what_has_run_out_is_refused_and_fewer_is_not(service_on: ServiceOn, database: Database) -> None:
    service = service_on(database, POLICY)
    out_of_stock(database, "104")
    refused = service.check(changed(("104", 2)))
    assert isinstance(refused, Refused)
    assert refused.code == "unavailable"
    assert isinstance(service.carry_out(changed(("104", 0)), "k"), Done)


def test_an_order_is_changed_once_where_the_shop_says_so(service_on: ServiceOn, database: Database) -> None:
    service = service_on(database, replace(POLICY, once=frozenset({"items"})))
    assert isinstance(service.carry_out(changed(("104", 2)), "k"), Done)
    refused = service.carry_out(changed(("104", 3)), "other")
    assert isinstance(refused, Refused)
    assert refused.code == "once"


def test_after_a_change_of_items_nothing_follows_where_the_shop_says_so(
    service_on: ServiceOn, database: Database
) -> None:
    service = service_on(database, replace(POLICY, closed_by=frozenset({"items"})))
    assert isinstance(service.carry_out(changed(("104", 3)), "k1"), Done)
    for request in (changed(("104", 4)), replace(ITEMS, kind="cancel"), replace(ITEMS, kind="address", address="x")):
        refused = service.carry_out(request, "k2")
        assert isinstance(refused, Refused)
        assert refused.code == "closed"


def test_only_things_of_the_kind_come_instead_where_the_shop_says_so(service_on: ServiceOn, database: Database) -> None:
    service = service_on(database, replace(POLICY, swap_within_category=True))
    refused = service.check(changed(("101", 0), (ON_ITS_WAY.lines[-1].product.product_id, 1)))
    assert isinstance(refused, Refused)
    assert refused.code == "not_offered"


def test_an_order_comes_in_the_slot_that_was_chosen(service_on: ServiceOn, database: Database) -> None:
    service = service_on(database, POLICY)
    slot = service.slots()[1]
    assert isinstance(service.carry_out(replace(SLOT, slot_id=slot.slot_id), "k"), Done)
    with database.read() as connection:
        order = order_of(connection, PREPARED.order_id, "ana", now=NOW, promise=PROMISE)
    assert order is not None
    assert (order.slot_starts_at, order.expected_at) == (slot.starts_at, slot.ends_at)
    again = service.check(replace(SLOT, slot_id=slot.slot_id))
    assert isinstance(again, Refused)
    assert again.code == "unchanged"


def test_slots_are_told_in_the_shops_own_time_and_close_before_they_begin(database: Database) -> None:
    # Noon in London is 8 am in New York: what begins before 8 pm there is closed.
    service = SqlOrderService(
        database, POLICY, PROMISE, clock=lambda: datetime(2026, 5, 4, 12, tzinfo=UTC), timezone="America/New_York"
    )
    first = service.slots()[0]
    assert first.slot_id == "2026-05-05 08:00-12:00"
    assert first.starts_at == datetime(2026, 5, 5, 8, tzinfo=ZoneInfo("America/New_York"))
    assert len(service.slots()) == 2 * 2


def test_the_way_to_pay_is_changed(service_on: ServiceOn, database: Database) -> None:
    service = service_on(database, POLICY)
    assert isinstance(service.carry_out(replace(PAYMENT, payment_method="PayPal"), "k"), Done)
    assert (PREPARED.order_id, "PayPal") in stored(database, "orders", "order_id", "payment_method")
    refused = service.check(replace(PAYMENT, payment_method="PayPal"))
    assert isinstance(refused, Refused)
    assert refused.code == "unchanged"


def test_an_exchange_waits_for_the_shop_and_pays_the_difference(service_on: ServiceOn, database: Database) -> None:
    service = service_on(database, POLICY)
    given = RECEIVED.lines[0]
    other = next(line.product for line in PREPARED.lines)
    request = replace(EXCHANGE, product_ids=(given.product.product_id,), replacement=other.product_id)
    done = service.carry_out(request, "k")
    assert isinstance(done, Done)
    more = given.quantity * other.price - given.amount
    assert (done.to_pay or 0) - (done.amount or 0) == pytest.approx(more)
    assert stored(database, "order_requests", "kind", "status") == [("exchange", "open")]
    assert (RECEIVED.order_id, "exchange requested") in stored(database, "orders", "order_id", "changed_status")
    again = service.check(replace(request, kind="return"))
    assert isinstance(again, Refused)
    assert again.code == "already"


def test_an_order_is_cancelled_for_one_of_the_shops_reasons(service_on: ServiceOn, database: Database) -> None:
    service = service_on(database, replace(POLICY, cancel_reasons=("ordered by mistake",)))
    cancel = OrderRequest(customer_id="ana", order_id=PREPARED.order_id, kind="cancel", reason="bored")
    refused = service.check(cancel)
    assert isinstance(refused, Refused)
    assert refused.code == "not_offered"
    assert isinstance(service.carry_out(replace(cancel, reason="ordered by mistake"), "k"), Done)
    assert stored(database, "order_requests", "reason") == [("ordered by mistake",)]
