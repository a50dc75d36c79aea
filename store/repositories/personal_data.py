"""Everything that is held on one customer: given to her as a copy, or erased but for what the law makes a shop keep.

A table with a column `customer_id` that is not named here is personal by default: its rows are copied and deleted. So a
new table cannot be forgotten; one whose rows are found in another way has to be named.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import ColumnElement, Connection, Table, delete, func, or_, select, update

from store.tables import metadata

#: Never shown to anybody.
_SECRET = frozenset({"token_hash", "key"})
#: Tables of which no row is about a customer of the shop, or that tell only what was done to data (imports, merges'
#: proposals, people of the shop and what they did).
IMPERSONAL = frozenset(
    {"products", "offers", "offer_products", "segments", "artifacts", "import_runs", "rejected_rows", "agents",
     "agent_sessions", "setup_tokens", "audit_log", "write_keys"}
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Holding:
    """Rows of one table about a customer: which, and what is left of them after an erasure.

    `blanked` : columns emptied where the row itself has to stay (a receipt, what points refer to); None: it is deleted.
    """

    table: Table
    which: ColumnElement[bool]
    blanked: Mapping[str, Any] | None = field(default=None)


def holdings(customer_id: str) -> list[Holding]:
    """Give what is held on a customer, in an order in which it can be erased."""
    named = _named(customer_id)
    taken = {one.table.name for one in named} | IMPERSONAL
    others = [
        Holding(table, table.c.customer_id == customer_id)
        for name, table in sorted(metadata.tables.items())
        if name not in taken and "customer_id" in table.c
    ]
    return [*others, *named]


def copy_of(connection: Connection, customer_id: str) -> dict[str, list[dict[str, Any]]]:
    """Give every row held on a customer by table, without secrets; tables with nothing of hers are absent."""
    copied: dict[str, list[dict[str, Any]]] = {}
    for held in holdings(customer_id):
        columns = [column for column in held.table.c if column.name not in _SECRET]
        keys = list(held.table.primary_key.columns)
        rows = connection.execute(select(*columns).where(held.which).order_by(*keys))
        found = [dict(row._mapping) for row in rows]
        if found:
            copied[held.table.name] = found
    return copied


def erase(connection: Connection, customer_id: str) -> dict[str, int]:
    """Erase a customer in the caller's transaction; give how many rows were deleted or blanked by table.

    Orders with their lines stay as receipts under her number, which tells nobody who she was any more.
    """
    erased: dict[str, int] = {}
    if connection.dialect.name == "sqlite":  # else the words stand in the file's free pages
        connection.exec_driver_sql("PRAGMA secure_delete = ON")
    for held in holdings(customer_id):
        statement = (
            delete(held.table).where(held.which)
            if held.blanked is None
            else update(held.table).where(held.which).values(**held.blanked)
            if held.blanked
            else None
        )
        count = 0 if statement is None else connection.execute(statement).rowcount
        if count:
            erased[held.table.name] = count
    return erased


def conversations_of(connection: Connection, customer_id: str) -> list[str]:
    """Give the ids of a customer's conversations, under which Rasa keeps its own events."""
    conversations = metadata.tables["conversations"].c
    query = select(conversations.conversation_id).where(conversations.customer_id == customer_id)
    return list(connection.execute(query.order_by(conversations.conversation_id)).scalars())


def _named(customer_id: str) -> list[Holding]:
    return [*_merges(customer_id), *_talk(customer_id), *_shopping(customer_id), *_person(customer_id)]


def _talk(customer_id: str) -> list[Holding]:
    """Give what was said: a conversation's parts before the conversation."""
    tables = metadata.tables
    hers = select(tables["conversations"].c.conversation_id).where(tables["conversations"].c.customer_id == customer_id)
    turns = select(tables["turns"].c.turn_id).where(tables["turns"].c.conversation_id.in_(hers))
    spoken = ("outbox", "messages", "identity_attempts")
    return [
        Holding(tables["turn_labels"], tables["turn_labels"].c.turn_id.in_(turns)),
        *(
            Holding(tables[name], _either(tables[name], customer_id, tables[name].c.conversation_id.in_(hers)))
            for name in ("decisions", "chat_ratings", "turns")
        ),
        *(Holding(tables[name], tables[name].c.conversation_id.in_(hers)) for name in spoken),
        Holding(tables["shopping_items"], _own_list(tables["shopping_items"], customer_id, hers)),
        Holding(tables["conversations"], tables["conversations"].c.customer_id == customer_id),
    ]


def _shopping(customer_id: str) -> list[Holding]:
    """Give her receipts, which stay without what tells where she lives, and what was granted to her."""
    tables = metadata.tables
    orders = select(tables["orders"].c.order_id).where(tables["orders"].c.customer_id == customer_id)
    return [
        *(
            Holding(tables[name], tables[name].c.order_id.in_(orders), blanked={})
            for name in ("order_lines", "order_line_changes")
        ),
        Holding(tables["orders"], _whose(tables["orders"], customer_id), {"delivery_address": None}),
        *(Holding(tables[name], _whose(tables[name], customer_id), {}) for name in ("placed_orders", "redemptions")),
        Holding(tables["returns"], _whose(tables["returns"], customer_id), {}),
        Holding(tables["order_requests"], _whose(tables["order_requests"], customer_id), {"address": None}),
        Holding(tables["complaints"], _whose(tables["complaints"], customer_id), {"note": ""}),
    ]


def _person(customer_id: str) -> list[Holding]:
    """Give herself: the row stays, as her receipts refer to it, and says nothing; so does what she asked for."""
    tables = metadata.tables
    links = tables["live_links"]
    anonymous = select(links.c.anonymous_id).where(links.c.customer_id == customer_id, links.c.undone_at.is_(None))
    nobody: dict[str, Any] = {"name": None, "email": None, "joined_at": None, "traits": {}}
    return [
        Holding(tables["events"], _either(tables["events"], customer_id, _before(tables["events"], anonymous))),
        Holding(tables["live_profiles"], tables["live_profiles"].c.subject == f"c:{customer_id}"),
        Holding(links, _whose(links, customer_id)),
        Holding(tables["account_requests"], _whose(tables["account_requests"], customer_id), {"email": None}),
        Holding(tables["visitors"], _whose(tables["visitors"], customer_id), {"customer_id": None}),
        Holding(tables["customers"], _whose(tables["customers"], customer_id), nobody),
    ]


def _merges(customer_id: str) -> list[Holding]:
    tables = metadata.tables
    merges = tables["customer_merges"]
    hers = or_(merges.c.kept_id == customer_id, merges.c.merged_id == customer_id)
    rows = tables["merged_rows"]
    return [
        Holding(rows, rows.c.merge_id.in_(select(merges.c.merge_id).where(hers))),
        Holding(merges, hers),
    ]


def _whose(table: Table, customer_id: str) -> ColumnElement[bool]:
    return table.c.customer_id == customer_id


def _either(table: Table, customer_id: str, other: ColumnElement[bool]) -> ColumnElement[bool]:
    return or_(table.c.customer_id == customer_id, other)


def _before(table: Table, anonymous: Any) -> ColumnElement[bool]:
    """Events of before she signed in, by somebody who turned out to be her."""
    return table.c.customer_id.is_(None) & table.c.anonymous_id.in_(anonymous)


def _own_list(table: Table, customer_id: str, conversations: Any) -> ColumnElement[bool]:
    in_chat = func.substr(table.c.owner, len("conversation:") + 1).in_(conversations)
    return or_(table.c.owner == f"customer:{customer_id}", (table.c.owner.like("conversation:%")) & in_chat)
