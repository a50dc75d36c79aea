"""The customer profile: one typed record of everything the house knows of a person."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Literal

from analytics.prediction_records import Predictions
from analytics.records import DialogueProfile, Rfm, Segment


@dataclass(frozen=True, slots=True, kw_only=True)
class SegmentMove:
    """She came into a segment; `why` "rebuild", "event", "rollback" or "first"."""

    segment_id: int
    name: str
    at: datetime
    why: Literal["rebuild", "event", "rollback", "first"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Browsing:
    """What she does on the site, from events."""

    views: int = 0
    carts: int = 0
    #: Carts without an order within a day.
    carts_abandoned: int = 0
    #: Products in the cart that is open now.
    cart: tuple[str, ...] = ()
    last_viewed: tuple[str, ...] = ()
    last_seen_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Preferences:
    """Likes and dislikes; what she said and what follows from her doings, never mixed."""

    #: In her words, by what it is about: {"likes": ["decaf coffee"], "dislikes": ["peanuts"], "diets": ["vegetarian"],
    #: "refused_products": [ids]}; the newest last.
    stated: dict[str, tuple[str, ...]] = field(default_factory=dict)
    #: {category: share of the lines of her latest orders, 0..1}, most first; what she is known to buy, not all of it.
    inferred: dict[str, float] = field(default_factory=dict)


#: What a customer may do that counts as engagement.
GoalKind = Literal[
    "orders", "carts", "views", "searches", "wishes", "checkouts", "promotions", "mails", "mail_clicks", "shares",
    "visits", "conversations", "reviews", "ratings",
]  # fmt: skip
#: Points for each, on the day it is done, where the shop file says nothing else: an order a week comes to about 80.
GOALS: dict[str, float] = {
    "orders": 12.0, "carts": 3.0, "views": 0.5, "searches": 0.5, "wishes": 1.5, "checkouts": 2.0, "promotions": 0.5,
    "mails": 0.5, "mail_clicks": 2.0, "shares": 2.0, "visits": 0.5, "conversations": 4.0, "reviews": 5.0,
    "ratings": 2.0,
}  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class EngagementPolicy:
    """The shop's goals, from the section `engagement` of its file."""

    #: Days after which a deed counts for half.
    half_life_days: float = 30.0
    #: Points for one deed of a kind.
    goals: dict[str, float] = field(default_factory=lambda: dict(GOALS))


@dataclass(frozen=True, slots=True, kw_only=True)
class Engagement:
    """How engaged she is, 0..100, and from what: each action weighted by the shop's goals, halved by age."""

    score: float
    #: {"orders": 31.0, "views": 4.2, "conversations": 8.0, …}; they add up to the score before it is capped.
    parts: dict[str, float] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Loyalty:
    """Her standing in the shop's programme; None where there is none."""

    points: int
    tier: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CustomerProfile:
    """Everything known of one customer, as of now: the event, turn or order of a moment ago is in it."""

    customer_id: str
    name: str | None
    #: Demographics and other stated facts, as imported or identified.
    demographics: dict[str, Any]
    preferences: Preferences
    rfm: Rfm | None
    #: "Champions", "At risk", …: the standard class of her RFM scores; None without orders.
    rfm_class: str | None
    #: Discount ÷ (paid + discount) of her orders beside the shop's, 0..1.
    discount_share: float | None
    browsing: Browsing
    engagement: Engagement
    #: Hours (0..23, shop's zone) and channels with her share of activity, most first.
    hours: dict[int, float]
    channels: dict[str, float]
    dialogue: DialogueProfile
    complaints_open: int
    #: Requests the bot could not meet, newest last: products asked for in vain, questions not understood.
    unmet_requests: tuple[str, ...]
    loyalty: Loyalty | None
    #: {purpose: granted}.
    consents: dict[str, bool]
    segment: Segment | None
    #: Her latest moves, newest last.
    segment_history: tuple[SegmentMove, ...]
    #: Hand-made segments she is in, by name.
    rule_segments: tuple[str, ...]
    predictions: Predictions | None
    #: Further figures of behaviour, as `analytics.columns` names them.
    behaviour: dict[str, Any] = field(default_factory=dict)
    updated_at: datetime | None = None
