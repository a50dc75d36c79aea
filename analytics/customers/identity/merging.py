"""Merging two customers: everything of one becomes the other's, every row logged, so that it can be taken back."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Table, UniqueConstraint

from analytics.customers.identity.combining import combined_customer, combined_details, combined_profile
from analytics.customers.identity.consents import stricter_consents
from store.repositories.accounts import lock_customer
from store.repositories.merges import MergeRow, add_merge, drop_proposals, standing_id
from store.repositories.row_log import RowLog, Values, rows_where
from store.tables import account_details, consents, customers, metadata, profiles, reviews

#: What a customer has once, and how two become one. Of other tables with one row a customer (features, predictions),
#: the one who stays keeps hers until the job computes them anew.
_COMBINED = {account_details: combined_details, profiles: combined_profile}
#: {table: (column, what stands before a customer's id in it, columns that tell her rows apart)}.
_OWNED = {"shopping_items": ("owner", "customer:", ("name",)), "live_profiles": ("subject", "c:", ())}


class MergeError(ValueError):
    """Two customers cannot be merged, or a merge cannot be taken back; one line: what, why, how."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Key:
    """The verified key that two customers share."""

    name: str
    value: str


def merge(
    connection: Connection, kept_id: str, merged_id: str, *, by: str, at: datetime, key: Key | None = None
) -> int:
    """Make one customer of two; give the number of the merge.

    Parameters
    ----------
    connection : in a write transaction.
    kept_id, merged_id : who stays, and whose rows become hers.
    by : who or what merges them.
    key : the verified key they share; None where a person says that they are one.

    Raises
    ------
    MergeError
        They are the same, or one of them does not exist.
    """
    if kept_id == merged_id:
        raise MergeError(f"{kept_id} is one customer already: give two.")
    for customer_id in sorted((kept_id, merged_id)):
        lock_customer(connection, customer_id)
    kept, merged = (_customer(connection, customer_id) for customer_id in (kept_id, merged_id))
    merge_id = add_merge(
        connection,
        MergeRow(
            merge_id=0,
            kept_id=kept_id,
            merged_id=merged_id,
            state="merged",
            key_name=key.name if key else None,
            key_value=key.value if key else None,
            by=by,
            at=at,
            undone_by=None,
            undone_at=None,
        ),
    )
    drop_proposals(connection, kept_id, merged_id)
    log = RowLog(connection, merge_id)
    for row in stricter_consents(connection, kept_id, merged_id, merge_id, at):
        log.add(consents, row)
    for table in _tables_of_customers():
        _move(connection, log, table, kept_id, merged_id)
    for name, (column, prefix, apart) in _OWNED.items():
        if name in metadata.tables:
            _move_owned(connection, log, metadata.tables[name], (column, prefix, apart), kept_id, merged_id)
    log.change(customers, kept, **combined_customer(kept, merged))
    log.remove(customers, merged)
    return merge_id


def _customer(connection: Connection, customer_id: str) -> Values:
    found = rows_where(connection, customers, "customer_id", customer_id)
    if found:
        return found[0]
    stands = standing_id(connection, customer_id)
    hint = f"she is part of {stands} already" if stands != customer_id else "see `rapport customers merges`"
    raise MergeError(f"There is no customer {customer_id}: {hint}.")


def _tables_of_customers() -> Iterator[Table]:
    """Give every table with a customer's id, in an order that is always the same."""
    for table in sorted(metadata.tables.values(), key=lambda one: one.name):
        if "customer_id" in table.c and table is not customers:
            yield table


def _move(connection: Connection, log: RowLog, table: Table, kept_id: str, merged_id: str) -> None:
    """Give the rows of one customer to the other; of two that cannot stand beside each other one remains."""
    theirs = rows_where(connection, table, "customer_id", merged_id)
    if not theirs:
        return
    own = rows_where(connection, table, "customer_id", kept_id)
    if table in _COMBINED and own:
        log.change(table, own[0], **_COMBINED[table](own[0], theirs[0]))
        log.remove(table, theirs[0])
        return
    if table is reviews:
        theirs = _newest_reviews(log, own, theirs)
    taken = {_apart(row, columns) for columns in _unique(table) for row in own}
    for row in theirs:
        if any(_apart(row, columns) in taken for columns in _unique(table)):
            log.remove(table, row)
        else:
            log.change(table, row, customer_id=kept_id)


def _newest_reviews(log: RowLog, own: list[Values], theirs: list[Values]) -> list[Values]:
    """Keep one review a product, the newest; give those of the other customer that stay."""
    ours = {row["product_id"]: row for row in own}
    stay = []
    for row in theirs:
        rival = ours.get(row["product_id"])
        if rival is not None and rival["created_at"] >= row["created_at"]:
            log.remove(reviews, row)
            continue
        if rival is not None:
            log.remove(reviews, rival)
        stay.append(row)
    return stay


def _unique(table: Table) -> list[tuple[str, ...]]:
    """Give what tells the rows of one customer apart: the rest of each key that has her id in it."""
    keys: list[Iterable[Any]] = [table.primary_key.columns]
    keys += [constraint.columns for constraint in table.constraints if isinstance(constraint, UniqueConstraint)]
    keys += [index.columns for index in table.indexes if index.unique]
    named = [tuple(column.name for column in key) for key in keys]
    return [tuple(name for name in key if name != "customer_id") for key in named if "customer_id" in key]


def _apart(row: Values, columns: tuple[str, ...]) -> tuple[Any, ...]:
    return (columns, *(row[name] for name in columns))


def _move_owned(
    connection: Connection,
    log: RowLog,
    table: Table,
    owned: tuple[str, str, tuple[str, ...]],
    kept_id: str,
    merged_id: str,
) -> None:
    """Move rows whose owner is written as "customer:ana"; what the other has already (by name) is left out."""
    column, prefix, apart = owned
    own = {_lower(row, apart) for row in rows_where(connection, table, column, f"{prefix}{kept_id}")}
    for row in rows_where(connection, table, column, f"{prefix}{merged_id}"):
        if _lower(row, apart) in own:
            log.remove(table, row)
        else:
            log.change(table, row, **{column: f"{prefix}{kept_id}"})


def _lower(row: Values, columns: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(str(row[name]).casefold() for name in columns)
