"""Customers' own details, consents, and requests about accounts and data."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, bindparam, func, insert, select, update

from store.tables import account_details, account_requests, consents, customers, orders

_CONSENTS = (
    select(consents.c.purpose, consents.c.granted, consents.c.until, consents.c.decided_at)
    .where(consents.c.customer_id == bindparam("whose"))
    .order_by(consents.c.consent_id)
)
_DETAILS = select(account_details).where(account_details.c.customer_id == bindparam("whose"))


@dataclass(frozen=True, slots=True, kw_only=True)
class DetailsRow:
    """What a customer changed about herself; None where she changed nothing."""

    customer_id: str
    name: str | None = None
    email: str | None = None
    phone: str | None = None
    address: str | None = None
    key: str
    changed_at: datetime


@dataclass(frozen=True, slots=True)
class ConsentRow:
    """One decision on one purpose."""

    purpose: str
    granted: bool
    until: datetime | None
    decided_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class AccountRequestRow:
    """One request; fields as in `store.tables.accounts`."""

    request_id: str
    key: str
    kind: str
    conversation_id: str
    customer_id: str | None
    email: str | None
    status: str
    due_at: datetime
    created_at: datetime
    settled_at: datetime | None = None


def details_row(connection: Connection, customer_id: str) -> DetailsRow | None:
    """Give what a customer changed about herself; None where she changed nothing yet."""
    found = connection.execute(_DETAILS, {"whose": customer_id}).first()
    return None if found is None else DetailsRow(**found._asdict())


def change_detail(connection: Connection, customer_id: str, key: str, at: datetime, **values: str) -> None:
    """Write changed details over the ones before."""
    changed = {**values, "key": key, "changed_at": at}
    whose = account_details.c.customer_id == customer_id
    if connection.execute(update(account_details).where(whose).values(**changed)).rowcount == 0:
        connection.execute(insert(account_details).values(customer_id=customer_id, **changed))


def lock_customer(connection: Connection, customer_id: str) -> None:
    """Hold a customer until the transaction ends: of two requests at once the second sees what the first did."""
    whose = customers.c.customer_id == customer_id
    connection.execute(select(customers.c.customer_id).where(whose).with_for_update())


def orders_placed(connection: Connection, customer_id: str) -> int:
    """Count a customer's orders."""
    query = select(func.count()).select_from(orders).where(orders.c.customer_id == customer_id)
    return int(connection.execute(query).scalar_one())


def consents_of(connection: Connection, customer_id: str, now: datetime) -> dict[str, ConsentRow]:
    """Give a customer's last decision on each purpose she has decided on; pauses that are over left out."""
    rows = (ConsentRow(*row) for row in connection.execute(_CONSENTS, {"whose": customer_id}))
    return {row.purpose: row for row in rows if row.until is None or row.until > now}


def consent_decided(connection: Connection, customer_id: str, key: str) -> bool:
    """Whether a decision was written under this key before."""
    query = select(consents.c.consent_id).where(consents.c.customer_id == customer_id, consents.c.key == key)
    return connection.execute(query).first() is not None


def last_import_consents(connection: Connection, customer_id: str, key: str) -> dict[str, bool]:
    """Give {purpose: granted} as a source last told it under its key."""
    columns = consents.c
    query = select(columns.purpose, columns.granted).where(columns.customer_id == customer_id, columns.key == key)
    return {purpose: granted for purpose, granted in connection.execute(query.order_by(columns.consent_id))}


def add_consent(connection: Connection, customer_id: str, key: str, row: ConsentRow) -> None:
    """Write one decision."""
    connection.execute(insert(consents).values(customer_id=customer_id, key=key, **asdict(row)))


def add_account_request(connection: Connection, row: AccountRequestRow) -> None:
    """Write a request; its key must be new."""
    connection.execute(insert(account_requests).values(**asdict(row)))


def account_request_of_key(connection: Connection, key: str) -> AccountRequestRow | None:
    """Give the request made under a key; None where there is none yet."""
    return next(iter(_requests(connection, account_requests.c.key == key)), None)


def open_account_requests(connection: Connection, **whose: str | None) -> list[AccountRequestRow]:
    """Give open requests, the first due first; of a customer, an e-mail address or a kind where they are given."""
    columns = account_requests.c
    return _requests(connection, columns.status == "open", *(columns[name] == value for name, value in whose.items()))


def requests_of_conversation(connection: Connection, conversation_id: str) -> int:
    """Count what was asked in a conversation, whatever came of it."""
    query = select(func.count()).select_from(account_requests)
    return int(connection.execute(query.where(account_requests.c.conversation_id == conversation_id)).scalar_one())


def settle_account_request(connection: Connection, request_id: str, status: str, at: datetime) -> bool:
    """End an open request as "done" or "withdrawn"; False where no open one has this id."""
    columns = account_requests.c
    which = (columns.request_id == request_id) & (columns.status == "open")
    return bool(connection.execute(update(account_requests).where(which).values(status=status, settled_at=at)).rowcount)


def _requests(connection: Connection, *which: Any) -> list[AccountRequestRow]:
    columns = account_requests.c
    query = select(account_requests).where(*which).order_by(columns.due_at, columns.request_id)
    return [AccountRequestRow(**row._asdict()) for row in connection.execute(query)]
