"""A shop in memory, filled line by line: what a test needs and nothing else."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import insert, update

from store.engine import Database
from store.memory import memory_database
from store.tables import (
    customer_features,
    customers,
    decisions,
    import_runs,
    offer_products,
    offers,
    order_lines,
    orders,
    products,
    redemptions,
    segments,
)

#: The present of every test.
NOW = datetime(2026, 5, 10, 12, tzinfo=UTC)


def ago(days: float) -> datetime:
    """Give the moment so many days before the present."""
    return NOW - timedelta(days=days)


class SmallShop:
    """Writes into an empty in-memory database; ids are given by the test."""

    def __init__(self) -> None:
        self.database: Database = memory_database()
        self._orders = 0

    def _insert(self, table: Any, **values: Any) -> None:
        with self.database.write() as connection:
            connection.execute(insert(table).values(**values))

    def product(self, product_id: str, name: str, category: str = "Food", **more: Any) -> None:
        values = {"department": "Grocery", "price": 1.0, "times_sold": 1, "in_stock": True} | more
        self._insert(products, product_id=product_id, name=name, category=category, **values)

    def change_product(self, product_id: str, **values: Any) -> None:
        with self.database.write() as connection:
            connection.execute(update(products).where(products.c.product_id == product_id).values(**values))

    def customer(self, customer_id: str, **more: Any) -> None:
        self._insert(customers, customer_id=customer_id, **({"traits": {}} | more))

    def order(self, customer_id: str, bought: Iterable[str], days: float, **more: Any) -> str:
        """Place an order `days` days ago, one of each product, a unit of money each."""
        self._orders += 1
        order_id = more.pop("order_id", f"order-{self._orders:04}")
        bought = list(bought)
        values = {"total": float(len(bought)), "discount": 0.0} | more
        self._insert(orders, order_id=order_id, customer_id=customer_id, placed_at=ago(days), **values)
        for line, product_id in enumerate(bought, start=1):
            self._insert(order_lines, order_id=order_id, line=line, product_id=product_id, quantity=1, amount=1.0)
        return order_id

    def features(self, customer_id: str, segment_id: int | None = None, **more: Any) -> None:
        values = {"recency_days": 1.0, "frequency": 1, "monetary": 1.0, "behaviour": {}} | more
        values |= {"segment_id": segment_id, "model_version": "v1", "computed_at": NOW}
        self._insert(customer_features, customer_id=customer_id, **values)

    def segment(self, segment_id: int, name: str, size: int) -> None:
        portrait = f"{name}."
        self._insert(
            segments, model_version="v1", segment_id=segment_id, name=name, portrait=portrait, size=size, means={}
        )

    def offer(self, offer_id: str, category: str, covers: Iterable[str] = (), **more: Any) -> None:
        values = {"title": f"Coupon: {category}", "kind": "coupon", "starts_at": ago(5), "ends_at": ago(-5)} | more
        self._insert(offers, offer_id=offer_id, category=category, rules={}, **values)
        for product_id in covers:
            self._insert(offer_products, offer_id=offer_id, product_id=product_id)

    def redemption(self, customer_id: str, offer_id: str) -> None:
        self._insert(redemptions, customer_id=customer_id, offer_id=offer_id, redeemed_at=ago(20))

    def decision(self, decision_id: str, customer_id: str, **more: Any) -> None:
        values = {"conversation_id": "c1", "kind": "offer", "propensity": 1.0, "candidates": []} | more
        self._insert(decisions, decision_id=decision_id, customer_id=customer_id, **values)

    def imported(self) -> None:
        """Note an import, as the importer does at its end: caches of the catalogue look at it."""
        self._insert(import_runs, source="test", started_at=NOW, finished_at=NOW, counts={}, shifted_days=0)
