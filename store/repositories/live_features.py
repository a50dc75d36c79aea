"""The features and the segment of customers as events change them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import Connection

from store.repositories.bulk import AMONG, moment_text, rows_among, write_many
from store.repositories.live import CUSTOMER

_PLACES = {
    "sqlite": f"SELECT customer_id, segment_id, model_version, behaviour FROM customer_features "  # noqa: S608
    f"WHERE customer_id {AMONG['sqlite']}",
    "postgresql": f"SELECT customer_id, segment_id, model_version, behaviour::text FROM customer_features "  # noqa: S608
    f"WHERE customer_id {AMONG['postgresql']}",
}
_WRITE = (
    "INSERT INTO customer_features (customer_id, recency_days, frequency, monetary, behaviour, segment_id, "
    "model_version, computed_at) VALUES ({marks}) ON CONFLICT (customer_id) DO UPDATE SET "
    "recency_days = excluded.recency_days, frequency = excluded.frequency, monetary = excluded.monetary, "
    "segment_id = excluded.segment_id, model_version = excluded.model_version"
)
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
    """Where a customer stands: her segment by which model, and the habits of the last feature job as JSON text."""

    segment_id: int | None
    model_version: str | None
    behaviour: str


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
    rows = rows_among(connection, _PLACES, customer_ids)
    return {row[0]: FeaturesPlace(row[1], row[2], row[3]) for row in rows}


def change_features(connection: Connection, rows: Iterable[FeaturesChange], now: datetime) -> None:
    """Write features and segments; customers without a row get one, to be filled by the feature job."""
    moment = moment_text(connection, now)
    values = [(*row[:4], "{}", row.segment_id, row.model_version, moment) for row in rows]
    write_many(connection, _WRITES, values)


def customers_differing(connection: Connection) -> list[str]:
    """Give the customers whose live profile counts other orders than their features: an import has changed them."""
    return sorted(row[0] for row in connection.exec_driver_sql(_DIFFERING))
