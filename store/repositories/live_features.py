"""The features and the segment of customers as events change them."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import Connection

from store.repositories.bulk import moment_text
from store.repositories.live import CUSTOMER, listed

_PLACED = "SELECT customer_id, segment_id, model_version, behaviour FROM customer_features WHERE customer_id {among}"
_WRITE = (
    "INSERT INTO customer_features (customer_id, recency_days, frequency, monetary, behaviour, segment_id, "
    "model_version, computed_at) VALUES ({marks}) ON CONFLICT (customer_id) DO UPDATE SET "
    "recency_days = excluded.recency_days, frequency = excluded.frequency, monetary = excluded.monetary, "
    "segment_id = excluded.segment_id, model_version = excluded.model_version"
)
_PLACES = {
    "sqlite": _PLACED.format(among="IN (SELECT value FROM json_each(?))"),
    "postgresql": _PLACED.format(among="= ANY(%s)"),
}
_WRITES = {
    "sqlite": _WRITE.format(marks="?, ?, ?, ?, ?, ?, ?, ?"),
    "postgresql": _WRITE.format(marks="%s, %s, %s, %s, %s, %s, %s, %s"),
}
#: States whose orders are not those the features count.
_DIFFERING = (
    f"SELECT f.customer_id FROM customer_features f JOIN live_profiles l ON l.subject = '{CUSTOMER}' || f.customer_id "  # noqa: S608
    "WHERE f.frequency <> l.orders OR abs(f.monetary - l.money) > 0.005 "
    f"UNION ALL SELECT substr(l.subject, {len(CUSTOMER) + 1}) FROM live_profiles l "
    f"LEFT JOIN customer_features f ON l.subject = '{CUSTOMER}' || f.customer_id "
    f"WHERE f.customer_id IS NULL AND l.orders > 0 AND substr(l.subject, 1, {len(CUSTOMER)}) = '{CUSTOMER}'"
)


class FeaturesPlace(NamedTuple):
    """Where a customer stands: her segment by which model, and the habits that the feature job computed."""

    segment_id: int | None
    model_version: str | None
    behaviour: dict[str, Any]


class FeaturesChange(NamedTuple):
    """Features as an event leaves them; `behaviour` stays as the feature job wrote it."""

    customer_id: str
    recency_days: float
    frequency: int
    monetary: float
    segment_id: int | None
    model_version: str | None


def features_places(connection: Connection, customer_ids: Sequence[str]) -> dict[str, FeaturesPlace]:
    """Give where customers stand; those without features are absent."""
    rows = connection.exec_driver_sql(_PLACES[connection.dialect.name], listed(connection, customer_ids))
    return {row[0]: FeaturesPlace(row[1], row[2], _loaded(row[3])) for row in rows}


def change_features(connection: Connection, rows: Iterable[FeaturesChange], now: datetime) -> None:
    """Write features and segments; customers without a row get one, to be filled by the feature job."""
    moment = moment_text(connection, now)
    values = [(*row[:4], "{}", row.segment_id, row.model_version, moment) for row in rows]
    if values:
        connection.exec_driver_sql(_WRITES[connection.dialect.name], values)


def customers_differing(connection: Connection) -> list[str]:
    """Give the customers whose live profile counts other orders than their features: an import has changed them."""
    return sorted(row[0] for row in connection.exec_driver_sql(_DIFFERING))


def _loaded(stored: Any) -> dict[str, Any]:
    """Give a JSON object as the driver has it: SQLite as text."""
    found: dict[str, Any] = json.loads(stored) if isinstance(stored, str) else stored
    return found
