"""Predictions as an agent reads them."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from analytics.prediction_records import Prediction
from console.filters import money, percent
from console.wording import CHANNEL_WORDS, in_words

_WHAT = {
    "churn": "Orders nothing more", "orders": "Orders", "value": "Value", "next_order": "Next order",
    "next_category": "Next basket holds", "answer": "Answers a campaign", "best_hour": "Best hour to write",
    "best_channel": "Best channel to write", "intent": "This visit ends with a purchase",
}  # fmt: skip
_COUNTED = frozenset({"orders"})


@dataclass(frozen=True, slots=True)
class ToldPrediction:
    """One prediction in words: what, how much, in which range, beside whom."""

    what: str
    value: str
    range: str
    baseline: str


def told_prediction(one: Prediction, currency: str) -> ToldPrediction:
    """Word a prediction."""
    write = _writer(one, currency)
    what = _WHAT.get(one.kind) or in_words(one.kind, {})
    if one.horizon_days is not None:
        what += f", {one.horizon_days} days"
    value = write(one.value)
    if one.label:
        value = f"{_label(one)} ({value})"
    return ToldPrediction(what, value, f"{write(one.low)} to {write(one.high)}", write(one.baseline))


def hours_told(hours: Iterable[tuple[int, float]]) -> str:
    """[(18, 0.4), (9, 0.2)] → "18:00 (40 %), 9:00 (20 %)"."""
    return ", ".join(f"{hour}:00 ({percent(share)})" for hour, share in hours)


def channels_told(channels: Iterable[tuple[str, float]]) -> str:
    """[("widget", 0.8)] → "the website (80 %)"."""
    return ", ".join(f"{in_words(name, CHANNEL_WORDS).lower()} ({percent(share)})" for name, share in channels)


def _writer(one: Prediction, currency: str) -> Callable[[float], str]:
    if one.kind == "value":
        return lambda value: money(value, currency)
    if one.kind == "next_order":
        return lambda value: f"in {value:,.0f} days" if round(value) != 1 else "in 1 day"
    if one.kind in _COUNTED:
        return lambda value: f"{value:,.1f}"
    return percent


def _label(one: Prediction) -> str:
    if one.kind == "best_hour":
        return f"{one.label}:00"
    if one.kind == "best_channel":
        return in_words(one.label, CHANNEL_WORDS)
    return str(one.label)


PREDICTION_FILTERS: dict[str, Callable[..., Any]] = {
    "prediction": told_prediction, "hours_told": hours_told, "channels_told": channels_told,
}  # fmt: skip
