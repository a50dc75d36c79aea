"""What reports read many rows of: people with their segments, and what was sold of each product."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, func, select

from store.repositories.bulk import Row, read_columns
from store.tables import customer_features, order_lines, orders, products, segments


def people_columns(connection: Connection) -> list[tuple[Any, ...]]:
    """Give (customer id, segment id, segment's name) of everybody with features; None where there is no segment yet."""
    known = (segments.c.model_version == customer_features.c.model_version) & (
        segments.c.segment_id == customer_features.c.segment_id
    )
    query = select(customer_features.c.customer_id, customer_features.c.segment_id, segments.c.name).join_from(
        customer_features, segments, known, isouter=True
    )
    return [tuple(row) for row in connection.execute(query)]


def product_sales(connection: Connection, start: datetime, end: datetime) -> list[tuple[Any, ...]]:
    """Give (product id, name, category, department, lines, pieces, paid) of what was sold after `start` until `end`."""
    sums = (
        select(
            order_lines.c.product_id,
            func.count().label("lines"),
            func.sum(order_lines.c.quantity).label("quantity"),
            func.sum(order_lines.c.amount).label("amount"),
        )
        .join_from(order_lines, orders, orders.c.order_id == order_lines.c.order_id)
        .where(orders.c.placed_at > start, orders.c.placed_at <= end)
        .group_by(order_lines.c.product_id)
        .subquery()
    )
    query = select(
        sums.c.product_id, products.c.name, products.c.category, products.c.department, sums.c.lines, sums.c.quantity,
        sums.c.amount,
    ).join_from(sums, products, products.c.product_id == sums.c.product_id)  # fmt: skip
    return [(*row[:4], int(row[4]), int(row[5]), float(row[6])) for row in connection.execute(query)]


def prediction_columns(connection: Connection) -> Iterator[list[Row]]:
    """Give (customer id, churn, value, money at risk, JSON list of all predictions) of everybody, in batches."""
    return read_columns(connection, "SELECT customer_id, churn, value, at_risk, CAST(listed AS TEXT) FROM predictions")
