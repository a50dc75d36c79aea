"""What customers are worth to the shop, and how likely they are to leave: for the order of those who wait."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import Connection, select

from store.tables import customer_features

#: Monetary score (1 to 5) of an average customer.
_AVERAGE_SCORE = 3.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """`worth` in times of an average customer's, `churn` a probability; None where nothing is known."""

    worth: float | None = None
    churn: float | None = None


def standings_of(connection: Connection, customer_ids: Collection[str]) -> dict[str, Standing]:
    """Give the standing of some customers; those without orders are absent."""
    columns = customer_features.c
    query = select(columns.customer_id, columns.behaviour).where(columns.customer_id.in_(sorted(customer_ids)))
    scored = {row.customer_id: row.behaviour.get("monetary_score") for row in connection.execute(query)}
    return {
        customer_id: Standing(worth=None if score is None else score / _AVERAGE_SCORE)
        for customer_id, score in scored.items()
    }
