"""Profiles of customers for tests: everything empty but what a test says."""

from __future__ import annotations

from typing import Any

from analytics.prediction_records import Basis, Prediction, PredictionKind, Predictions
from analytics.profile_records import Browsing, CustomerProfile, Engagement, Preferences
from analytics.records import DialogueProfile
from tests.support.shop_in_memory import NOW


def a_profile(customer_id: str = "ana", **known: Any) -> CustomerProfile:
    """Give a profile; fields that are not named are empty."""
    empty: dict[str, Any] = {
        "name": None, "demographics": {}, "preferences": Preferences(), "rfm": None, "rfm_class": None,
        "discount_share": None, "browsing": Browsing(), "engagement": Engagement(score=0.0), "hours": {},
        "channels": {}, "dialogue": DialogueProfile(customer_id=customer_id), "complaints_open": 0,
        "unmet_requests": (), "loyalty": None, "consents": {}, "segment": None, "segment_history": (),
        "rule_segments": (), "predictions": None,
    }  # fmt: skip
    return CustomerProfile(customer_id=customer_id, **(empty | known))


def expected(*listed: Prediction, customer_id: str = "ana") -> Predictions:
    """Give predictions made today."""
    return Predictions(customer_id=customer_id, made_at=NOW, model_version="v1", listed=listed)


def a_prediction(kind: PredictionKind, value: float, *, basis: Basis = "model", **more: Any) -> Prediction:
    """Give one prediction, with a range of a tenth around it."""
    told: dict[str, Any] = {"low": value * 0.9, "high": value * 1.1, "reason": "silent for 41 days", "baseline": value}
    return Prediction(kind=kind, value=value, basis=basis, **(told | more))
