"""Days without orders, and weeks far from their neighbours: both are more often the export's fault than the shop's."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from itertools import pairwise
from statistics import median

from analytics.quality_records import Gap, Jump

#: (day, orders, money)
Day = tuple[date, int, float]

#: A gap is told from so many days without an order on, and from so many times the pause that 95 of 100 stay below.
_LEAST_GAP, _TIMES_USUAL = 3, 2
#: Weeks before and after that say what is usual, and how many times more or less is far.
_AROUND, _FAR = 4, 3.0
#: Fewer orders a week than this swing so much by chance that nothing is said of them.
_LEAST_ORDERS = 20
_WEEK = timedelta(days=7)


def unusual_gaps(days: Sequence[Day]) -> list[Gap]:
    """Give the stretches without orders that are long for this shop, the longest first.

    Parameters
    ----------
    days : the days with orders, oldest first.
    """
    pauses = [(later[0] - earlier[0]).days - 1 for earlier, later in pairwise(days)]
    if not pauses:
        return []
    usual = sorted(pauses)[int(0.95 * (len(pauses) - 1))]
    far = max(_LEAST_GAP, _TIMES_USUAL * usual + 1)
    gaps = [
        Gap(first=earlier[0] + timedelta(days=1), last=later[0] - timedelta(days=1), days=pause)
        for earlier, later, pause in zip(days, days[1:], pauses, strict=False)
        if pause >= far
    ]
    return sorted(gaps, key=lambda gap: (-gap.days, gap.first))


def unusual_weeks(days: Sequence[Day]) -> list[Jump]:
    """Give whole weeks with at least three times, or at most a third of, the median of the eight around, oldest first.

    Parameters
    ----------
    days : the days with orders, oldest first.
    """
    weeks = _whole_weeks(days)
    jumps = []
    for place, (week, orders, money) in enumerate(weeks):
        around = weeks[max(0, place - _AROUND) : place] + weeks[place + 1 : place + 1 + _AROUND]
        if len(around) < _AROUND:
            continue
        usual_orders = float(median(other[1] for other in around))
        usual_money = float(median(other[2] for other in around))
        if max(orders, usual_orders) < _LEAST_ORDERS:
            continue
        if _is_far(orders, usual_orders):
            jumps.append(Jump(what="orders", week=week, value=orders, usual=usual_orders))
        elif _is_far(money, usual_money):
            jumps.append(Jump(what="money", week=week, value=round(money, 2), usual=round(usual_money, 2)))
    return jumps


def _whole_weeks(days: Sequence[Day]) -> list[Day]:
    """Add up Monday to Sunday; weeks that the first or the last order cuts short are left out, empty ones count 0."""
    if not days:
        return []
    sums: dict[date, tuple[int, float]] = {}
    for day, orders, money in days:
        week = day - timedelta(days=day.weekday())
        before = sums.get(week, (0, 0.0))
        sums[week] = (before[0] + orders, before[1] + money)
    first, last = days[0][0], days[-1][0]
    week = first + timedelta(days=-first.weekday() % 7)
    whole = []
    while week + _WEEK - timedelta(days=1) <= last:
        whole.append((week, *sums.get(week, (0, 0.0))))
        week += _WEEK
    return whole


def _is_far(value: float, usual: float) -> bool:
    return value >= _FAR * usual or value <= usual / _FAR
