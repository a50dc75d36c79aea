"""Predictions and engagement as an agent reads them: a label, the figure with its range, why, and what is usual."""

from __future__ import annotations

from dataclasses import dataclass

from analytics.prediction_records import Prediction, Predictions
from analytics.profile_records import Engagement
from console.predicting import told_prediction

_BASIS = {"model": "", "history": "from her own history", "shop": "the shop's average: too little is known of her"}
_PARTS = {
    "orders": "orders", "carts": "carts", "views": "products viewed", "conversations": "chats", "reviews": "reviews",
    "ratings": "ratings",
}  # fmt: skip
_MOVED = {
    "rebuild": "when the segments were made anew", "event": "by what she did",
    "rollback": "when earlier segments were taken back", "first": "her first segment",
}  # fmt: skip
#: Categories told: best first.
_CATEGORIES_TOLD = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class ExpectedLine:
    """One prediction on the screen."""

    label: str
    #: The figure with its range: "62 % (48 to 75 %)".
    figure: str
    #: Why, and beside what: "silent for 41 days; usual here: 30 %".
    why: str


def expected_lines(predictions: Predictions | None, currency: str) -> list[ExpectedLine]:
    """Word what is expected of a customer, in the order of the list."""
    lines, categories = [], 0
    for one in () if predictions is None else predictions.listed:
        categories += one.kind == "next_category"
        if one.kind != "next_category" or categories <= _CATEGORIES_TOLD:
            lines.append(_line(one, currency))
    return lines


def engagement_line(engagement: Engagement) -> str:
    """Word from what the engagement comes: "orders 31, chats 8"."""
    return ", ".join(
        f"{_PARTS.get(kind, kind)} {points:.0f}" for kind, points in engagement.parts.items() if points >= 1
    )


def moved(why: str) -> str:
    """Word why she came into a segment."""
    return _MOVED.get(why, why)


def _line(one: Prediction, currency: str) -> ExpectedLine:
    told = told_prediction(one, currency)
    figure = f"{told.value} ({told.range})" if one.low < one.high else told.value
    said = [one.reason, _BASIS[one.basis], f"average customer: {told.baseline}"]
    return ExpectedLine(label=told.what, figure=figure, why="; ".join(part for part in said if part))
