"""The model card of churn, orders and value."""

from __future__ import annotations

from datetime import UTC, datetime, time

import numpy as np

from analytics.prediction.choosing import Tested
from analytics.prediction.expected import Expected
from analytics.prediction.history import History, date_of
from analytics.prediction.measures import calibration_curve, gain_curve, measure
from analytics.prediction.ranges import coverage
from analytics.prediction.serving import Serving
from analytics.prediction_records import ModelCard

NAME = "buying"


def card_of(serving: Serving, tested: Tested, history: History) -> ModelCard:
    """Say how well the models that serve did on the tested period, and the others beside them."""
    chosen = serving.chosen
    served = chosen.of(tested.said)
    return ModelCard(
        name=NAME,
        version="",
        purpose=f"churn (by {chosen.churn}), orders (by {chosen.orders}) and value (by {chosen.value}) of the next "
        f"{tested.horizon} days",
        models=chosen._asdict(),
        trained_from=_moment(history.first_day),
        trained_to=_moment(tested.day),
        metrics=_measured(served, tested),
        baselines={name: _measured(said, tested) for name, said in tested.said.items()},
        limits=(
            f"Measured once, on {len(tested.orders):,} customers and the {tested.horizon} days from "
            f"{date_of(tested.day)} on.",
            "The model that serves was chosen on the same days: its figures are a little flattered.",
            "Nothing is known of what the shop or others will do: prices, stock, campaigns.",
        ),
        curves={
            "calibration": calibration_curve(served.churn, tested.gone),
            "gain": gain_curve(served.value, tested.value),
        },
    )


def _measured(said: Expected, tested: Tested) -> dict[str, float]:
    ranges = {
        "orders_coverage": coverage(said.orders, tested.orders),
        "value_coverage": coverage(said.value, tested.value),
    }
    return finite(measure(said, tested.orders, tested.value) | ranges)


def finite(figures: dict[str, float]) -> dict[str, float]:
    """Leave out what could not be measured."""
    return {name: round(value, 5) for name, value in figures.items() if np.isfinite(value)}


def _moment(day: int) -> datetime:
    return datetime.combine(date_of(day), time(), tzinfo=UTC)
