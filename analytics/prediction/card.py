"""The model card of churn, orders and value."""

from __future__ import annotations

from datetime import UTC, datetime, time

import numpy as np

from analytics.prediction.choosing import Tested
from analytics.prediction.expected import Expected
from analytics.prediction.history import History, date_of
from analytics.prediction.measures import calibration_curve, gain_curve, measure
from analytics.prediction_records import ModelCard

NAME = "buying"


def card_of(tested: Tested, churn_model: str, orders_model: str, history: History) -> ModelCard:
    """Say how well the chosen models did on the tested period, and the others beside them."""
    served = Expected(
        churn=tested.said[churn_model].churn,
        orders=tested.said[orders_model].orders,
        value=tested.said[orders_model].value,
    )
    gone = (tested.orders == 0).astype(np.float64)
    return ModelCard(
        name=NAME,
        version="",
        purpose=f"churn (by {churn_model}), orders and value (by {orders_model}) of the next {tested.horizon} days",
        trained_from=_moment(history.first_day),
        trained_to=_moment(tested.day),
        metrics=finite(measure(served, tested.orders, tested.value)),
        baselines={name: finite(figures) for name, figures in tested.measured.items()},
        limits=(
            f"Measured once, on {len(gone):,} customers and the {tested.horizon} days from {date_of(tested.day)} on.",
            "The model that serves was chosen on the same days: its figures are a little flattered.",
            "Nothing is known of what the shop or others will do: prices, stock, campaigns.",
        ),
        curves={
            "calibration": calibration_curve(served.churn, gone),
            "gain": gain_curve(served.value, tested.value),
        },
    )


def finite(figures: dict[str, float]) -> dict[str, float]:
    """Leave out what could not be measured."""
    return {name: round(value, 5) for name, value in figures.items() if np.isfinite(value)}


def _moment(day: int) -> datetime:
    return datetime.combine(date_of(day), time(), tzinfo=UTC)
