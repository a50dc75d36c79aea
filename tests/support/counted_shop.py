"""A shop whose every figure can be counted on two hands, for what reports tell of it.

Orders, all at noon UTC; a day is counted back from `NOW`, Sunday 31 May 2026, noon:

========  ==========================================  =========================
customer  days back (paid)                            lines
========  ==========================================  =========================
ana       150 (10), 100 (10), 50 (10), 0.5 (30)       milk; milk; milk; milk, tea
ben       140 (20), 130 (20)                          tea; tea
cleo      3 (40)                                      milk, tea, soap
========  ==========================================  =========================
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import insert

from store.engine import Database
from store.memory import memory_database
from store.tables import customer_features, customers, order_lines, orders, products, segments

NOW = datetime(2026, 5, 31, 12, tzinfo=UTC)

#: (days back, paid, lines) by customer.
BOUGHT: dict[str, Sequence[tuple[float, float, tuple[str, ...]]]] = {
    "ana": ((150, 10, ("milk",)), (100, 10, ("milk",)), (50, 10, ("milk",)), (0.5, 30, ("milk", "tea"))),
    "ben": ((140, 20, ("tea",)), (130, 20, ("tea",))),
    "cleo": ((3, 40, ("milk", "tea", "soap")),),
}
GOODS = {
    "milk": ("Milk", "Dairy", "Grocery"),
    "tea": ("Tea", "Hot drinks", "Grocery"),
    "soap": ("Soap", "Care", "Drug"),
}


def counted_shop(
    bought: dict[str, Sequence[tuple[float, float, tuple[str, ...]]]] = BOUGHT,
    *,
    database: Database | None = None,
    goods: dict[str, tuple[str, str, str]] = GOODS,
) -> Database:
    """Give a database with these orders; each line has an equal part of what was paid, a tenth of it was taken off."""
    made = database or memory_database()
    ordered = [
        (f"{who}-{number}", who, NOW - timedelta(days=back), paid, lines)
        for who, all_of_hers in bought.items()
        for number, (back, paid, lines) in enumerate(all_of_hers)
    ]
    with made.write() as connection:
        _add(connection, customers, [{"customer_id": who, "name": who.title(), "traits": {}} for who in bought])
        _add(
            connection, products,
            [{"product_id": key, "name": name, "category": category, "department": department, "price": 2.0}
             for key, (name, category, department) in goods.items()],
        )  # fmt: skip
        _add(
            connection, orders,
            [{"order_id": key, "customer_id": who, "placed_at": at, "total": paid, "discount": paid / 10}
             for key, who, at, paid, _ in ordered],
        )  # fmt: skip
        _add(
            connection, order_lines,
            [{"order_id": key, "line": number, "product_id": product, "quantity": 1, "amount": paid / len(lines)}
             for key, _, _, paid, lines in ordered for number, product in enumerate(lines)],
        )  # fmt: skip
    return made


def put_into_segments(database: Database, members: dict[str, int], names: dict[int, str]) -> None:
    """Write features and segments of some of its customers, as the jobs would."""
    with database.write() as connection:
        _add(
            connection, segments,
            [{"model_version": "v1", "segment_id": number, "name": name, "portrait": f"{name} they are.", "means": {},
              "size": list(members.values()).count(number)} for number, name in names.items()],
        )  # fmt: skip
        _add(
            connection, customer_features,
            [{"customer_id": who, "recency_days": 1.0, "frequency": 1, "monetary": 1.0, "behaviour": {},
              "segment_id": number, "model_version": "v1", "computed_at": NOW} for who, number in members.items()],
        )  # fmt: skip


def _add(connection: Any, table: Any, rows: list[dict[str, Any]]) -> None:
    if rows:
        connection.execute(insert(table), rows)
