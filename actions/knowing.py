"""What the bot may know of somebody when it words an answer: her profile, where she agrees to be known."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from actions.turn import Turn
from analytics.facade import Analytics
from analytics.prediction_records import Predictions
from analytics.profile_records import CustomerProfile

#: From this probability of leaving on she is greeted as one who was missed; the probability itself is never told.
MISSED_FROM = 0.5
#: She was missed only after so many days without an order.
MISSED_AFTER_DAYS = 21.0
#: Her usual day is foretold closely enough where the range around it is no longer than this, in days …
_CLOSE = 14.0
#: … and it is about that time from this share of the pause on.
_NEARLY = 0.85


def personal_profile(turn: Turn, analytics: Analytics) -> CustomerProfile | None:
    """Give her profile; None for a visitor, and where she wants nothing personal."""
    profile = analytics.profile(turn.customer_id) if turn.customer_id else None
    return profile if profile is not None and profile.consents.get("personalisation", True) else None


def is_missed(profile: CustomerProfile) -> bool:
    """Whether she used to order, has not for a while, and is likely to stay away."""
    if profile.rfm is None or profile.rfm.recency_days < MISSED_AFTER_DAYS:
        return False
    churn = profile.predictions.of("churn") if profile.predictions else None
    if churn is None or churn.basis == "shop":
        return profile.rfm_class in ("At risk", "Can't lose them")
    return churn.value >= MISSED_FROM


def usual_order_is_due(profile: CustomerProfile, now: datetime | None = None) -> bool:
    """Whether it is about the time of her next order: foretold from her own rhythm, closely, and for about today."""
    if profile.predictions is None or profile.rfm is None:
        return False
    foretold = profile.predictions.of("next_order")
    if foretold is None or foretold.basis == "shop" or foretold.high - foretold.low > _CLOSE:
        return False
    return _is_about_now(profile.predictions, foretold.value, foretold.high, profile.rfm.recency_days, now)


def _is_about_now(
    predictions: Predictions, days: float, latest: float, recency_days: float, now: datetime | None
) -> bool:
    """Whether an order foretold `days` after the computing is due; false where she has ordered since."""
    now = now or datetime.now(UTC)
    last_order = now - timedelta(days=recency_days)
    if last_order > predictions.made_at:
        return False
    pause = (predictions.made_at - last_order) / timedelta(days=1) + days
    end = predictions.made_at + timedelta(days=latest)
    return pause > 0 and recency_days >= _NEARLY * pause and now <= end
