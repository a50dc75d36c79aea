"""What is computed of a customer, and the decisions taken with it."""

from __future__ import annotations

from sqlalchemy import Column, Float, ForeignKey, Index, Integer, Numeric, String, Table

from store.tables.base import metadata
from store.types import UtcDateTime, json_column

#: Written by the feature job, one row per customer with at least one order.
customer_features = Table(
    "customer_features",
    metadata,
    Column("customer_id", String(64), ForeignKey("customers.customer_id"), primary_key=True),
    Column("recency_days", Float, nullable=False),
    #: Number of orders.
    Column("frequency", Integer, nullable=False),
    #: Total spent, major currency units.
    Column("monetary", Numeric(14, 2, asdecimal=False), nullable=False),
    #: Further behaviour: basket size, discount share, days between orders, favourite department …
    Column("behaviour", json_column(), nullable=False, default=dict),
    Column("segment_id", Integer),
    Column("model_version", String(40)),
    Column("computed_at", UtcDateTime, nullable=False),
    Index("ix_customer_features_segment_id", "segment_id"),
)

segments = Table(
    "segments",
    metadata,
    Column("model_version", String(40), primary_key=True),
    Column("segment_id", Integer, primary_key=True),
    Column("name", String(100), nullable=False),
    Column("portrait", String(1000), nullable=False),
    Column("size", Integer, nullable=False),
    #: Means of the features in their own units: {"recency_days", "frequency", "monetary", …}.
    Column("means", json_column(), nullable=False, default=dict),
)

#: Dialogue signals, updated within each turn.
profiles = Table(
    "profiles",
    metadata,
    Column("customer_id", String(64), ForeignKey("customers.customer_id"), primary_key=True),
    #: Running sentiment (exponentially weighted) and its last change, -1 to 1.
    Column("sentiment", Float),
    Column("sentiment_slope", Float, nullable=False, default=0.0),
    Column("turns", Integer, nullable=False, default=0),
    #: {"track_order": 3, …}: how often she spoke of what.
    Column("topics", json_column(), nullable=False, default=dict),
    #: {"refused_products": [...], "likes": [...], "dislikes": [...], "diets": [...]}.
    Column("preferences", json_column(), nullable=False, default=dict),
    Column("last_contact_at", UtcDateTime),
    Column("last_topic", String(100)),
    #: What could not be met, in her words, newest last; bounded.
    Column("unmet_requests", json_column(), nullable=False, default=list, server_default="[]"),
)

decisions = Table(
    "decisions",
    metadata,
    Column("decision_id", String(36), primary_key=True),
    Column("turn_id", String(36), index=True),
    Column("conversation_id", String(36), nullable=False, index=True),
    Column("customer_id", String(64), index=True),
    #: "offer" or "recommendation".
    Column("kind", String(16), nullable=False),
    #: What was shown: offer id, or product ids joined by commas; NULL when withheld.
    Column("chosen", String(400)),
    #: Why nothing was shown: "mood", "no_offer", "recently_offered", "opted_out", "buys_anyway", "segment"; NULL when
    #: shown.
    Column("withheld", String(32)),
    #: Probability with which the policy chose this, 0 < p <= 1.
    Column("propensity", Float, nullable=False),
    Column("candidates", json_column(), nullable=False, default=list),
    Column("segment_id", Integer),
    #: The shop's rule that held ("win_back", "buys_anyway", "segment", "fits"), and why, one clause.
    Column("rule", String(32)),
    Column("reason", String(300)),
    Column("created_at", UtcDateTime, nullable=False),
)
