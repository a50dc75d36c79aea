"""A few customers in segments, as a test names them, and what DuckDB counts of them."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, TypedDict

import pyarrow as pa
from sqlalchemy import insert

from analytics import columns as c
from analytics.segmentation.engines import summaries_of
from analytics.segmentation.expressions import SCORES
from analytics.segmentation.figures import HABITS
from analytics.segmentation.relations import SCHEMA
from analytics.segmentation.summaries import Summaries
from store.engine import Database
from store.tables import customer_features, customers
from tests.support.small_shop import NOW


@dataclass(frozen=True, slots=True)
class Member:
    """The figures of one customer that a portrait speaks of; `days_between` None after a single order."""

    recency_days: float
    frequency: int
    monetary: float
    basket_value: float
    days_between: float | None
    discount_share: float
    usual_time: str | None
    categories: tuple[str, ...] = ()
    weekend_share: float | None = None
    categories_bought: int | None = None


def summaries(groups: Sequence[Sequence[Member]]) -> Summaries:
    """Count the members of segments 1, 2, …"""
    rows = [
        {"segment": segment, c.RECENCY_DAYS: one.recency_days, c.FREQUENCY: one.frequency, c.MONETARY: one.monetary,
         c.BASKET_VALUE: one.basket_value, c.DAYS_BETWEEN_ORDERS: one.days_between,
         c.DISCOUNT_SHARE: one.discount_share, c.WEEKEND_SHARE: one.weekend_share,
         c.CATEGORIES_BOUGHT: one.categories_bought, c.USUAL_TIME: one.usual_time,
         c.FAVOURITE_CATEGORIES: list(one.categories)}
        for segment, group in enumerate(groups, start=1)
        for one in group
    ]  # fmt: skip
    counted = summaries_of(pa.Table.from_pylist(rows, schema=SCHEMA))
    assert counted is not None
    return counted


class Stored(TypedDict):
    """A row of stored features, as the tables take it."""

    customer_id: str
    recency_days: float
    frequency: int
    monetary: float
    behaviour: dict[str, Any]
    segment_id: int | None


def random_features(seed: int, count: int = 60) -> list[Stored]:
    """Draw stored features with ties, halves, returns, single orders, odd letters; some are in no segment."""
    draw = random.Random(seed)
    rows: list[Stored] = []
    for number in range(count):
        orders = draw.choice((1, 1, 2, 7, 40))
        behaviour: dict[str, Any] = {
            name: draw.choice((0.0, 0.125, draw.randrange(1000) / 1000)) for name in HABITS
        } | {
            c.BASKET_VALUE: draw.randrange(9_000) / 100,
            c.CATEGORIES_BOUGHT: draw.randrange(9),
            c.FIRST_ORDER: "2025-01-02",
            c.LAST_ORDER: "2026-03-01",
            **{name: draw.randrange(1, 6) for name in SCORES},
        }
        if orders == 1:
            del behaviour[c.DAYS_BETWEEN_ORDERS], behaviour[c.INTERVAL_REGULARITY]
        if draw.random() < 0.7:
            behaviour[c.USUAL_TIME] = draw.choice(("morning", "night"))
            behaviour[c.FAVOURITE_CATEGORIES] = draw.sample(["Teas", "Ösen", "ösen", "100% juice"], 2)
        rows.append(
            {
                "customer_id": f"c{number}",
                "recency_days": draw.randrange(400_000) / 1000,
                "frequency": orders,
                "monetary": draw.randrange(-500, 300_000) / 100,
                "behaviour": behaviour,
                "segment_id": draw.choice((None, 1, 2, 5)),
            }
        )
    return rows


def features_in(database: Database, rows: list[Stored]) -> Database:
    """Put them into the shop's tables; give the database back."""
    with database.write() as connection:
        connection.execute(insert(customers), [{"customer_id": row["customer_id"], "traits": {}} for row in rows])
        connection.execute(insert(customer_features), [{**row, "computed_at": NOW} for row in rows])
    return database
