"""Names and portraits of segments, written from their figures and from nothing else."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from analytics import columns as c
from analytics.segmentation.expressions import RARE
from analytics.segmentation.summaries import Summaries, Summary

#: A basket counts as big or small when it differs by this much from the typical one of all customers.
_BASKET = 0.15
#: Longer away than this many of their usual gaps reads as quiet, and than this many as gone.
_QUIET, _GONE = 1.4, 3.0
#: A category is told when this much more of the segment than of everybody have it among their favourites.
_FAVOURED = 0.03
#: A discount share is told when it differs by this much from everybody's.
_DISCOUNTED = 0.02
#: A share of orders at weekends, and a number of categories (as a ratio), that differ so much are told.
_WEEKEND, _WIDE = 0.07, 1.5
#: A share of all that was spent is told when it is this far from the share of customers.
_WEIGHT = 0.1
_PACES = (
    (2.0, "Daily"),
    (4.5, "Frequent"),
    (9.0, "Weekly"),
    (18.0, "Fortnightly"),
    (45.0, "Monthly"),
    (RARE, "Occasional"),
)


@dataclass(frozen=True, slots=True)
class Portrait:
    """A segment in words."""

    name: str
    text: str


def portray(summaries: Summaries, currency: str) -> list[Portrait]:
    """Write the portraits of all segments, in their order; no two have the same name.

    Parameters
    ----------
    summaries : the figures of the segments and of everybody.
    currency : sign put before amounts.
    """
    segments, everybody = summaries.segments, summaries.everybody
    names = _unique([_name(segment, everybody) for segment in segments], segments)
    return [Portrait(name, _text(one, everybody, currency)) for name, one in zip(names, segments, strict=True)]


def _name(segment: Summary, everybody: Summary) -> str:
    pace = next((word for most, word in _PACES if segment.gap <= most), "Rare")
    typical = everybody.medians.get(c.BASKET_VALUE)
    basket = segment.medians.get(c.BASKET_VALUE, 0.0) / typical if typical else 1.0
    size = " big-basket" if basket >= 1 + _BASKET else " small-basket" if basket <= 1 - _BASKET else ""
    return f"{pace}{size} shoppers{_lately(segment)}"


def _lately(segment: Summary) -> str:
    if segment.away >= _GONE:
        return ", long away"
    return ", quiet lately" if segment.away >= _QUIET else ""


def _unique(names: list[str], segments: Sequence[Summary]) -> list[str]:
    """Tell equal names apart by what the segments spend, the first word of difference there is."""
    result = []
    for index, name in enumerate(names):
        same = [other for other, its_name in enumerate(names) if its_name == name]
        if len(same) == 1:
            result.append(name)
            continue
        by_money = sorted(same, key=lambda other: -segments[other].medians[c.MONETARY])
        place = by_money.index(index)
        words = ("highest", "lowest") if len(same) == 2 else ("highest", *["middle"] * (len(same) - 2), "lowest")
        number = f" {place}" if words[place] == "middle" and len(same) > 3 else ""
        result.append(f"{name}, {words[place]} spend{number}")
    return result


def _text(segment: Summary, everybody: Summary, currency: str) -> str:
    gap, middle = segment.gap, segment.medians
    every = "day" if round(gap) <= 1 else _days(gap)
    pace = f"Order about every {every}" if gap <= RARE else "Ordered once or at long intervals"
    basket, spent = (_money(middle.get(name, 0.0), currency) for name in (c.BASKET_VALUE, c.MONETARY))
    facts = [
        f"{pace}, about {basket} a basket and {spent} in all, last seen {_days(middle[c.RECENCY_DAYS])} ago.",
        _weight(segment),
        _favoured(segment, everybody),
        _range(segment, everybody),
        _discounts(segment, everybody),
        _weekend(segment, everybody),
        _when(max(segment.times, key=lambda time: segment.times[time], default=None)),
    ]
    return " ".join(fact for fact in facts if fact)


def _favoured(segment: Summary, everybody: Summary) -> str:
    """Tell the category that is a favourite here most beyond the usual; nothing where none stands out."""
    lifts = {
        category: count / segment.customers - everybody.favourites[category] / everybody.customers
        for category, count in segment.favourites.items()
    }
    best = max(sorted(lifts), key=lambda category: lifts[category], default=None)
    return f"More of them than of others favour {best}." if best and lifts[best] >= _FAVOURED else ""


def _discounts(segment: Summary, everybody: Summary) -> str:
    here, usual = (one.means.get(c.DISCOUNT_SHARE, 0.0) for one in (segment, everybody))
    if abs(here - usual) < _DISCOUNTED:
        return ""
    return f"Discounts take {here:.0%} off their bill, {usual:.0%} off everybody's."


def _weight(segment: Summary) -> str:
    """Tell the share of customers, and what they bring where that is another one."""
    if abs(segment.revenue_share - segment.share) < _WEIGHT:
        return f"{segment.share:.0%} of customers."
    return f"{segment.share:.0%} of customers, {segment.revenue_share:.0%} of all that was spent."


def _range(segment: Summary, everybody: Summary) -> str:
    here, usual = (one.medians.get(c.CATEGORIES_BOUGHT, 0.0) for one in (segment, everybody))
    if not here or not usual or (1 / _WIDE < here / usual < _WIDE):
        return ""
    return f"They buy from about {_number(here, 'category', 'categories')}, everybody from {usual:,.0f}."


def _weekend(segment: Summary, everybody: Summary) -> str:
    here, usual = (one.means.get(c.WEEKEND_SHARE, 0.0) for one in (segment, everybody))
    if abs(here - usual) < _WEEKEND:
        return ""
    return f"{here:.0%} of their orders fall on a weekend, {usual:.0%} of everybody's."


def _when(daytime: str | None) -> str:
    if daytime is None:
        return ""
    return "They mostly order at night." if daytime == "night" else f"They mostly order in the {daytime}."


def _number(count: float, one: str, more: str) -> str:
    whole = round(count)
    return f"{whole:,} {one if whole == 1 else more}"


def _days(days: float) -> str:
    whole = round(days)
    if whole < 1:
        return "less than a day"
    return "1 day" if whole == 1 else f"{whole:,} days"


def _money(amount: float, currency: str) -> str:
    return f"{currency}{amount:,.0f}" if amount >= 10 else f"{currency}{amount:,.2f}"
