"""The account and complaint services on both databases, and what happens when the same is asked at once."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from analytics.account_records import Filing
from analytics.complaint_records import Complaint
from store.engine import Database
from tests.support.databases import migrated_database
from tests.support.demo_shop import ORDERS
from tests.support.order_store import NOW, accounts_on, complaints_on, fill, stored

pytestmark = pytest.mark.integration

LATE = Complaint(conversation_id="c", customer_id="ana", topic="late", severity="severe")
ERASE = Filing(kind="erase", customer_id="ana", conversation_id="c")


@pytest.fixture(params=["sqlite", "postgresql"])
def database(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Database]:
    """A database that several threads may use at once: in memory they would share one connection."""
    with migrated_database(request.param, tmp_path / "rapport.db") as opened:
        fill(opened, {"ana": ORDERS, "ben": ()})
        yield opened


def at_once(work: Callable[[int], object]) -> None:
    """Do the work four times at the same moment."""
    start = threading.Barrier(4)

    def run(number: int) -> None:
        start.wait()
        work(number)

    threads = [threading.Thread(target=run, args=(number,)) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def test_four_complaints_at_once_earn_one_credit(database: Database) -> None:
    service = complaints_on(database)
    at_once(lambda number: service.take_down(replace(LATE, conversation_id=f"c{number}"), f"c{number}:1"))
    granted = [goodwill for (goodwill,) in stored(database, "complaints", "goodwill")]
    assert sorted(granted, key=bool) == [None, None, None, 10.0]


def test_a_request_made_four_times_at_once_is_one(database: Database) -> None:
    service = accounts_on(database)
    at_once(lambda number: service.file(replace(ERASE, conversation_id=f"c{number}"), f"c{number}:1"))
    assert stored(database, "account_requests", "kind", "status") == [("erase", "open")]


def test_details_consents_and_requests_are_kept(database: Database) -> None:
    service = accounts_on(database)
    service.change("ana", "name", "Anna", key="c:1", conversation_id="c")
    service.decide("ana", {"chat_offers": False}, "c:2", until=NOW + timedelta(days=30))
    filed = service.file(ERASE, "c:3")
    details = service.details("ana")
    assert details is not None
    assert (details.name, details.orders) == ("Anna", len(ORDERS))
    assert service.consents("ana")["chat_offers"].until == NOW + timedelta(days=30)
    assert filed is not None
    assert [one.request_id for one in service.all_open()] == [filed.request_id]
    assert service.withdraw("ana", "erase") is not None


def test_a_complaint_is_kept_joined_and_resolved(database: Database) -> None:
    service = complaints_on(database)
    first = service.take_down(LATE, "c:1")
    service.take_down(replace(LATE, note="40251"), "c:2")
    (kept,) = service.open_in("c")
    assert (kept.complaint_id, kept.times, kept.goodwill, kept.note) == (first.complaint_id, 2, 10.0, "40251")
    assert service.resolve(first.complaint_id)
    assert service.all_open() == []
