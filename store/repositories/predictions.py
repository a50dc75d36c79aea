"""What is expected of customers: written all at once, read one by one or by what is at risk."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, bindparam, delete, select

from store.repositories.bulk import Row as BulkRow
from store.repositories.bulk import moment_text, upsert_rows
from store.tables import predictions

# Made once: making a statement anew costs SQLAlchemy more than running it.
_OF_CUSTOMER = select(predictions).where(predictions.c.customer_id == bindparam("whose"))


@dataclass(frozen=True, slots=True, kw_only=True)
class PredictionsRow:
    """One stored row; `listed` is JSON, as text or as objects."""

    customer_id: str
    listed: Any
    churn: float | None
    value: float | None
    at_risk: float
    model_version: str
    made_at: datetime


def write_predictions(connection: Connection, rows: Iterable[BulkRow], model_version: str, now: datetime) -> None:
    """Replace all predictions in the caller's transaction.

    Parameters
    ----------
    rows : (customer id, predictions as JSON text, churn, value, money at risk), each customer once.
    model_version : the artifact's version.
    now : moment of computing, aware.
    """
    connection.execute(delete(predictions))
    columns = ("customer_id", "listed", "churn", "value", "at_risk", "model_version", "made_at")
    made_at = moment_text(connection, now)
    upsert_rows(connection, predictions, columns, ((*row, model_version, made_at) for row in rows))


def predictions_row(connection: Connection, customer_id: str) -> PredictionsRow | None:
    """Give what is stored of a customer."""
    found = connection.execute(_OF_CUSTOMER, {"whose": customer_id}).first()
    return None if found is None else _row(found)


def most_at_risk(connection: Connection, limit: int) -> list[PredictionsRow]:
    """Give the rows with the most money at risk, the most first."""
    query = select(predictions).order_by(predictions.c.at_risk.desc(), predictions.c.customer_id).limit(limit)
    return [_row(row) for row in connection.execute(query)]


def _row(found: Row[Any]) -> PredictionsRow:
    return PredictionsRow(**found._asdict())
