"""A shop's own order system over HTTP: what is sent, tried again, and said when it fails.

That it does the same as our own is in test_order_service.py, which runs on both.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from analytics.facade import AnalyticsUnavailable, open_analytics
from analytics.order_records import Allowed, Done, IdentityClaim, OrderRequest, Verified
from analytics.orders import wire
from analytics.orders.http import HttpOrderService
from rapport.checks.orders import check_orders
from rapport.paths import PROJECT
from rapport.settings_loading import load_settings
from store.memory import memory_database
from tests.support import demo_shop
from tests.support.order_store import NOW, POLICY, fill, service_on, stored
from tests.support.order_system import SECRET, ShopSystem, serving

pytestmark = pytest.mark.integration

SHOP_FILE = PROJECT / "rapport/shops/complete_journey/shop.yml"
SLOTTED = replace(POLICY, slot_windows=("08:00-12:00",), slot_days=2)
CANCEL = OrderRequest(customer_id="ana", order_id="40300", kind="cancel")
CLAIM = IdentityClaim(order_id="40300", email="ana@example.com", conversation_id="c1", key="c1:m1")


class House:
    """Our side and the shop's, and the shop's database."""

    def __init__(self, shop: ShopSystem, service: HttpOrderService, database: object) -> None:
        self.shop, self.service, self.database = shop, service, database


@pytest.fixture
def house() -> Iterator[House]:
    database = memory_database()
    fill(database, {"ana": [demo_shop.PREPARED]})
    shop = ShopSystem(service_on(database, replace(POLICY, payment_methods=("card", "PayPal"))))
    with serving(shop) as system:
        yield House(shop, HttpOrderService(system, POLICY), database)
    database.close()


def failure(house: House) -> str:
    with pytest.raises(AnalyticsUnavailable) as raised:
        house.service.carry_out(CANCEL, "k")
    line = str(raised.value)
    assert "\n" not in line
    return line


def test_what_is_done_carries_its_key_and_what_is_asked_carries_none(house: House) -> None:
    assert isinstance(house.service.check(CANCEL), Allowed)
    assert isinstance(house.service.carry_out(CANCEL, "k"), Done)
    assert house.service.identify(CLAIM) == Verified(customer_id="ana", order_id="40300")
    assert len(house.service.refunds("ana")) == 1
    calls = [("/orders/check", ""), ("/orders/requests", "k"), ("/orders/identify", "c1:m1"), ("/orders/refunds", "")]
    assert house.shop.calls == calls


def test_every_field_of_a_request_is_sent(house: House) -> None:
    house.service.check(CANCEL)
    assert house.shop.sent[0].keys() == {name for name in OrderRequest.__dataclass_fields__}


@pytest.mark.parametrize("fault", [503, "slow", "cut"])
def test_a_fault_is_tried_again_and_nothing_is_done_twice(house: House, fault: int | str) -> None:
    house.shop.faults.append(fault)
    done = house.service.carry_out(CANCEL, "k")
    assert isinstance(done, Done)
    assert done.repeated is (fault != 503)  # slow and cut answers came too late: it had been done
    assert len(stored(house.database, "order_requests", "key")) == 1


def test_a_read_is_tried_again(house: House) -> None:
    house.shop.faults.append("slow")
    assert isinstance(house.service.check(CANCEL), Allowed)


@pytest.mark.parametrize(
    ("faults", "told"),
    [
        ([500, 502], "did not answer 'requests' (status 502)"),
        (["slow", "slow"], "did not answer 'requests' (too slow)"),
        ([404], "refused 'requests' with status 404; check RAPPORT_ORDERS_URL"),
        ([302], "check RAPPORT_ORDERS_URL"),
        ([422], "refused 'requests' with status 422"),
        ([b"<html>"], "it is not JSON"),
        ([b"[]"], "outcome must be one of done, refused, unknown_order"),
        ([b'{"outcome": "allowed"}'], "outcome must be one of"),
        ([b'{"outcome": "done", "kind": "cancel"}'], "request_id"),
        ([b" " * 1_000_001], "more than 1000000 bytes"),
    ],
)
def test_a_failure_is_one_clear_line(house: House, faults: list, told: str) -> None:
    house.shop.faults.extend(faults)
    assert told in failure(house)
    assert isinstance(house.service.carry_out(CANCEL, "k"), Done)  # and passes by itself


def test_another_secret_is_told_as_such(house: House) -> None:
    house.shop.secret = "another"
    assert "RAPPORT_ORDERS_SECRET must be the same" in failure(house)
    assert house.shop.calls == []


def test_nobody_there_is_told_as_such(house: House) -> None:
    with serving(house.shop) as system:
        service = HttpOrderService(system, POLICY)
    with pytest.raises(AnalyticsUnavailable, match=r"\(no connection\); see RAPPORT_ORDERS_URL"):
        service.check(CANCEL)


@pytest.mark.parametrize(
    ("change", "told"),
    [({"refund_by": datetime(2026, 5, 4)}, "refund_by: a moment needs its zone"), ({"amount": float("nan")}, "amount")],  # noqa: DTZ001
)
def test_moments_have_a_zone_and_amounts_are_numbers(house: House, change: dict, told: str) -> None:
    done = Done(
        request_id="1", kind="cancel", order_id="40300", product_ids=(), amount=1.0,
        refund_by=datetime(2026, 5, 4, tzinfo=UTC), needs_person=False,
    )  # fmt: skip
    body = wire.outcome_written(replace(done, **change))
    with pytest.raises(wire.UnreadableAnswerError, match=told):
        wire.read_outcome(body, frozenset({"done"}))


def test_fields_we_do_not_know_are_passed_over() -> None:
    assert wire.read_outcome(b'{"outcome": "no_match", "note": "x"}', frozenset({"no_match"})) == "no_match"
    body = b'{"outcome": "verified", "customer_id": "a", "order_id": "1", "since": 2020}'
    assert wire.read_outcome(body, frozenset({"verified"})) == Verified(customer_id="a", order_id="1")


def test_the_door_hands_out_the_shops_own_service_where_there_is_one(house: House, tmp_path: Path) -> None:
    with serving(house.shop) as system:
        service = open_analytics(memory_database(), tmp_path, SHOP_FILE, order_system=system).order_service()
        assert service.policy.refund_unseen_up_to == 25
        assert isinstance(service.check(CANCEL), Allowed)
    assert house.shop.calls == [("/orders/check", "")]


@pytest.mark.parametrize(
    ("request_", "column", "value"),
    [
        (CANCEL, "status", "cancelled"),
        (replace(CANCEL, kind="address", address="14 Elm Street"), "delivery_address", "14 Elm Street"),
        (replace(CANCEL, kind="payment", payment_method="card"), "payment_method", "card"),
    ],
)
def test_what_the_shop_did_is_known_here_at_once_and_no_import_is_overruled(
    house: House, tmp_path: Path, request_: OrderRequest, column: str, value: str
) -> None:
    copy = memory_database()
    fill(copy, {"ana": [demo_shop.PREPARED]})
    with serving(house.shop) as system:
        service = open_analytics(copy, tmp_path, SHOP_FILE, order_system=system).order_service()
        assert isinstance(service.carry_out(request_, "k"), Done)
    assert stored(copy, "orders", column, "changed_status") == [(value, None)]
    assert stored(copy, "order_requests", "key") == []


def test_what_the_shop_refused_changes_nothing_here(house: House, tmp_path: Path) -> None:
    copy = memory_database()
    fill(copy, {"ana": [demo_shop.PREPARED]})
    with serving(house.shop) as system:
        service = open_analytics(copy, tmp_path, SHOP_FILE, order_system=system).order_service()
        assert not isinstance(service.carry_out(replace(CANCEL, kind="return"), "k"), Done)
    assert stored(copy, "orders", "status") == [("processing",)]


def test_slots_and_the_moment_are_in_the_shops_own_time(house: House) -> None:
    house.shop.orders = service_on(memory_database(), SLOTTED)
    with serving(house.shop) as system:
        service = HttpOrderService(system, SLOTTED, clock=lambda: NOW, timezone="America/New_York")
        first = service.slots()[0]
    assert (first.starts_at.hour, first.starts_at.utcoffset()) == (4, timedelta(hours=-4))
    assert service.moment().hour == NOW.hour - 4


def test_the_doctor_asks_it_and_names_a_remedy(house: House, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("RAPPORT_HOME", str(tmp_path))
    monkeypatch.setenv("RAPPORT_ORDERS_SECRET", SECRET)
    with serving(house.shop) as system:
        monkeypatch.setenv("RAPPORT_ORDERS_URL", system.url)
        assert [check.status for check in check_orders(load_settings())] == ["ok"]
        house.shop.secret = "another"
        (check,) = check_orders(load_settings())
    assert (check.status, check.remedy[:21]) == ("fail", "RAPPORT_ORDERS_SECRET")
