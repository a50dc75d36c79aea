"""What is expected of each customer."""

from __future__ import annotations

from sqlalchemy import Column, Float, ForeignKey, Index, String, Table

from store.tables.base import metadata
from store.types import UtcDateTime, json_column

#: Written by the job of predictions, one row per customer with at least one order.
predictions = Table(
    "predictions",
    metadata,
    Column("customer_id", String(64), ForeignKey("customers.customer_id"), primary_key=True),
    #: [{"kind", "value", "low", "high", "reason", "baseline", "basis", "horizon_days"?, "label"?}]
    Column("listed", json_column(), nullable=False, default=list),
    #: Probability of no order within the horizon; the same as in the list, for sorting and filtering.
    Column("churn", Float),
    #: Money expected within the horizon, major currency units.
    Column("value", Float),
    #: Money expected if she comes again, times the probability that she does not.
    Column("at_risk", Float, nullable=False, default=0.0),
    Column("model_version", String(40), nullable=False),
    Column("made_at", UtcDateTime, nullable=False),
    Index("ix_predictions_churn", "churn"),
    Index("ix_predictions_value", "value"),
    Index("ix_predictions_at_risk", "at_risk"),
)
