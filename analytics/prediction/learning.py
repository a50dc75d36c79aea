"""What there is to learn from: customers as of many earlier days, and what they did after each of them.

Days lie two weeks apart. From each one looks ahead the whole horizon, two thirds and a third of it: shorter views reach
nearer to today, and one model learns from all of them, told how far it looks.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from analytics.prediction.buying_models import Buying
from analytics.prediction.history import Floats, History, Summary
from analytics.prediction.season import Season
from analytics.prediction.signals import Signals, beside, expected_signals, signals_of

_STEP = 14
#: Days of history that a customer base needs before one looks ahead from it.
LEAST_PAST = 45
#: Beyond so many days back the shop was another one.
_LONGEST_BACK = 730
_CUSTOMERS = 10_000
_ROWS = 40_000
#: Fewer rows teach a regression nothing.
LEAST_ROWS = 300


class TooFewDataError(ValueError):
    """There is too little history to learn from; simpler models need less."""


@dataclass(frozen=True, slots=True)
class Lessons:
    """Rows of signals, and purchase days and money of what came after."""

    signals: Signals
    orders: Floats
    value: Floats


def lessons_before(history: History, day: int, horizon: int, buying: Buying, season: Season, seed: int = 0) -> Lessons:
    """Put together all lessons that were over before `day`.

    Raises
    ------
    TooFewDataError
        Fewer than `LEAST_ROWS`, or nobody bought, or everybody did.
    """
    some = history.some(_CUSTOMERS, seed)
    first = max(history.first_day + LEAST_PAST, day - _LONGEST_BACK)
    parts: list[tuple[Floats, Floats, Floats]] = []
    names: tuple[str, ...] = ()
    for start in range(day - max(horizon // 3, 1), first - 1, -_STEP):
        summary = some.summary(start)
        standing = signals_of(some, summary, start)
        for ahead in _views(horizon):
            if start + ahead <= day:
                signals = with_expected(standing, summary, buying, season, (start, ahead))
                orders, value = (truth[summary.customer] for truth in some.bought_within(start, ahead))
                parts.append((signals.matrix, orders, value))
                names = signals.names
    if not parts or sum(len(part[1]) for part in parts) < LEAST_ROWS:
        raise TooFewDataError("fewer rows than a regression needs")
    matrix, orders, value = (np.concatenate(column) for column in zip(*parts, strict=True))
    if not 0 < np.mean(orders == 0) < 1:
        raise TooFewDataError("all customers did the same")
    if len(orders) > _ROWS:
        kept = np.sort(np.random.default_rng(seed).choice(len(orders), _ROWS, replace=False))
        matrix, orders, value = matrix[kept], orders[kept], value[kept]
    return Lessons(Signals(names, matrix), orders, value)


def with_expected(
    standing: Signals, summary: Summary, buying: Buying, season: Season, view: tuple[int, int]
) -> Signals:
    """Add what the model of buying expects in a view (day, days ahead), in busy seasons as if it were longer."""
    day, ahead = view
    return beside(standing, expected_signals(buying, summary, ahead * season.factor(day, ahead), ahead))


def _views(horizon: int) -> tuple[int, ...]:
    return tuple(sorted({max(horizon // 3, 1), max(2 * horizon // 3, 1), horizon}))
