"""What is computed of a customer (features, segment), and what conversations told (dialogue profile)."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, bindparam, func, insert, select, update

from store.tables import customer_features, profiles, segments

# Statements are made once: making one anew costs SQLAlchemy more than running it.
_FEATURES = select(customer_features).where(customer_features.c.customer_id == bindparam("whose"))
_PROFILE = select(profiles).where(profiles.c.customer_id == bindparam("whose"))
_CHANGE_PROFILE = update(profiles).where(profiles.c.customer_id == bindparam("whose"))
_ADD_PROFILE = insert(profiles)
_SEGMENTS = select(segments).where(segments.c.model_version == bindparam("version")).order_by(segments.c.segment_id)


@dataclass(frozen=True, slots=True, kw_only=True)
class FeaturesRow:
    """Computed habits of a customer with at least one order."""

    customer_id: str
    recency_days: float
    frequency: int
    monetary: float
    behaviour: dict[str, Any]
    segment_id: int | None
    model_version: str | None
    computed_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class SegmentRow:
    """One segment of one version of the segment model."""

    model_version: str
    segment_id: int
    name: str
    portrait: str
    size: int
    means: dict[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class ProfileRow:
    """Dialogue signals of one customer; field by field the record `DialogueProfile`."""

    customer_id: str
    sentiment: float | None
    sentiment_slope: float
    turns: int
    topics: dict[str, int]
    preferences: dict[str, list[str]]
    last_contact_at: datetime | None
    last_topic: str | None
    unmet_requests: list[str] = field(default_factory=list)


def features_row(connection: Connection, customer_id: str) -> FeaturesRow | None:
    """Give a customer's features; None for one without orders."""
    found = connection.execute(_FEATURES, {"whose": customer_id}).first()
    return None if found is None else FeaturesRow(**found._asdict())


def features_version(connection: Connection) -> tuple[Any, ...]:
    """Give a value that changes when features are computed anew; for caches."""
    return tuple(connection.execute(select(func.count(), func.max(customer_features.c.computed_at))).one())


def segment_members(connection: Connection) -> dict[str, int]:
    """Give the segment of every segmented customer."""
    columns = customer_features.c
    query = select(columns.customer_id, columns.segment_id).where(columns.segment_id.is_not(None))
    return {row[0]: row[1] for row in connection.execute(query)}


def segments_of_version(connection: Connection, model_version: str) -> list[SegmentRow]:
    """Give all segments of one version of the model, by id."""
    return [SegmentRow(**row._asdict()) for row in connection.execute(_SEGMENTS, {"version": model_version})]


def profile_row(connection: Connection, customer_id: str) -> ProfileRow | None:
    """Give what conversations told about a customer; None before the first turn."""
    found = connection.execute(_PROFILE, {"whose": customer_id}).first()
    return None if found is None else ProfileRow(**found._asdict())


def save_profile(connection: Connection, profile: ProfileRow) -> None:
    """Write the profile, new or changed, in the caller's transaction."""
    values = {name: getattr(profile, name) for name in ProfileRow.__slots__ if name != "customer_id"}
    if connection.execute(_CHANGE_PROFILE, {"whose": profile.customer_id, **values}).rowcount == 0:
        connection.execute(_ADD_PROFILE, {"customer_id": profile.customer_id, **values})
