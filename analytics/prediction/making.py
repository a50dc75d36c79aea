"""What the job of predictions hands to each maker, and what a maker gives back.

A maker is a plain function: `make(material) -> Made`. The job calls all of them (`analytics.jobs.build_predictions`,
MAKERS), puts what they say of a customer together in the order of the makers, and keeps their arrays and model cards in
one artifact.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import cached_property
from typing import Any

import duckdb
from numpy.typing import NDArray

from analytics.prediction.history import History, read_history
from analytics.prediction_records import ModelCard, Prediction
from analytics.shop.today import shop_today
from store.engine import Database


@dataclass(frozen=True, kw_only=True)
class Material:
    """What there is to learn from, up to a moment."""

    #: With the tables of `analytics.features.sales.load_sales`.
    sales: duckdb.DuckDBPyConnection
    #: For what is not in the sales: conversations, campaigns, sessions. Read only.
    database: Database | None
    #: Aware. Nothing later is looked at.
    now: datetime
    #: The shop's zone.
    timezone: str = "UTC"
    #: Sign put before amounts in reasons.
    currency: str = "$"
    seed: int = 0
    #: Told what is being done.
    tell: Callable[[str], None] = lambda _text: None

    @cached_property
    def today(self) -> datetime:
        """The moment as of which is foretold: now, or the end of data that ended long ago."""
        found = self.sales.execute(
            "SELECT max(placed_at) FROM orders WHERE placed_at <= $now",
            {"now": self.now.astimezone(UTC).replace(tzinfo=None)},
        ).fetchone()
        latest = found[0].replace(tzinfo=UTC) if found and found[0] is not None else None
        return shop_today(latest, self.now)

    @cached_property
    def history(self) -> History:
        """Purchase days of all customers up to now; read once for all makers."""
        return read_history(self.sales, self.now, self.timezone)


#: Predictions by customer id.
PredictionsOf = Mapping[str, Sequence[Prediction]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Made:
    """What a maker found."""

    predictions: PredictionsOf
    #: One for each model that was trained; none where there was too little to measure.
    cards: tuple[ModelCard, ...] = ()
    #: Parameters for the artifact, by name.
    arrays: dict[str, NDArray[Any]] = field(default_factory=dict)
    #: What is expected of a customer who has not ordered yet.
    of_newcomers: tuple[Prediction, ...] = ()
    #: Money expected of a customer if she comes again times the odds that she does not, by customer id.
    at_risk: Mapping[str, float] = field(default_factory=dict)


Maker = Callable[[Material], Made]
