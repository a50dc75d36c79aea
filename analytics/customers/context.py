"""Everything known of one customer, gathered for a greeting, the console or an action."""

from __future__ import annotations

from dataclasses import asdict
from datetime import datetime
from typing import Literal

from sqlalchemy import Connection

from analytics.customers.rfm import habits_of, rfm_of
from analytics.orders.tracking import orders_of
from analytics.records import CustomerContext, DialogueProfile, Rfm, Segment, Standing
from analytics.shop.loader import Shop
from store.repositories.customers import customer_row
from store.repositories.profiles import FeaturesRow, features_row, profile_row, segments_of_version

#: Scores by fifths of all customers, 1 to 5.
_LONGEST_AWAY, _OFTEN = 1, 4


def context_of(connection: Connection, customer_id: str, *, shop: Shop, now: datetime) -> CustomerContext | None:
    """Give everything known of a customer; None for an unknown id."""
    row = customer_row(connection, customer_id)
    if row is None:
        return None
    features = features_row(connection, customer_id)
    orders = orders_of(connection, customer_id, limit=1, now=now, promise=shop.promise)
    return CustomerContext(
        customer_id=customer_id,
        name=row.name,
        traits=dict(row.traits),
        segment=segment_of(connection, features),
        rfm=None if features is None else rfm_of(features),
        profile=profile_of(connection, customer_id),
        last_order=orders[0] if orders else None,
        behaviour={} if features is None else habits_of(features),
    )


def segment_of(connection: Connection, features: FeaturesRow | None) -> Segment | None:
    """Give the segment a customer's features put her in; None before segments are built, or without orders."""
    if features is None or features.segment_id is None or features.model_version is None:
        return None
    rows = segments_of_version(connection, features.model_version)
    row = next((row for row in rows if row.segment_id == features.segment_id), None)
    if row is None:
        return None
    everybody = sum(one.size for one in rows)
    return Segment(
        segment_id=row.segment_id,
        name=row.name,
        portrait=row.portrait,
        size=row.size,
        share=row.size / everybody if everybody else 0.0,
    )


def profile_of(connection: Connection, customer_id: str) -> DialogueProfile:
    """Give what conversations told of her; an empty profile before the first turn."""
    row = profile_row(connection, customer_id)
    return DialogueProfile(customer_id=customer_id) if row is None else DialogueProfile(**asdict(row))


def standing_of(connection: Connection, customer_id: str) -> Standing:
    """Tell how a customer shops and whether we have talked before."""
    features = features_row(connection, customer_id)
    turns = profile_of(connection, customer_id).turns
    return Standing(
        segment=_rhythm(None if features is None else rfm_of(features)), history="returning" if turns else "first"
    )


def _rhythm(rfm: Rfm | None) -> Literal["loyal", "regular", "quiet", "new"]:
    if rfm is None or rfm.frequency <= 1:
        return "new"
    if rfm.recency_score <= _LONGEST_AWAY:
        return "quiet"
    return "loyal" if rfm.frequency_score >= _OFTEN else "regular"
