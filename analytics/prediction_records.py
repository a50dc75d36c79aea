"""What is expected of a customer: predictions with their range, their reason, and what to compare them with."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Literal

#: churn         probability that she orders nothing within the horizon, 0..1
#: orders        orders expected within the horizon
#: value         money expected within the horizon, major currency units
#: next_order    days from the moment of computing to the next order
#: next_category probability that her next basket holds the category in `label`, 0..1
#: answer        probability that she answers a campaign, 0..1
#: best_hour     share of her activity around the hour in `label` ("18"), shop's zone
#: best_channel  share of answers on the channel in `label`
#: intent        probability that a running session ends with a purchase, 0..1
PredictionKind = Literal[
    "churn", "orders", "value", "next_order", "next_category", "answer", "best_hour", "best_channel", "intent"
]

#: What a prediction rests on: a model measured on this shop, her own history, or the shop's averages (few data).
Basis = Literal["model", "history", "shop"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Prediction:
    """One prediction for one customer."""

    kind: PredictionKind
    value: float
    #: In four of five cases the truth is within; both ends included.
    low: float
    high: float
    #: One clause a person reads: "ordered every 9 days until May, silent for 41 days since".
    reason: str
    #: The same for an average customer of the shop, so that the value can be read.
    baseline: float
    basis: Basis
    #: Of churn, orders, value, answer.
    horizon_days: int | None = None
    #: Which category, hour or channel; None for plain figures.
    label: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Predictions:
    """All predictions of a customer, computed together. At most one of a kind, but for categories: best first."""

    customer_id: str
    made_at: datetime
    model_version: str
    listed: tuple[Prediction, ...]

    def of(self, kind: PredictionKind) -> Prediction | None:
        """Give the first prediction of a kind; None where none could be made."""
        return next((one for one in self.listed if one.kind == kind), None)


@dataclass(frozen=True, slots=True, kw_only=True)
class ModelCard:
    """One trained model, told to people: what it is for, on what window it was trained, how well it does beside what.

    `metrics` and each of `baselines` have the same keys, measured on the same later period.
    """

    name: str
    version: str
    purpose: str
    trained_from: datetime | None
    trained_to: datetime | None
    metrics: dict[str, float]
    baselines: dict[str, dict[str, float]] = field(default_factory=dict)
    #: Which model says what, where a shop's back-test chose one for each: {"churn": "blend", "value": "pareto_nbd"}.
    models: dict[str, str] = field(default_factory=dict)
    #: Sentences on what it cannot do.
    limits: tuple[str, ...] = ()
    sha256: str = ""
    #: Curves for people: {"calibration": [[predicted, observed, customers], …], "gain": [[share, captured], …]}.
    curves: dict[str, Any] = field(default_factory=dict)
