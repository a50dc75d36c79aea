"""The maker of churn, orders and value: tests the models on this shop, lets the best one speak, says how sure it is."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from zoneinfo import ZoneInfo

import numpy as np

from analytics.prediction.buying_models import fit_buying
from analytics.prediction.card import card_of
from analytics.prediction.dialogue_churn import with_dialogue
from analytics.prediction.expected import Expected
from analytics.prediction.history import Floats, History, Summary, day_of
from analytics.prediction.making import Made, Material
from analytics.prediction.ranges import (
    UNTESTED_SPREAD,
    around_probability,
    fit_ranges,
    probability_spread,
    scattered_count,
)
from analytics.prediction.reasons import money_reasons, rhythm_reasons
from analytics.prediction.serving import Serving, serve
from analytics.prediction_records import Basis, Prediction, PredictionKind

#: The kinds, and to how many digits they are told.
_DIGITS: dict[PredictionKind, int] = {"churn": 4, "orders": 3, "value": 2}


@dataclass(frozen=True, slots=True)
class Range:
    """Both ends of a figure, one entry a customer."""

    low: Floats
    high: Floats


@dataclass(frozen=True, slots=True, kw_only=True)
class _Words:
    """What all predictions have in common."""

    currency: str
    horizon: int
    tested: bool


def predict_buying(material: Material) -> Made:
    """Predict churn, orders and value of every customer who has ordered."""
    history = material.history
    if not len(history.day):
        return Made(predictions={})
    # The day after the last one that is known in full: from there on it is predicted.
    end = day_of(material.today.astimezone(ZoneInfo(material.timezone))) + 1
    material.tell("Testing models of churn, orders and value on the shop's own last months")
    serving = with_dialogue(material, serve(history, end))
    material.tell("Predicting churn, orders and value")
    words = _Words(currency=material.currency, horizon=serving.horizon, tested=serving.tested is not None)
    listed = _listed(serving.summary, serving.expected, _around(serving), words)
    ids = [history.customers[place] for place in serving.summary.customer.tolist()]
    return Made(
        predictions=dict(zip(ids, listed, strict=True)),
        cards=() if serving.tested is None else (card_of(serving, serving.tested, history),),
        arrays=serving.arrays(),
        of_newcomers=_of_newcomers(serving.expected, serving.horizon),
        at_risk=dict(zip(ids, _at_risk(history, serving).tolist(), strict=True)),
    )


def _at_risk(history: History, serving: Serving) -> Floats:
    """Give the money expected of each customer if she comes again, times the probability that she does not."""
    buying = fit_buying(history, serving.day, serving.horizon, kind="mbg_nbd")
    orders = buying.counts.if_alive(serving.horizon, serving.summary.repeats, serving.summary.age)
    return serving.expected.churn * orders * buying.order_value(serving.summary)


def _around(serving: Serving) -> dict[str, Range]:
    """Give the ranges of all figures: as wide as the models were wrong when they were tried, else as counts scatter."""
    expected, tested = serving.expected, serving.tested
    orders_ranges = value_ranges = None
    if tested is not None:
        before = serving.chosen.of(tested.said)
        orders_ranges = fit_ranges(before.orders, tested.orders)
        value_ranges = fit_ranges(before.value, tested.value)
    orders = Range(*(orders_ranges.around(expected.orders) if orders_ranges else scattered_count(expected.orders)))
    if value_ranges:
        value = Range(*value_ranges.around(expected.value))
    else:
        per_order = expected.value / np.maximum(expected.orders, 1e-9)
        value = Range(orders.low * per_order, orders.high * per_order)
    spread = (
        UNTESTED_SPREAD if tested is None else probability_spread(tested.said[serving.chosen.churn].churn, tested.gone)
    )
    return {"churn": Range(*around_probability(expected.churn, spread)), "orders": orders, "value": value}


def _listed(
    summary: Summary, expected: Expected, ranges: dict[str, Range], words: _Words
) -> list[tuple[Prediction, ...]]:
    """Give the three predictions of each customer."""
    rhythms = rhythm_reasons(summary)
    reasons = {"churn": rhythms, "orders": rhythms, "value": money_reasons(summary, rhythms, words.currency)}
    bases: list[Basis] = [
        "model" if words.tested else "history" if repeats else "shop" for repeats in summary.repeats.tolist()
    ]
    columns = []
    for kind, digits in _DIGITS.items():
        figures = getattr(expected, kind)
        average = round(float(figures.mean()), digits)
        made = partial(Prediction, kind=kind, baseline=average, horizon_days=words.horizon)
        rounded = (np.round(one, digits).tolist() for one in (figures, ranges[kind].low, ranges[kind].high))
        columns.append(
            [
                made(value=value, low=low, high=high, reason=reason, basis=basis)
                for value, low, high, reason, basis in zip(*rounded, reasons[kind], bases, strict=True)
            ]
        )
    return list(zip(*columns, strict=True))


def _of_newcomers(expected: Expected, horizon: int) -> tuple[Prediction, ...]:
    """Give the shop's averages, with the range of four in five of its customers."""
    reason = "has not ordered yet: the shop's average"
    made = []
    for kind, digits in _DIGITS.items():
        low, average, high = (round(one, digits) for one in _spread(getattr(expected, kind)))
        shop = partial(Prediction, reason=reason, baseline=average, basis="shop", horizon_days=horizon)
        made.append(shop(kind=kind, value=average, low=low, high=high))
    return tuple(made)


def _spread(figures: Floats) -> tuple[float, float, float]:
    average = float(figures.mean())
    low, high = np.quantile(figures, (0.1, 0.9))
    return min(float(low), average), average, max(float(high), average)
