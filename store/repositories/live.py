"""Live profiles: one short JSON text for each customer and each visitor not yet known."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, bindparam, delete, insert, select, update

from store.repositories.bulk import AMONG, moment_text, rows_among, write_many
from store.tables import live_links, live_profiles

CUSTOMER, ANONYMOUS = "c:", "a:"

#: Any number that nobody else locks.
_PROFILES_LOCK = 7_274_017
_ADD_LINK = insert(live_links)
_STATE = select(live_profiles.c.state).where(live_profiles.c.subject == bindparam("whose"))
_STATES = {
    "sqlite": f"SELECT subject, state FROM live_profiles WHERE subject {AMONG['sqlite']}",  # noqa: S608
    "postgresql": f"SELECT subject, state::text FROM live_profiles WHERE subject {AMONG['postgresql']}",  # noqa: S608
}
_SAVE = (
    "INSERT INTO live_profiles (subject, state, orders, money, updated_at) VALUES ({values}) ON CONFLICT (subject) "
    "DO UPDATE SET state = excluded.state, orders = excluded.orders, money = excluded.money, "
    "updated_at = excluded.updated_at"
)
_SAVES = {
    "sqlite": _SAVE.format(values="?, ?, ?, ?, ?"),
    "postgresql": _SAVE.format(values="%s, %s::jsonb, %s, %s, %s::timestamptz"),
}
_LINKS = {
    name: "SELECT anonymous_id, customer_id, undone_at IS NOT NULL FROM live_links "  # noqa: S608  (our own names)
    f"WHERE anonymous_id {among}"
    for name, among in AMONG.items()
}


@dataclass(frozen=True, slots=True)
class LiveRow:
    """One subject's state as JSON text, with its orders and money."""

    subject: str
    state: str
    orders: int
    money: float


@dataclass(frozen=True, slots=True)
class LinkRow:
    """Who an anonymous id belongs to; `undone` where a person took it back."""

    anonymous_id: str
    customer_id: str
    undone: bool


def state_of(connection: Connection, subject: str) -> dict[str, Any] | None:
    """Give a subject's state as plain values; None where nothing was ever seen of it."""
    found: dict[str, Any] | None = connection.execute(_STATE, {"whose": subject}).scalar_one_or_none()
    return found


def states_of(connection: Connection, subjects: Sequence[str]) -> dict[str, str]:
    """Give the states of many subjects as JSON text, in one query; those of which nothing was seen are absent."""
    return {row[0]: row[1] for row in rows_among(connection, _STATES, subjects)}


def save_states(connection: Connection, rows: Iterable[LiveRow], now: datetime) -> None:
    """Write states, new or changed, in the caller's transaction."""
    moment = moment_text(connection, now)
    values = [(row.subject, row.state, row.orders, row.money, moment) for row in rows]
    write_many(connection, _SAVES, values)


def forget_states(connection: Connection, subjects: Sequence[str]) -> None:
    """Delete the states of subjects."""
    connection.execute(delete(live_profiles).where(live_profiles.c.subject.in_(subjects)))


def links_of(connection: Connection, anonymous_ids: Sequence[str]) -> dict[str, LinkRow]:
    """Give who anonymous ids turned out to be, undone links among them; unknown ids are absent."""
    return {row[0]: LinkRow(row[0], row[1], bool(row[2])) for row in rows_among(connection, _LINKS, anonymous_ids)}


def linked_to(connection: Connection, customer_id: str) -> list[str]:
    """Give the anonymous ids that are known to be a customer's, by id."""
    columns = live_links.c
    query = select(columns.anonymous_id).where(columns.customer_id == customer_id, columns.undone_at.is_(None))
    return list(connection.execute(query.order_by(columns.anonymous_id)).scalars())


def add_links(connection: Connection, links: Iterable[LinkRow], message_ids: Mapping[str, str], now: datetime) -> None:
    """Write who anonymous ids turned out to be; `message_ids` names the event that told it."""
    values = [
        {"anonymous_id": link.anonymous_id, "customer_id": link.customer_id,
         "message_id": message_ids[link.anonymous_id], "linked_at": now}
        for link in links
    ]  # fmt: skip
    if values:
        connection.execute(_ADD_LINK, values)


def undo_link(connection: Connection, anonymous_id: str, at: datetime) -> str | None:
    """Take a link back; give whose it was, None where there was none."""
    columns = live_links.c
    standing = (columns.anonymous_id == anonymous_id) & columns.undone_at.is_(None)
    whose: str | None = connection.execute(select(columns.customer_id).where(standing)).scalar_one_or_none()
    if whose is not None:
        connection.execute(update(live_links).where(standing).values(undone_at=at))
    return whose


def forget_links(connection: Connection, customer_id: str) -> None:
    """Delete the links to a customer."""
    connection.execute(delete(live_links).where(live_links.c.customer_id == customer_id))


def lock_profiles(connection: Connection) -> None:
    """Let no other process change live profiles until the transaction ends: each is read, changed and written back.

    SQLite has one writer in any case. One lock for all, not one a customer: a transaction of the gateway holds turns
    and batches of many customers in the order they came. With a lock for each, two processes could each wait for one
    that the other has.
    """
    if connection.dialect.name == "postgresql":
        connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({_PROFILES_LOCK})")
