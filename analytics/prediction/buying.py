"""The maker of churn, orders and value: tests the models on this shop, lets the best one speak, says how sure it is."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial

import numpy as np

from analytics.prediction.buying_models import BUYING, fit_buying
from analytics.prediction.card import card_of
from analytics.prediction.choosing import UNTESTED_HORIZON, Tested, choose_horizon, tested_models
from analytics.prediction.expected import Expected
from analytics.prediction.history import Floats, History, Summary, day_of
from analytics.prediction.making import Made, Material
from analytics.prediction.ranges import fit_ranges, scattered_count
from analytics.prediction.reasons import money_reasons, rhythm_reasons
from analytics.prediction_records import Basis, Prediction, PredictionKind

#: Data that ends longer ago is taken as of its end: silence after it is the import's, not the customers'.
_STALE_DAYS = 14
#: Where customers are too few to test a model on.
_DEFAULT = "mbg_nbd"
#: The kinds, and to how many digits they are told.
_DIGITS: dict[PredictionKind, int] = {"churn": 4, "orders": 3, "value": 2}


@dataclass(frozen=True, slots=True, kw_only=True)
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
    end = _today(history, material.now)
    horizon = choose_horizon(end - history.first_day)
    tested = None
    if horizon is not None:
        material.tell(f"Testing models on the last {horizon} days")
        tested = tested_models(history, end, horizon, BUYING)
    material.tell("Predicting churn, orders and value")
    return _made(material, history, end, horizon or UNTESTED_HORIZON, tested)


def _made(material: Material, history: History, end: int, horizon: int, tested: Tested | None) -> Made:
    churn_model, orders_model = tested.best() if tested else (_DEFAULT, _DEFAULT)
    models = {name: BUYING[name](history, end, horizon) for name in {churn_model, orders_model}}
    summary = history.summary(end)
    of_churn, of_orders = (models[name].expected(history, summary, end) for name in (churn_model, orders_model))
    expected = Expected(churn=of_churn.churn, orders=of_orders.orders, value=of_orders.value)
    words = _Words(currency=material.currency, horizon=horizon, tested=tested is not None)
    listed = _listed(summary, expected, _around(expected, tested, orders_model), words)
    ids = [history.customers[place] for place in summary.customer.tolist()]
    buying = fit_buying(history, end, horizon, kind="mbg_nbd")
    worth = buying.counts.if_alive(horizon, summary.repeats, summary.age) * buying.order_value(summary)  # type: ignore[union-attr]
    cards = () if tested is None else (card_of(tested, churn_model, orders_model, history),)
    return Made(
        predictions=dict(zip(ids, listed, strict=True)),
        cards=cards,
        arrays={f"{name}_{key}": values for name, model in models.items() for key, values in model.arrays().items()},
        of_newcomers=_of_newcomers(expected, horizon),
        at_risk=dict(zip(ids, (expected.churn * worth).tolist(), strict=True)),
    )


def _today(history: History, now: datetime) -> int:
    """Give the day after the last one that is known in full: from here on it is predicted."""
    today = day_of(now.astimezone(UTC)) + 1
    return today if today - history.last_day <= _STALE_DAYS else history.last_day + 1


def _around(expected: Expected, tested: Tested | None, model: str) -> dict[str, Range]:
    orders_ranges = value_ranges = None
    if tested is not None:
        orders_ranges = fit_ranges(tested.said[model].orders, tested.orders)
        value_ranges = fit_ranges(tested.said[model].value, tested.value)
    low, high = orders_ranges.around(expected.orders) if orders_ranges else scattered_count(expected.orders)
    orders = Range(low=low, high=high)
    if value_ranges:
        low, high = value_ranges.around(expected.value)
    else:
        per_order = expected.value / np.maximum(expected.orders, 1e-9)
        low, high = orders.low * per_order, orders.high * per_order
    # How far a probability itself may be off: as much as its odds by one unit of their logarithm, where untested.
    spread = 0.5 if tested is not None else 1.0
    odds = np.log(np.clip(expected.churn, 1e-6, 1 - 1e-6) / (1 - np.clip(expected.churn, 1e-6, 1 - 1e-6)))
    churn = Range(low=1 / (1 + np.exp(-(odds - spread))), high=1 / (1 + np.exp(-(odds + spread))))
    return {"churn": churn, "orders": orders, "value": Range(low=low, high=high)}


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
