"""Customers and segments as lists for people: what a page asks for, and what it gets."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal

#: What a list of customers can be ordered by. "at_risk": by the money that may be lost.
CustomerSort = Literal["name", "last_order", "orders", "spent", "segment", "churn", "value", "at_risk"]
CUSTOMER_SORTS: tuple[CustomerSort, ...] = (
    "name", "last_order", "orders", "spent", "segment", "churn", "value", "at_risk",
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class CustomerQuery:
    """Which customers, in which order, which of them."""

    #: Part of a name; the beginning of an id or an e-mail address. Empty: everybody.
    search: str = ""
    segment_id: int | None = None
    sort: CustomerSort = "spent"
    descending: bool = True
    #: From 0.
    page: int = 0
    size: int = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class CustomerRow:
    """A customer in a list; None for what is not known or not computed."""

    customer_id: str
    name: str | None
    segment_id: int | None
    segment: str | None
    recency_days: float | None
    orders: int | None
    #: In all, major currency units.
    spent: float | None
    #: Probability that she orders nothing within the horizon of the predictions, 0..1.
    churn: float | None = None
    #: Money expected within the horizon.
    value: float | None = None
    #: Money expected if she comes again, times the probability that she does not.
    at_risk: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CustomerPage:
    """One page of a list and how long the whole is."""

    rows: tuple[CustomerRow, ...]
    total: int
    #: Whether there are predictions at all; without, nothing can be ordered by them.
    predicted: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class SegmentRow:
    """A segment in a list; `share` 0..1 of all segmented customers, `means` by the names of `analytics.columns`."""

    segment_id: int
    name: str
    portrait: str
    size: int
    share: float
    means: dict[str, float] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """One moment of a customer's story."""

    at: datetime
    kind: Literal["order", "conversation", "event"]
    text: str
    #: Id of a conversation, to open it.
    conversation_id: str | None = None
