"""What customers are worth to the shop, and how likely they are to leave: for the order of those who wait."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, select

from store.tables import customer_features, predictions

#: Monetary score (1 to 5) of an average customer.
_AVERAGE_SCORE = 3.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """`worth` in times of an average customer's, `churn` a probability; None where nothing is known."""

    worth: float | None = None
    churn: float | None = None


def standings_of(connection: Connection, customer_ids: Collection[str]) -> dict[str, Standing]:
    """Give the standing of some customers; those without orders are absent.

    Worth is the expected value beside that of an average customer, or what she spent so far where that is more: of one
    who is about to leave little is expected, and much may be lost.
    """
    features, foretold = customer_features.c, predictions.c
    query = (
        select(features.customer_id, features.behaviour, foretold.churn, foretold.value, foretold.listed)
        .outerjoin_from(customer_features, predictions, foretold.customer_id == features.customer_id)
        .where(features.customer_id.in_(sorted(customer_ids)))
    )
    return {row.customer_id: _standing(row) for row in connection.execute(query)}


def _standing(row: Any) -> Standing:
    score = row.behaviour.get("monetary_score")
    spent = None if score is None else score / _AVERAGE_SCORE
    usual = next((one.get("baseline") for one in row.listed or [] if one.get("kind") == "value"), None)
    expected = row.value / usual if row.value is not None and usual else None
    known = [worth for worth in (spent, expected) if worth is not None]
    return Standing(worth=max(known, default=None), churn=row.churn)
