"""Everything known of one customer, gathered for a greeting, the console or an action."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict
from datetime import datetime

from sqlalchemy import Connection

from analytics.customers.rfm import Quintiles, quintiles_of, rfm_of
from analytics.orders.tracking import orders_of
from analytics.records import CustomerContext, DialogueProfile, Segment
from analytics.shop.loader import Shop
from analytics.snapshot import CHECK_EVERY, Snapshot
from store.engine import Database
from store.repositories.customers import customer_row
from store.repositories.profiles import (
    FeaturesRow,
    features_row,
    features_version,
    profile_row,
    rfm_columns,
    segments_of_version,
)


class CustomerDesk:
    """Gathers contexts; holds the quintiles of all customers and renews them when features are computed anew."""

    def __init__(
        self, database: Database, shop: Shop, *, clock: Callable[[], datetime], check_every: float = CHECK_EVERY
    ) -> None:
        self._shop = shop
        self._clock = clock
        names = {customer.customer_id: customer.name for customer in shop.facts.demo_customers}
        self._demo_names = names
        self._quintiles: Snapshot[Quintiles] = Snapshot(
            database,
            version=features_version,
            build=lambda connection: quintiles_of(rfm_columns(connection)),
            check_every=check_every,
        )

    def context(self, connection: Connection, customer_id: str) -> CustomerContext | None:
        """Give everything known of a customer; None for an unknown id."""
        row = customer_row(connection, customer_id)
        if row is None:
            return None
        features = features_row(connection, customer_id)
        promise = self._shop.promise
        orders = orders_of(connection, customer_id, limit=1, now=self._clock(), promise=promise)
        return CustomerContext(
            customer_id=customer_id,
            name=row.name or self._demo_names.get(customer_id),
            traits=dict(row.traits),
            segment=segment_of(connection, features),
            rfm=None if features is None else rfm_of(features, self._quintiles.get()),
            profile=profile_of(connection, customer_id),
            last_order=orders[0] if orders else None,
            behaviour={} if features is None else dict(features.behaviour),
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
