"""Complaints are kept once; what is granted for them is bound by the shop's policy."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from analytics.complaint_records import Complaint
from store.engine import Database
from store.memory import memory_database
from tests.support.demo_shop import ORDERS
from tests.support.order_store import COMPLAINTS, NOW, complaints_on, fill, stored

LATE = Complaint(conversation_id="c", customer_id="ana", topic="late", severity="serious")


@pytest.fixture
def database() -> Database:
    opened = memory_database()
    fill(opened, {"ana": ORDERS, "ben": ()})
    return opened


def test_a_serious_complaint_of_a_customer_is_made_up_for_once(database: Database) -> None:
    taken = complaints_on(database).take_down(LATE, "c:1")
    assert taken.goodwill is not None
    assert (taken.goodwill.amount, taken.goodwill.valid_until) == (5.0, NOW + timedelta(days=60))
    assert complaints_on(database).take_down(LATE, "c:1").goodwill is None
    another = replace(LATE, conversation_id="d", topic="damaged", severity="severe")
    assert complaints_on(database).take_down(another, "d:1").goodwill is None
    later = complaints_on(database, now=NOW + timedelta(days=5)).take_down(another, "d:2")
    assert later.goodwill is None
    assert stored(database, "complaints", "topic", "goodwill") == [
        ("damaged", None),
        ("damaged", None),
        ("late", 5),
    ]


def test_the_next_credit_comes_after_the_shops_pause(database: Database) -> None:
    complaints_on(database).take_down(LATE, "c:1")
    policy = replace(COMPLAINTS, recent_order_days=400)
    again = replace(LATE, conversation_id="d")
    early, late = NOW + timedelta(days=89), NOW + timedelta(days=91)
    assert complaints_on(database, policy, early).take_down(again, "d:1").goodwill is None
    assert complaints_on(database, policy, late).take_down(replace(again, conversation_id="e"), "e:1").goodwill


@pytest.mark.parametrize(
    "complaint",
    [
        replace(LATE, severity="minor"),
        replace(LATE, customer_id=None),
        replace(LATE, customer_id="ben"),
        replace(LATE, topic="bot"),
        replace(LATE, topic="other"),
    ],
)
def test_nothing_is_granted_to_others_or_for_little(database: Database, complaint: Complaint) -> None:
    assert complaints_on(database).take_down(complaint, "c:1").goodwill is None


def test_nothing_is_granted_without_a_recent_order_or_without_a_policy(database: Database) -> None:
    late = NOW + timedelta(days=60)
    assert complaints_on(database, now=late).take_down(LATE, "c:1").goodwill is None
    assert complaints_on(database, replace(COMPLAINTS, goodwill={})).take_down(LATE, "c:2").goodwill is None


def test_messages_about_the_same_thing_are_one_complaint_as_bad_as_the_worst(database: Database) -> None:
    service = complaints_on(database)
    first = service.take_down(replace(LATE, severity="minor"), "c:1")
    second = service.take_down(replace(LATE, topic="other", wish="refund", severity="severe"), "c:2")
    assert first.complaint_id == second.complaint_id
    (kept,) = service.open_of("ana")
    assert (kept.topic, kept.severity, kept.wish, kept.times, kept.goodwill) == ("late", "severe", "refund", 2, None)


def test_the_third_message_and_the_third_complaint_go_to_a_person(database: Database) -> None:
    service = complaints_on(database)
    here = [service.take_down(LATE, f"c:{number}").needs_person for number in range(3)]
    assert here == [False, False, True]
    service.take_down(replace(LATE, conversation_id="d"), "d:1")
    assert service.take_down(replace(LATE, conversation_id="e"), "e:1").needs_person
    assert not service.take_down(replace(LATE, conversation_id="f", customer_id=None), "f:1").needs_person


def test_a_resolved_complaint_is_open_no_more(database: Database) -> None:
    service = complaints_on(database)
    taken = service.take_down(LATE, "c:1")
    assert [kept.complaint_id for kept in service.all_open()] == [taken.complaint_id]
    assert service.resolve(taken.complaint_id)
    assert not service.resolve(taken.complaint_id)
    assert service.open_of("ana") == []
