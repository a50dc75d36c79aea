"""Segments made by hand: keeping their rules, and what is known of one customer to decide them."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, delete, insert, select, update

from store.tables import customer_features, customers, events, orders, predictions, rule_segments

#: The event that every order is, also one that was imported.
ORDER_EVENT = "Order Completed"


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleSegmentRow:
    """One rule; fields as in `store.tables.rule_segments`."""

    name: str
    condition: dict[str, Any]
    created_at: datetime
    changed_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownRow:
    """What rules ask of one customer. `events` has the moments of the names asked for."""

    traits: dict[str, Any]
    features: dict[str, Any]
    segment_id: int | None
    #: {"churn": …, "value": …}, as far as they are known.
    predictions: dict[str, float]
    events: dict[str, list[datetime]]


def all_rules(connection: Connection) -> list[RuleSegmentRow]:
    """Give all rules by name."""
    found = connection.execute(select(rule_segments).order_by(rule_segments.c.name))
    return [RuleSegmentRow(**row._asdict()) for row in found]


def save_rule(connection: Connection, name: str, condition: dict[str, Any], now: datetime) -> bool:
    """Keep a rule, or change the one of that name; True where it is new."""
    changed = connection.execute(
        update(rule_segments).where(rule_segments.c.name == name).values(condition=condition, changed_at=now)
    )
    if changed.rowcount:
        return False
    connection.execute(insert(rule_segments).values(name=name, condition=condition, created_at=now, changed_at=now))
    return True


def remove_rule(connection: Connection, name: str) -> bool:
    """Delete a rule; False where there is none of that name."""
    return bool(connection.execute(delete(rule_segments).where(rule_segments.c.name == name)).rowcount)


def known_of(connection: Connection, customer_id: str, event_names: Collection[str]) -> KnownRow | None:
    """Read what rules ask of one customer; None for one who does not exist."""
    features = customer_features
    found = connection.execute(
        select(
            customers.c.traits,
            features.c.recency_days,
            features.c.frequency,
            features.c.monetary,
            features.c.behaviour,
            features.c.segment_id,
            predictions.c.churn,
            predictions.c.value,
        )
        .select_from(
            customers.outerjoin(features, features.c.customer_id == customers.c.customer_id).outerjoin(
                predictions, predictions.c.customer_id == customers.c.customer_id
            )
        )
        .where(customers.c.customer_id == customer_id)
    ).first()
    if found is None:
        return None
    plain = {name: getattr(found, name) for name in ("recency_days", "frequency", "monetary")}
    moments: dict[str, list[datetime]] = {name: [] for name in event_names}
    if set(event_names) - {ORDER_EVENT}:
        asked = select(events.c.name, events.c.occurred_at).where(
            events.c.customer_id == customer_id, events.c.name.in_(sorted(set(event_names) - {ORDER_EVENT}))
        )
        for name, at in connection.execute(asked):
            moments[name].append(at)
    if ORDER_EVENT in event_names:
        placed = select(orders.c.placed_at).where(orders.c.customer_id == customer_id)
        moments[ORDER_EVENT] = list(connection.execute(placed).scalars())
    return KnownRow(
        traits=found.traits or {},
        features={**(found.behaviour or {}), **{name: value for name, value in plain.items() if value is not None}},
        segment_id=found.segment_id,
        predictions={name: value for name in ("churn", "value") if (value := getattr(found, name)) is not None},
        events=moments,
    )
