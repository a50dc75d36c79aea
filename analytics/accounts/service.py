"""The account service on our own store: one transaction a request, harmless to repeat."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from uuid import uuid4

from sqlalchemy import Connection

from analytics.account_records import (
    AccountDetails,
    AccountPolicy,
    Changed,
    Consent,
    DetailName,
    Filed,
    Filing,
    FilingKind,
    Purpose,
)
from analytics.accounts.consents import consents_now
from analytics.failures import unavailable_on_database_failure
from store.engine import Database
from store.repositories import accounts
from store.repositories.accounts import AccountRequestRow, ConsentRow
from store.repositories.customers import customer_row

#: Requests after which a conversation is not believed any more: each costs a person of the shop some time.
MOST_OF_A_CONVERSATION = 5


class SqlAccountService:
    """Implements `analytics.account_service.AccountService`; on `store.memory.memory_database()` it is its own twin.

    Parameters
    ----------
    database : with all tables.
    policy : how the shop deals with accounts and data.
    clock : gives the present moment, aware.
    """

    def __init__(self, database: Database, policy: AccountPolicy, *, clock: Callable[[], datetime]) -> None:
        self._database = database
        self._policy = policy
        self._clock = clock

    @property
    def policy(self) -> AccountPolicy:
        """See `AccountService.policy`."""
        return self._policy

    @unavailable_on_database_failure
    def details(self, customer_id: str) -> AccountDetails | None:
        """See `AccountService.details`."""
        with self._database.read() as connection:
            known = customer_row(connection, customer_id)
            changed = accounts.details_row(connection, customer_id)
            placed = accounts.orders_placed(connection, customer_id)
        if known is None:
            return None
        return AccountDetails(
            customer_id=customer_id,
            name=known.name,
            email=known.email,
            phone=changed.phone if changed else None,
            address=changed.address if changed else None,
            joined_at=known.joined_at,
            orders=placed,
        )

    @unavailable_on_database_failure
    def change(self, customer_id: str, detail: DetailName, value: str, *, key: str, conversation_id: str) -> Changed:
        """See `AccountService.change`."""
        now = self._clock()
        with self._database.write() as connection:
            accounts.lock_customer(connection, customer_id)
            if customer_row(connection, customer_id) is None:
                return "unknown"
            if detail == "email" and self._policy.email_by_link:
                filing = Filing(kind="email", customer_id=customer_id, email=value, conversation_id=conversation_id)
                if accounts.account_request_of_key(connection, key) is None:
                    self._supersede(connection, customer_id, "email", now)
                    self._write(connection, filing, key, now)
                return "to_confirm"
            before = accounts.details_row(connection, customer_id)
            if before is None or before.key != key:
                accounts.change_detail(connection, customer_id, key, now, **{detail: value})
            return "changed"

    @unavailable_on_database_failure
    def consents(self, customer_id: str) -> dict[Purpose, Consent]:
        """See `AccountService.consents`."""
        with self._database.read() as connection:
            return consents_now(connection, customer_id, self._policy, self._clock())

    @unavailable_on_database_failure
    def decide(
        self, customer_id: str, choices: Mapping[Purpose, bool], key: str, *, until: datetime | None = None
    ) -> None:
        """See `AccountService.decide`."""
        now = self._clock()
        with self._database.write() as connection:
            accounts.lock_customer(connection, customer_id)
            if accounts.consent_decided(connection, customer_id, key):
                return
            for purpose, granted in choices.items():
                accounts.add_consent(connection, customer_id, key, ConsentRow(purpose, granted, until, now))

    @unavailable_on_database_failure
    def file(self, filing: Filing, key: str) -> Filed | None:
        """See `AccountService.file`."""
        now = self._clock()
        with self._database.write() as connection:
            if filing.customer_id is not None:
                accounts.lock_customer(connection, filing.customer_id)
            earlier = self._earlier(connection, filing, key)
            if earlier is not None:
                return _filed(earlier, repeated=True)
            asked = accounts.requests_of_conversation(connection, filing.conversation_id)
            if asked >= MOST_OF_A_CONVERSATION:
                return None
            return _filed(self._write(connection, filing, key, now))

    @unavailable_on_database_failure
    def requests(self, customer_id: str) -> list[Filed]:
        """See `AccountService.requests`."""
        with self._database.read() as connection:
            return [_filed(row) for row in accounts.open_account_requests(connection, customer_id=customer_id)]

    @unavailable_on_database_failure
    def withdraw(self, customer_id: str, kind: FilingKind) -> Filed | None:
        """See `AccountService.withdraw`."""
        with self._database.write() as connection:
            accounts.lock_customer(connection, customer_id)
            withdrawn = self._supersede(connection, customer_id, kind, self._clock())
            return _filed(withdrawn, status="withdrawn") if withdrawn else None

    @unavailable_on_database_failure
    def all_open(self) -> list[Filed]:
        """See `AccountService.all_open`."""
        with self._database.read() as connection:
            return [_filed(row) for row in accounts.open_account_requests(connection)]

    @unavailable_on_database_failure
    def settle(self, request_id: str) -> bool:
        """See `AccountService.settle`."""
        with self._database.write() as connection:
            return accounts.settle_account_request(connection, request_id, "done", self._clock())

    @staticmethod
    def _earlier(connection: Connection, filing: Filing, key: str) -> AccountRequestRow | None:
        """The request of this key, or the open one of the same kind and person; keys belong to their conversation."""
        same = accounts.account_request_of_key(connection, key)
        if same is not None and same.conversation_id == filing.conversation_id:
            return same
        if filing.customer_id is not None:
            found = accounts.open_account_requests(connection, customer_id=filing.customer_id, kind=filing.kind)
        else:
            found = accounts.open_account_requests(
                connection, conversation_id=filing.conversation_id, kind=filing.kind, email=filing.email
            )
        return next(iter(found), None)

    @staticmethod
    def _supersede(
        connection: Connection, customer_id: str, kind: FilingKind, now: datetime
    ) -> AccountRequestRow | None:
        found = accounts.open_account_requests(connection, customer_id=customer_id, kind=kind)
        for row in found:
            accounts.settle_account_request(connection, row.request_id, "withdrawn", now)
        return next(iter(found), None)

    def _write(self, connection: Connection, filing: Filing, key: str, now: datetime) -> AccountRequestRow:
        row = AccountRequestRow(
            request_id=str(uuid4()),
            key=key,
            kind=filing.kind,
            conversation_id=filing.conversation_id,
            customer_id=filing.customer_id,
            email=filing.email,
            status="open",
            due_at=now + self._takes(filing.kind),
            created_at=now,
        )
        accounts.add_account_request(connection, row)
        return row

    def _takes(self, kind: FilingKind) -> timedelta:
        if kind in ("delete", "erase"):
            return timedelta(days=self._policy.deletion_days)
        return timedelta(days=self._policy.export_days if kind == "export" else self._policy.answer_days)


def _filed(row: AccountRequestRow, *, repeated: bool = False, status: str = "") -> Filed:
    return Filed(
        request_id=row.request_id,
        kind=row.kind,  # type: ignore[arg-type]  # only this service writes it
        status=status or row.status,  # type: ignore[arg-type]
        asked_at=row.created_at,
        due_at=row.due_at,
        customer_id=row.customer_id,
        email=row.email,
        repeated=repeated,
    )
