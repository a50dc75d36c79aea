"""Accounts, consents and data requests: each is stored once, and what she said herself wins."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from analytics.account_records import Filing
from store.engine import Database
from store.memory import memory_database
from store.repositories.customers import customer_row
from tests.support.demo_shop import ORDERS
from tests.support.order_store import ACCOUNTS, NOW, accounts_on, fill, stored

ERASE = Filing(kind="erase", customer_id="ana", conversation_id="c")


@pytest.fixture
def database() -> Database:
    opened = memory_database()
    fill(opened, {"ana": ORDERS, "ben": ()}, {"ana": "Ana", "ben": "Ben"})
    return opened


def test_a_changed_detail_wins_over_the_import_and_the_rest_stays(database: Database) -> None:
    service = accounts_on(database)
    assert service.change("ana", "name", "Anna", key="c:1", conversation_id="c") == "changed"
    assert service.change("ana", "phone", "555 0134", key="c:2", conversation_id="c") == "changed"
    details = service.details("ana")
    assert details is not None
    assert (details.name, details.email, details.phone) == ("Anna", "ana@example.com", "555 0134")
    assert details.orders == len(ORDERS)
    with database.read() as connection:
        row = customer_row(connection, "ana")
    assert row is not None
    assert row.name == "Anna"
    assert stored(database, "customers", "name") == [("Ana",), ("Ben",)]


def test_the_same_key_changes_nothing_again(database: Database) -> None:
    service = accounts_on(database)
    service.change("ana", "name", "Anna", key="c:1", conversation_id="c")
    service.change("ana", "name", "Eve", key="c:1", conversation_id="c")
    assert stored(database, "account_details", "name") == [("Anna",)]


def test_nobody_unknown_is_changed(database: Database) -> None:
    assert accounts_on(database).change("eve", "name", "Eve", key="c:1", conversation_id="c") == "unknown"
    assert accounts_on(database).details("eve") is None


def test_a_new_address_may_wait_for_its_link(database: Database) -> None:
    service = accounts_on(database, replace(ACCOUNTS, email_by_link=True))
    for turn, email in enumerate(["a@new.example", "b@new.example", "b@new.example"]):
        key = f"c:{min(turn, 1)}"
        assert service.change("ana", "email", email, key=key, conversation_id="c") == "to_confirm"
    details = service.details("ana")
    assert details is not None
    assert details.email == "ana@example.com"
    assert stored(database, "account_requests", "kind", "email", "status") == [
        ("email", "a@new.example", "withdrawn"),
        ("email", "b@new.example", "open"),
    ]


def test_consents_are_the_shops_until_she_decides(database: Database) -> None:
    service = accounts_on(database)
    assert service.consents("ana")["newsletter"].granted
    assert not service.consents("ana")["order_texts"].granted
    service.decide("ana", {"newsletter": False, "order_texts": True}, "c:1")
    now = service.consents("ana")
    assert (now["newsletter"].granted, now["newsletter"].since) == (False, NOW)
    assert now["order_texts"].granted
    assert service.consents("ben")["newsletter"].granted


def test_the_last_decision_counts_and_the_same_key_decides_once(database: Database) -> None:
    service = accounts_on(database)
    service.decide("ana", {"newsletter": False}, "c:1")
    service.decide("ana", {"newsletter": True}, "c:2")
    service.decide("ana", {"newsletter": False}, "c:1")
    assert service.consents("ana")["newsletter"].granted
    assert len(stored(database, "consents", "purpose")) == 2


def test_a_pause_ends_by_itself(database: Database) -> None:
    accounts_on(database).decide("ana", {"chat_offers": False}, "c:1", until=NOW + timedelta(days=30))
    assert not accounts_on(database, now=NOW + timedelta(days=29)).consents("ana")["chat_offers"].granted
    assert accounts_on(database, now=NOW + timedelta(days=31)).consents("ana")["chat_offers"].granted


def test_after_a_pause_holds_what_she_had_decided_before(database: Database) -> None:
    accounts_on(database).decide("ana", {"chat_offers": False}, "c:1")
    accounts_on(database).decide("ana", {"chat_offers": True}, "c:2", until=NOW + timedelta(days=1))
    assert accounts_on(database).consents("ana")["chat_offers"].granted
    assert not accounts_on(database, now=NOW + timedelta(days=2)).consents("ana")["chat_offers"].granted


def test_a_request_is_written_down_once_with_its_deadline(database: Database) -> None:
    service = accounts_on(database)
    first, again, elsewhere = (
        service.file(ERASE, "c:1"),
        service.file(ERASE, "c:2"),
        service.file(replace(ERASE, conversation_id="d"), "d:1"),
    )
    assert first is not None
    assert again is not None
    assert elsewhere is not None
    assert first.due_at == NOW + timedelta(days=ACCOUNTS.deletion_days)
    assert (first.repeated, again.repeated, elsewhere.repeated) == (False, True, True)
    assert first.request_id == again.request_id == elsewhere.request_id
    assert [filed.kind for filed in service.requests("ana")] == ["erase"]
    assert service.requests("ben") == []


def test_a_request_is_taken_back_and_can_be_made_again(database: Database) -> None:
    service = accounts_on(database)
    service.file(ERASE, "c:1")
    withdrawn = service.withdraw("ana", "erase")
    assert withdrawn is not None
    assert withdrawn.status == "withdrawn"
    assert service.withdraw("ana", "erase") is None
    assert service.requests("ana") == []
    assert service.file(ERASE, "c:2") is not None
    assert len(service.requests("ana")) == 1


def test_a_visitor_is_written_down_by_address_and_not_without_end(database: Database) -> None:
    service = accounts_on(database)
    filed = [
        service.file(Filing(kind="create", email=f"{number}@x.example", conversation_id="c"), f"c:{number}")
        for number in range(7)
    ]
    assert [each is not None for each in filed] == [True] * 5 + [False] * 2
    assert len(service.all_open()) == 5


def test_the_shop_settles_a_request_once(database: Database) -> None:
    service = accounts_on(database)
    filed = service.file(ERASE, "c:1")
    assert filed is not None
    assert service.settle(filed.request_id)
    assert not service.settle(filed.request_id)
    assert service.all_open() == []
