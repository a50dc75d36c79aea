"""Figures of a customer's visits as of a day, from which her next visit is foretold."""

from __future__ import annotations

import numpy as np

from analytics.prediction.rhythm import Rhythms, rhythms_of
from analytics.prediction.visits import Floats, Ints, Visits

#: Windows in days within which visits are counted.
_WINDOWS = (30, 90, 180)
#: The last gaps of which a mean is taken: habits change.
_LATELY = (1, 3, 8)

NAMES = (
    "silence",
    "age",
    "visits",
    "mean_gap",
    "rhythm",
    "spread",
    "silence_in_rhythms",
    *(f"visits_{days}" for days in _WINDOWS),
    "spent",
    *(f"last_{count}_gaps" for count in _LATELY),
    "weekday_of_last",
    "weekdays_since",
)


def visit_figures(known: Visits, day: float) -> tuple[Floats, Rhythms]:
    """Give one row for each customer of `known`, columns as `NAMES`, and the rhythms as of that day.

    Parameters
    ----------
    known : visits up to `day` (`Visits.until`). A customer without any has rows of nan and infinite silence.
    """
    count = len(known.customers)
    rhythms = rhythms_of(known)
    visits = known.counts().astype(np.float64)
    seen = visits > 0
    silence = np.where(seen, day - known.last(), np.nan)
    age = np.where(seen, day - known.first(), np.nan)
    who, gap = known.gaps()
    rhythm = np.exp(rhythms.level)
    mean_gap = np.divide(age - silence, visits - 1, out=np.full(count, np.nan), where=visits > 1)
    windows = [np.bincount(known.who[known.day > day - span], minlength=count) for span in _WINDOWS]
    money = np.log1p(np.maximum(np.bincount(known.who, known.spent, minlength=count), 0.0))
    logs = np.log(np.maximum(gap, 0.25))
    lately = [_mean_of_last(who, logs, span, count) for span in _LATELY]
    weekday = np.floor(np.where(seen, day - silence, 0.0)) % 7
    columns = [silence, age, visits, mean_gap, rhythm, rhythms.spread, silence / rhythm, *windows, money, *lately]
    return np.column_stack([*columns, weekday, np.where(seen, silence % 7, np.nan)]).astype(np.float64), rhythms


def _mean_of_last(who: Ints, values: Floats, span: int, count: int) -> Floats:
    """Give the mean of each customer's last `span` values; nan where she has none."""
    found = np.full(count, np.nan)
    if not len(who):
        return found
    total = np.bincount(who, minlength=count)
    place = np.arange(len(who)) - (np.cumsum(total) - total)[who]  # 0, 1, 2 … within each customer
    last = place >= total[who] - span
    sums = np.bincount(who[last], values[last], minlength=count)
    counts = np.bincount(who[last], minlength=count)
    np.divide(sums, counts, out=found, where=counts > 0)
    return found
