"""What imports found amiss, and how complete, fresh and even the stored data are."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, func, insert, select, text

from store.tables import customer_merges, customers, import_runs, orders, products, quality_findings

#: Orders and money of each day, in UTC; cancelled and returned ones have total 0 or say so.
_DAYS = {
    "sqlite": "SELECT substr(placed_at, 1, 10) AS day, count(*), sum(total) FROM orders GROUP BY 1 ORDER BY 1",
    "postgresql": "SELECT to_char(placed_at AT TIME ZONE 'UTC', 'YYYY-MM-DD') AS day, count(*), sum(total) FROM orders "
    "GROUP BY 1 ORDER BY 1",
}
#: How many customers have each trait.
_TRAITS = {
    "sqlite": "SELECT key, count(*) FROM customers, json_each(customers.traits) GROUP BY key ORDER BY 2 DESC, 1",
    "postgresql": "SELECT key, count(*) FROM customers, jsonb_object_keys(customers.traits) AS key GROUP BY key "
    "ORDER BY 2 DESC, 1",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class FindingRow:
    """One finding; fields as in `store.tables.operations`."""

    table_name: str
    check_name: str
    found: int
    looked_at: int
    done: str
    amount: float | None
    examples: list[dict[str, str | None]]


@dataclass(frozen=True, slots=True, kw_only=True)
class RunRow:
    """A complete import."""

    import_id: int
    source: str
    finished_at: datetime
    counts: dict[str, Any]
    totals: dict[str, float]


def keep_findings(connection: Connection, import_id: int, rows: Sequence[dict[str, Any]]) -> None:
    """Write the findings of an import; keys as the fields of `FindingRow`."""
    if rows:
        connection.execute(insert(quality_findings), [{"import_id": import_id, **row} for row in rows])


def latest_runs(connection: Connection) -> list[RunRow]:
    """Give the latest complete import of each source, the newest first."""
    newest = (
        select(func.max(import_runs.c.import_id))
        .where(import_runs.c.finished_at.is_not(None))
        .group_by(import_runs.c.source)
    )
    columns = import_runs.c
    query = (
        select(columns.import_id, columns.source, columns.finished_at, columns.counts, columns.totals)
        .where(columns.import_id.in_(newest))
        .order_by(columns.import_id.desc())
    )
    return [RunRow(**row._asdict()) for row in connection.execute(query)]


def findings_of(connection: Connection, import_id: int) -> list[FindingRow]:
    """Give the findings of an import in the order in which they were made."""
    columns = quality_findings.c
    query = select(*(columns[name] for name in FindingRow.__slots__)).where(columns.import_id == import_id)
    return [FindingRow(**row._asdict()) for row in connection.execute(query.order_by(columns.finding_id))]


def days_of_orders(connection: Connection) -> list[tuple[date, int, float]]:
    """Give (day in UTC, orders, money) of every day with an order, oldest first."""
    found = connection.execute(text(_DAYS[connection.dialect.name]))
    return [(date.fromisoformat(day), int(count), float(money or 0)) for day, count, money in found]


def order_span(connection: Connection) -> tuple[datetime | None, datetime | None]:
    """Give the moments of the first and the last order."""
    row = connection.execute(select(func.min(orders.c.placed_at), func.max(orders.c.placed_at))).one()
    return row[0], row[1]


def trait_counts(connection: Connection) -> dict[str, int]:
    """Give how many customers have each trait, the most frequent first."""
    return {str(name): int(count) for name, count in connection.execute(text(_TRAITS[connection.dialect.name]))}


def customer_counts(connection: Connection) -> dict[str, int]:
    """Count customers, and those with "email", "name", "orders"."""
    columns = customers.c
    with_orders = select(func.count(orders.c.customer_id.distinct())).scalar_subquery()
    row = connection.execute(select(func.count(), func.count(columns.email), func.count(columns.name), with_orders))
    return dict(zip(("all", "email", "name", "orders"), map(int, row.one()), strict=True))


def product_counts(connection: Connection) -> dict[str, int]:
    """Count products, and those with "price", "brand", "size", "category" (one that says something)."""
    columns = products.c
    telling = func.nullif(func.nullif(func.lower(columns.category), ""), "unknown")
    row = connection.execute(
        select(
            func.count(),
            func.count(columns.price),
            func.count(columns.brand),
            func.count(columns.size),
            func.count(telling),
        )
    )
    return dict(zip(("all", "price", "brand", "size", "category"), map(int, row.one()), strict=True))


def merge_counts(connection: Connection) -> dict[str, int]:
    """Count merges by state."""
    columns = customer_merges.c
    query = select(columns.state, func.count()).group_by(columns.state).order_by(columns.state)
    return {str(state): int(count) for state, count in connection.execute(query)}
