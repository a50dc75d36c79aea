"""When a customer orders next: a model of the shop where it proved better, else her own rhythm, else the shop's.

The figure is the median among the futures in which she comes within the horizon; how likely that is, is told by the
prediction of churn. The range holds four of five of those futures, by trial on the days before.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import duckdb
import numpy as np
from numpy.typing import NDArray

from analytics.prediction.rhythm import Rhythms, rhythms_of
from analytics.prediction.visit_figures import NAMES, visit_figures
from analytics.prediction.visits import Floats, Visits, as_day, visits_of
from analytics.prediction.waiting import fit_waiting, waits_at
from analytics.prediction_records import Basis, Prediction
from analytics.wording import spoken_date, spoken_rhythm

#: Horizons to choose from, in days.
_HORIZONS = (7, 14, 28, 56, 90, 180)
#: Earlier cut-offs learned from, at most.
_CUT_OFFS = 5
#: Without so many who came back after an earlier cut-off a model learns noise.
_LEAST_RETURNS = 150
#: Tails of the range that are tried; 0.1 would be right for a model without faults.
_TAILS = (0.10, 0.09, 0.08, 0.07, 0.06, 0.05, 0.04, 0.03, 0.02)
_IN_RANGE = 0.8
#: A model may be so much worse in days: it also knows who comes back at all.
_PATIENCE = 1.02
#: Gaps from which a rhythm is called her own.
_OWN_GAPS = 2

#: Gives the wait of every customer within which a share of the returns fall.
Waits = Callable[[float], Floats]


@dataclass(frozen=True, slots=True, kw_only=True)
class Tried:
    """How the two ways did on the last outcomes that are known, of those who came: mean errors in days."""

    customers: int
    model: float
    rhythm: float
    #: Share of the outcomes within the range that is told.
    inside: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Outlook:
    """Waits of all customers, in days, among the futures in which they come within `horizon`."""

    low: Floats
    middle: Floats
    high: Floats
    #: Expected days of staying away, of `horizon` at most; ranks who comes first, those who never come last.
    away: Floats
    rhythms: Rhythms
    #: Days between visits: her mean where there are enough, else what her few and the shop's make likely.
    rhythm: Floats
    silence: Floats
    by_model: bool
    #: None where too little is known for a trial.
    tried: Tried | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class _Trial:
    """What the last outcomes that are known say: is the model better than the rhythms, and how wide must ranges be."""

    by_model: bool
    tail: float
    tried: Tried | None = None


def predict_next_orders(
    sales: duckdb.DuckDBPyConnection, now: datetime, timezone: str = "UTC", *, seed: int = 0
) -> dict[str, Prediction]:
    """Foretell when every customer with an order orders next.

    Parameters
    ----------
    sales : a connection with the table `orders` of `analytics.features.sales.load_sales`.
    now : aware moment of computing; `value`, `low` and `high` are days from here.
    timezone : the shop's zone, in which days begin.
    seed : the same seed on the same orders gives the same predictions.

    Returns
    -------
    {customer id: prediction of kind "next_order"}; empty for a shop without orders.
    """
    visits = visits_of(sales, now, timezone)
    if not visits.customers:
        return {}
    horizon = horizon_for(visits, as_day(now))
    return told(visits, foresee(visits, as_day(now), horizon, seed), now, horizon)


def told(visits: Visits, outlook: Outlook, now: datetime, horizon: int) -> dict[str, Prediction]:
    """Put an outlook into words, for every customer of `visits`."""
    usual = float(np.median(outlook.middle))
    visited = visits.counts()
    return {
        customer: Prediction(
            kind="next_order",
            value=round(float(outlook.middle[at]), 1),
            low=round(float(min(outlook.low[at], outlook.middle[at])), 1),
            high=round(float(max(outlook.high[at], outlook.middle[at])), 1),
            reason=_reason(outlook, at, int(visited[at]), now),
            baseline=round(usual, 1),
            basis=_basis(outlook, at),
            horizon_days=horizon,
        )
        for at, customer in enumerate(visits.customers)
    }


def horizon_for(visits: Visits, day: float) -> int:
    """Give the horizon in days that fits a shop: nine of ten gaps are shorter, its history three times as long."""
    shop = rhythms_of(visits.until(day)).shop
    long_gap = np.exp(shop.level + 1.28 * np.sqrt(shop.within + shop.between))
    history = day - float(visits.first().min())
    fitting = [days for days in _HORIZONS if days <= history / 3] or [_HORIZONS[0]]
    return next((days for days in fitting if days >= long_gap), fitting[-1])


def foresee(visits: Visits, day: float, horizon: float, seed: int = 0) -> Outlook:
    """Foretell the waits of all customers as of `day`; nothing after that day is looked at.

    Parameters
    ----------
    visits : with at least one visit of each customer up to `day`.
    day : as `Visits.day`.
    horizon : days from `day`.
    """
    known = visits.until(day)
    figures, rhythms = visit_figures(known, day)
    silence = day - known.last()
    trial = _trial(known, day - horizon, horizon, seed)
    away = horizon * (1 - rhythms.within(silence, horizon) / 2)
    waits: Waits = lambda share: rhythms.waits(share, silence, horizon)  # noqa: E731
    if trial.by_model:
        model = fit_waiting(*_lessons(known, day - horizon, horizon), horizon, seed)
        left = model.staying_away(figures)
        waits = lambda share: waits_at(share, left, model.edges)  # noqa: E731
        away = ((left[:, 1:] + left[:, :-1]) / 2 * np.diff(model.edges)).sum(axis=1)
    return Outlook(
        low=waits(trial.tail),
        middle=waits(0.5),
        high=waits(1 - trial.tail),
        away=away,
        rhythms=rhythms,
        rhythm=np.where(rhythms.gaps >= _OWN_GAPS, figures[:, NAMES.index("mean_gap")], np.exp(rhythms.level)),
        silence=silence,
        by_model=trial.by_model,
        tried=trial.tried,
    )


def _trial(known: Visits, day: float, horizon: float, seed: int) -> _Trial:
    """Foretell what is already known, from an earlier day, with both ways."""
    before = known.until(day)
    there = before.counts() > 0
    wait = known.next_after(day)
    came = there & (wait <= horizon)
    if came.sum() < _LEAST_RETURNS:
        return _Trial(by_model=False, tail=_TAILS[0])
    figures, rhythms = visit_figures(before, day)
    silence = np.where(there, day - before.last(), 0.0)
    ways: dict[bool, Waits] = {False: lambda share: rhythms.waits(share, silence, horizon)}
    lessons = _lessons(before, day - horizon, horizon)
    if (lessons[1] <= horizon).sum() >= _LEAST_RETURNS:
        model = fit_waiting(*lessons, horizon, seed)
        left = model.staying_away(figures)
        ways[True] = lambda share: waits_at(share, left, model.edges)
    errors = {by_model: float(np.abs(way(0.5) - wait)[came].mean()) for by_model, way in ways.items()}
    best = True in errors and errors[True] <= _PATIENCE * errors[False]
    tail = _tail(ways[best], wait, came)
    inside = (ways[best](tail) <= wait) & (wait <= ways[best](1 - tail))
    tried = Tried(
        customers=int(came.sum()),
        model=errors.get(True, float("nan")),
        rhythm=errors[False],
        inside=float(inside[came].mean()),
    )
    return _Trial(by_model=best, tail=tail, tried=tried)


def _tail(waits: Waits, wait: Floats, came: NDArray[np.bool_]) -> float:
    """Give half the way to the tail with which four of five outcomes were within the range.

    Half the way, because the trial had less to learn from than what is used now.
    """
    for tail in _TAILS:
        within = (waits(tail) <= wait) & (wait <= waits(1 - tail))
        if within[came].mean() >= _IN_RANGE:
            break
    return (tail + _TAILS[0]) / 2


def _lessons(known: Visits, latest: float, horizon: float) -> tuple[Floats, Floats]:
    """Give figures as of earlier days, `latest` the last of them, and how long each customer then stayed away."""
    start = float(known.first().min())
    step = max(7.0, horizon / 6)
    figures, waits = [], []
    for number in range(_CUT_OFFS):
        day = latest - number * step
        if number and day < start + horizon / 2:
            break
        before = known.until(day)
        there = before.counts() > 0
        if there.any():
            figures.append(visit_figures(before, day)[0][there])
            waits.append(known.next_after(day)[there])
    if not figures:
        return np.zeros((0, 1)), np.zeros(0)
    return np.vstack(figures), np.concatenate(waits)


def _basis(outlook: Outlook, at: int) -> Basis:
    if outlook.by_model:
        return "model"
    return "history" if outlook.rhythms.gaps[at] >= _OWN_GAPS else "shop"


def _reason(outlook: Outlook, at: int, visits: int, now: datetime) -> str:
    silence = float(outlook.silence[at])
    rhythm = float(outlook.rhythm[at])
    last = spoken_date((now - timedelta(days=silence)).astimezone(UTC), now)
    if visits == 1:
        usual = float(np.exp(outlook.rhythms.shop.level))
        return f"one order so far, on {last}; customers of this shop order {spoken_rhythm(usual)}"
    if silence > 2 * rhythm:
        return f"ordered {spoken_rhythm(rhythm)} until {last}, silent for {round(silence)} days since"
    return f"orders {spoken_rhythm(rhythm)}, last on {last}"
