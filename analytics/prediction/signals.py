"""What a customer's purchases before a day tell of what comes: counts, money, rhythm, silence, and what is expected.

Every signal is as of the day alone. Missing ones (no gap of a one-time buyer) are nan.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from analytics.prediction.buying_models import Buying
from analytics.prediction.history import Floats, History, Ints, Summary, summed

#: Days back over which purchases and money are counted.
WINDOWS = (14, 30, 60, 90, 180)
#: Days after which a purchase counts half, in the fading sums.
HALF_LIVES = (10, 30, 90)
#: Customers whose first purchase is within so many days of the shop's first may have bought before.
_EARLY = 7

#: The signals that stand in textbooks: recency, frequency, money, tenure, basket, windows.
PLAIN = (
    "silence_log", "purchases_log", "money_log", "age_log", "basket_log", "bought_30", "bought_90", "money_90_log"
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Signals:
    """A matrix, one row a customer of the summary, and the names of its columns."""

    names: tuple[str, ...]
    matrix: Floats

    def of(self, names: tuple[str, ...]) -> Signals:
        """Give some of the columns."""
        return Signals(names, self.matrix[:, [self.names.index(name) for name in names]])


def signals_of(history: History, summary: Summary, day: int) -> Signals:
    """Give what does not depend on how far ahead one looks."""
    known = history.day < day
    past = _Past(history.customer[known], history.day[known], np.maximum(history.amount[known], 0.0),
                 history.lines[known], len(history.customers), summary.customer)  # fmt: skip
    columns = _standing(summary) | _windows(past, day) | _rhythm(past, summary) | _baskets(past, summary)
    columns["early"] = (summary.age >= day - history.first_day - _EARLY).astype(np.float64)
    return Signals(tuple(columns), np.column_stack(list(columns.values())))


def expected_signals(buying: Buying, summary: Summary, active_days: float, horizon: int) -> Signals:
    """Give what a model of buying expects within `active_days` (the horizon, stretched by the season)."""
    known = summary.repeats, summary.recency, summary.age
    orders = buying.counts.expected(active_days, *known)
    silent = np.clip(buying.counts.silent(active_days, *known), 1e-5, 1 - 1e-5)
    columns = {
        "expected_log": np.log(orders + 1e-6),
        "silent": silent,
        "silent_logit": np.log(silent / (1 - silent)),
        "order_value_log": np.log1p(buying.order_value(summary)),
        "horizon_log": np.full(len(orders), np.log(horizon)),
    }
    return Signals(tuple(columns), np.column_stack(list(columns.values())))


def beside(left: Signals, right: Signals) -> Signals:
    """Give the columns of both."""
    return Signals(left.names + right.names, np.hstack([left.matrix, right.matrix]))


@dataclass(frozen=True, slots=True)
class _Past:
    """Purchase days before the day, `many` customers in all, `of` those in the summary."""

    customer: Ints
    day: Ints
    amount: Floats
    lines: Floats
    many: int
    of: Ints

    def summed(self, values: Floats, where: slice | Floats = slice(None)) -> Floats:
        return summed(self.customer[where], values[where], self.many)[self.of]

    def last(self, values: Floats) -> Floats:
        """Give the value of each customer's last purchase day."""
        kept = np.zeros(self.many)
        kept[self.customer] = values  # of equal places the last one stays
        return kept[self.of]


def _standing(summary: Summary) -> dict[str, Floats]:
    silence, purchases = summary.age - summary.recency, summary.repeats + 1
    return {
        "silence": silence, "silence_log": np.log1p(silence), "age": summary.age, "age_log": np.log(summary.age),
        "purchases": purchases, "purchases_log": np.log(purchases), "silence_share": silence / summary.age,
        "rate": purchases / summary.age,
    }  # fmt: skip


def _windows(past: _Past, day: int) -> dict[str, Floats]:
    ones, back = np.ones(len(past.day)), day - past.day
    columns = {}
    for days in WINDOWS:
        within = (back <= days).astype(np.float64)
        columns[f"bought_{days}"] = past.summed(within)
        columns[f"money_{days}_log"] = np.log1p(past.summed(within * past.amount))
    for days in HALF_LIVES:
        columns[f"fading_{days}"] = past.summed(0.5 ** (back / days))
    columns["trend"] = columns["bought_90"] - past.summed(ones * ((back > 90) & (back <= 180)))
    return columns


def _rhythm(past: _Past, summary: Summary) -> dict[str, Floats]:
    again = np.append(False, np.diff(past.customer) == 0)
    gaps = np.where(again, np.append(0, np.diff(past.day)), 0).astype(np.float64)
    logs = np.where(again, np.log(np.maximum(gaps, 1.0)), 0.0)
    many = np.maximum(summary.repeats, 1.0)
    silence = summary.age - summary.recency
    mean, mean_log = past.summed(gaps) / many, past.summed(logs) / many
    spread = np.sqrt(np.maximum(past.summed(gaps**2) / many - mean**2, 0))
    spread_log = np.sqrt(np.maximum(past.summed(logs**2) / many - mean_log**2, 0))
    longest = np.zeros(past.many)
    np.maximum.at(longest, past.customer, gaps)
    repeated = {
        "gap": mean, "gap_spread": spread, "gap_longest": longest[past.of], "gap_last": past.last(gaps),
        "silence_in_gaps": silence / np.maximum(mean, 1),
        "silence_in_longest": silence / np.maximum(longest[past.of], 1),
        "silence_over_gap_log": np.log(np.maximum(silence, 1)) - mean_log,
    }  # fmt: skip
    often = {"gap_variation": spread / np.maximum(mean, 1e-9), "gap_spread_log": spread_log}
    missing = {name: np.where(summary.repeats >= 1, values, np.nan) for name, values in repeated.items()}
    return missing | {name: np.where(summary.repeats >= 2, values, np.nan) for name, values in often.items()}


def _baskets(past: _Past, summary: Summary) -> dict[str, Floats]:
    return {
        "money_log": np.log1p(past.summed(past.amount)),
        "basket_log": np.log1p(summary.spend),
        "basket_last_log": np.log1p(past.last(past.amount)),
        "lines_log": np.log1p(past.summed(past.lines) / (summary.repeats + 1)),
        "lines_last_log": np.log1p(past.last(past.lines)),
    }
