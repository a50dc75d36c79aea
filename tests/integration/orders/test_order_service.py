"""The order service on a real store: what it changes, what the policy refuses, whose orders it touches."""

from __future__ import annotations

import threading
from dataclasses import replace
from datetime import timedelta

import pytest

from analytics.order_records import Done, IdentityClaim, OrderRequest, Refused, RequestKind, UnknownOrder, Verified
from analytics.orders.identity import MOST_TRIES, MOST_TRIES_AT_A_NUMBER
from store.engine import Database
from tests.integration.orders.conftest import ServiceOn
from tests.support import demo_shop
from tests.support.order_store import NOW, POLICY, stored

pytestmark = pytest.mark.integration

PREPARED, RECEIVED, ON_ITS_WAY = demo_shop.PREPARED, demo_shop.RECEIVED, demo_shop.ON_ITS_WAY
CANCEL = OrderRequest(customer_id="ana", order_id=PREPARED.order_id, kind="cancel")
RETURN = OrderRequest(customer_id="ana", order_id=RECEIVED.order_id, kind="return")


def claim(number: int, *, order_id: str = "40300", email: str = "ana@example.com", talk: str = "c1") -> IdentityClaim:
    return IdentityClaim(order_id=order_id, email=email, conversation_id=talk, key=f"{talk}:{number}")


def test_a_cancelled_order_is_cancelled_and_its_total_comes_back(service_on: ServiceOn, database: Database) -> None:
    service = service_on(database)
    done = service.carry_out(CANCEL, "k")
    assert isinstance(done, Done)
    assert (done.amount, done.refund_by) == (3.74, NOW + timedelta(days=7))
    assert ("40300", "cancelled") in stored(database, "orders", "order_id", "changed_status")
    cancelled = replace(PREPARED, state="cancelled", expected_at=None)
    assert service.carry_out(CANCEL, "other") == Refused(code="cancelled", order=cancelled)


def test_the_same_key_again_changes_nothing(service_on: ServiceOn, database: Database) -> None:
    service = service_on(database)
    first = service.carry_out(CANCEL, "k")
    assert service.carry_out(CANCEL, "k") == replace(first, repeated=True)
    assert len(stored(database, "order_requests", "request_id")) == 1


def test_the_same_key_at_the_same_moment_acts_once(service_on: ServiceOn, database: Database) -> None:
    service = service_on(database)
    outcomes: list[object] = []
    threads = [threading.Thread(target=lambda: outcomes.append(service.carry_out(CANCEL, "k"))) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(outcome.repeated for outcome in outcomes if isinstance(outcome, Done)) == [False, True, True, True]
    assert len(stored(database, "order_requests", "request_id")) == 1


@pytest.mark.parametrize("kind", ["cancel", "address"])
def test_what_is_on_its_way_cannot_be_stopped(service_on: ServiceOn, database: Database, kind: RequestKind) -> None:
    request = replace(CANCEL, order_id=ON_ITS_WAY.order_id, kind=kind, address="1 Elm Street")
    outcome = service_on(database).carry_out(request, "k")
    assert isinstance(outcome, Refused)
    assert outcome.code == "too_late"
    assert stored(database, "order_requests", "key") == []
    late = service_on(database, replace(POLICY, cancel_until="on_its_way", address_until="on_its_way"))
    assert isinstance(late.carry_out(request, "k"), Done)


def test_an_order_is_sent_elsewhere(service_on: ServiceOn, database: Database) -> None:
    request = replace(CANCEL, kind="address", address="14 Elm Street, Springfield")
    assert isinstance(service_on(database).carry_out(request, "k"), Done)
    assert ("40300", "14 Elm Street, Springfield") in stored(database, "orders", "order_id", "delivery_address")


def test_a_return_pays_back_what_may_come_back_and_nothing_twice(service_on: ServiceOn, database: Database) -> None:
    service = service_on(database)
    pizza = service.carry_out(replace(RETURN, product_ids=("103",)), "k1")
    assert isinstance(pizza, Done)
    assert pizza.amount == 4.0
    rest = service.carry_out(RETURN, "k2")  # hair care stays with her
    assert isinstance(rest, Done)
    assert (rest.product_ids, rest.amount) == (("102",), 7.5)
    again = service.carry_out(replace(RETURN, product_ids=("103",)), "k3")
    assert isinstance(again, Refused)
    assert again.code == "already"
    assert [refund.amount for refund in service.refunds("ana", "40200")] in ([7.5, 4.0], [4.0, 7.5])


@pytest.mark.parametrize(
    ("change", "days_later", "code"),
    [
        ({"product_ids": ("105",)}, 0, "excluded"),
        ({"product_ids": ("999",)}, 0, "not_in_order"),
        ({"order_id": "40251"}, 0, "not_delivered"),
        ({}, 24, "expired"),  # placed seven days and three hours ago, thirty days to return
        ({"kind": "problem", "problem": "damaged"}, 8, "expired"),  # fourteen days to report
    ],
)
def test_the_policy_refuses(
    service_on: ServiceOn, database: Database, change: dict, days_later: int, code: str
) -> None:
    service = service_on(database, now=NOW + timedelta(days=days_later))
    outcome = service.check(replace(RETURN, **change))
    assert isinstance(outcome, Refused)
    assert outcome.code == code
    assert not isinstance(service.carry_out(replace(RETURN, **change), "k"), Done)


def test_a_small_problem_is_refunded_and_a_large_one_waits_for_a_person(
    service_on: ServiceOn, database: Database
) -> None:
    service = service_on(database)
    small = service.carry_out(replace(RETURN, kind="problem", problem="damaged", product_ids=("103",)), "k1")
    large = service.carry_out(replace(RETURN, kind="problem", problem="missing", product_ids=("102",)), "k2")
    assert isinstance(small, Done)
    assert isinstance(large, Done)
    assert (small.amount, small.needs_person) == (4.0, False)
    assert (large.amount, large.needs_person) == (None, True)
    assert stored(database, "order_requests", "reason", "status") == [("damaged", "done"), ("missing", "open")]


def test_somebody_elses_order_is_as_unknown_as_none(service_on: ServiceOn, database: Database) -> None:
    service = service_on(database)
    for order_id in ("40300", "99999"):
        assert service.check(replace(CANCEL, customer_id="ben", order_id=order_id)) == UnknownOrder()
        assert service.carry_out(replace(CANCEL, customer_id="ben", order_id=order_id), "k") == UnknownOrder()
    service.carry_out(CANCEL, "hers")
    assert service.carry_out(replace(CANCEL, customer_id="ben"), "hers") == UnknownOrder()
    assert service.refunds("ben") == []


def test_number_and_address_prove_whose_it_is_whatever_the_casing(service_on: ServiceOn, database: Database) -> None:
    verified = service_on(database).identify(claim(1, email=" Ana@Example.COM "))
    assert verified == Verified(customer_id="ana", order_id="40300")


def test_a_wrong_address_and_a_wrong_number_sound_the_same(service_on: ServiceOn, database: Database) -> None:
    service = service_on(database)
    assert service.identify(claim(1, email="ben@example.com")) == "no_match"
    assert service.identify(claim(2, order_id="77777")) == "no_match"


def test_guessing_ends_after_five_tries_also_for_the_right_answer(service_on: ServiceOn, database: Database) -> None:
    service = service_on(database)
    wrong = [service.identify(claim(number, email=f"{number}@example.com")) for number in range(MOST_TRIES + 1)]
    assert wrong == ["no_match"] * MOST_TRIES + ["throttled"]
    assert service.identify(claim(99)) == "throttled"
    assert service_on(database).identify(claim(99)) == "throttled"  # counted in the store, not in the process
    assert isinstance(service.identify(claim(1, talk="c2")), Verified)


def test_one_message_taken_twice_is_one_try(service_on: ServiceOn, database: Database) -> None:
    service = service_on(database)
    for _ in range(MOST_TRIES + 1):
        assert service.identify(claim(1, email="x@example.com")) == "no_match"
    assert isinstance(service.identify(claim(2)), Verified)


def test_new_conversations_do_not_help_a_guesser_and_an_hour_later_all_is_well(
    service_on: ServiceOn, database: Database
) -> None:
    service = service_on(database)
    for number in range(MOST_TRIES_AT_A_NUMBER):
        service.identify(claim(number, email="x@example.com", talk=f"talk {number}"))
    assert service.identify(claim(1, talk="one more")) == "throttled"
    later = service_on(database, now=NOW + timedelta(hours=1, minutes=1))
    assert isinstance(later.identify(claim(1, talk="one more")), Verified)
