"""Merges of customers: which two became one, by which key, when and by whom."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, bindparam, delete, insert, or_, select, update

from store.tables import customer_merges, identities

# Made once: an edge asks it of everybody who signs in.
_KEPT_BY = select(customer_merges.c.kept_id).where(
    customer_merges.c.merged_id == bindparam("whose"), customer_merges.c.state == "merged"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class MergeRow:
    """One merge; fields as in `store.tables.merging`."""

    merge_id: int
    kept_id: str
    merged_id: str
    state: str
    key_name: str | None
    key_value: str | None
    by: str
    at: datetime
    undone_by: str | None
    undone_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class KeyRow:
    """A key of a customer: its namespace and its value."""

    channel: str
    address: str
    customer_id: str


def merged_away(connection: Connection) -> dict[str, str]:
    """Give {merged customer: the one who stays now} of all merges that hold."""
    columns = customer_merges.c
    query = select(columns.merged_id, columns.kept_id).where(columns.state == "merged").order_by(columns.merge_id)
    direct = {gone: stays for gone, stays in connection.execute(query)}
    return {gone: _end(direct, gone) for gone in direct}


def standing_id(connection: Connection, customer_id: str) -> str:
    """Give the customer an id stands for now: the one she was merged into, else the id itself."""
    seen: set[str] = set()
    while customer_id not in seen:
        seen.add(customer_id)
        kept = connection.execute(_KEPT_BY, {"whose": customer_id}).scalar()
        if kept is None:
            break
        customer_id = str(kept)
    return customer_id


def add_merge(connection: Connection, row: MergeRow) -> int:
    """Write a merge, or a proposal; `merge_id` of the row is not looked at. Give its id."""
    values = {name: getattr(row, name) for name in MergeRow.__slots__ if name != "merge_id"}
    key = connection.execute(insert(customer_merges).values(**values)).inserted_primary_key
    assert key is not None  # noqa: S101  (an insert of one row has a key)
    return int(key[0])


def merge_row(connection: Connection, merge_id: int) -> MergeRow | None:
    """Give one merge."""
    found = connection.execute(select(customer_merges).where(customer_merges.c.merge_id == merge_id)).first()
    return None if found is None else MergeRow(**found._asdict())


def merge_rows(connection: Connection, *states: str) -> list[MergeRow]:
    """Give merges in any of the states, all without one, the newest first."""
    query = select(customer_merges).order_by(customer_merges.c.merge_id.desc())
    if states:
        query = query.where(customer_merges.c.state.in_(states))
    return [MergeRow(**row._asdict()) for row in connection.execute(query)]


def later_merges(connection: Connection, row: MergeRow) -> list[MergeRow]:
    """Give merges that hold, were made after one, and concern one of its two customers; the newest first."""
    columns = customer_merges.c
    both = (row.kept_id, row.merged_id)
    query = (
        select(customer_merges)
        .where(columns.merge_id > row.merge_id, columns.state == "merged")
        .where(or_(columns.kept_id.in_(both), columns.merged_id.in_(both)))
        .order_by(columns.merge_id.desc())
    )
    return [MergeRow(**found._asdict()) for found in connection.execute(query)]


def settle_merge(connection: Connection, merge_id: int, state: str, by: str, at: datetime) -> None:
    """Write that a merge was undone, or a proposal refused or followed."""
    values = {"state": state, "undone_by": by, "undone_at": at}
    connection.execute(update(customer_merges).where(customer_merges.c.merge_id == merge_id).values(**values))


def settled_pairs(connection: Connection) -> set[tuple[str, str]]:
    """Give the pairs that were proposed, refused or separated: nobody is asked twice, and no import decides again."""
    columns = customer_merges.c
    query = select(columns.kept_id, columns.merged_id).where(columns.state.in_(("proposed", "refused", "undone")))
    return {(kept, merged) for kept, merged in connection.execute(query)}


def drop_proposals(connection: Connection, kept_id: str, merged_id: str) -> None:
    """Delete what was proposed of two customers who are one now."""
    columns = customer_merges.c
    pair = or_(
        (columns.kept_id == kept_id) & (columns.merged_id == merged_id),
        (columns.kept_id == merged_id) & (columns.merged_id == kept_id),
    )
    connection.execute(delete(customer_merges).where(pair, columns.state == "proposed"))


def keys_of(connection: Connection, customer_id: str) -> list[KeyRow]:
    """Give a customer's verified keys."""
    columns = identities.c
    query = select(columns.channel, columns.address, columns.customer_id).where(columns.customer_id == customer_id)
    return [KeyRow(**row._asdict()) for row in connection.execute(query.order_by(columns.channel, columns.address))]


def all_keys(connection: Connection, channel: str) -> dict[str, str]:
    """Give {value: customer} of all verified keys of one namespace."""
    columns = identities.c
    query = select(columns.address, columns.customer_id).where(
        columns.channel == channel, columns.verified_at.is_not(None)
    )
    return {address: customer_id for address, customer_id in connection.execute(query)}


def add_keys(connection: Connection, rows: list[KeyRow], at: datetime) -> None:
    """Write verified keys that are new."""
    if rows:
        values = [{"channel": row.channel, "address": row.address, "customer_id": row.customer_id} for row in rows]
        connection.execute(insert(identities), [{**value, "verified_at": at} for value in values])


def _end(direct: dict[str, str], customer_id: str) -> str:
    """Follow merges to the end; an id that was merged twice over cannot lead round, since who stays is there."""
    seen: set[str] = set()
    while customer_id in direct and customer_id not in seen:
        seen.add(customer_id)
        customer_id = direct[customer_id]
    return customer_id
