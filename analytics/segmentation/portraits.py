"""Names and portraits of segments, written from their figures and from nothing else."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from statistics import mean, median

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
#: A gap that the data does not tell (one order each) reads as rare.
_RARE = 60.0
_PACES = (
    (2.0, "Daily"),
    (4.5, "Frequent"),
    (9.0, "Weekly"),
    (18.0, "Fortnightly"),
    (45.0, "Monthly"),
    (_RARE, "Occasional"),
)


@dataclass(frozen=True, slots=True)
class Member:
    """The figures of one customer that a portrait speaks of; `days_between` None after a single order."""

    recency_days: float
    frequency: int
    monetary: float
    basket_value: float
    days_between: float | None
    discount_share: float
    usual_time: str | None
    categories: tuple[str, ...] = ()
    weekend_share: float | None = None
    categories_bought: int | None = None


@dataclass(frozen=True, slots=True)
class Portrait:
    """A segment in words and figures; `means` in the features' own units."""

    name: str
    text: str
    size: int
    means: dict[str, float]


def portray(groups: Sequence[Sequence[Member]], currency: str) -> list[Portrait]:
    """Write the portraits of all segments; no two have the same name.

    Parameters
    ----------
    groups : the members of each segment, none of them empty.
    currency : sign put before amounts.
    """
    everybody = [member for group in groups for member in group]
    typical_basket = median(member.basket_value for member in everybody)
    names = _unique([_name(group, typical_basket) for group in groups], groups)
    return [
        Portrait(name, _text(group, everybody, currency), len(group), _means(group))
        for name, group in zip(names, groups, strict=True)
    ]


def _name(group: Sequence[Member], typical_basket: float) -> str:
    gap = _gap(group)
    pace = next((word for most, word in _PACES if gap <= most), "Rare")
    basket = median(member.basket_value for member in group) / typical_basket if typical_basket else 1.0
    size = " big-basket" if basket >= 1 + _BASKET else " small-basket" if basket <= 1 - _BASKET else ""
    return f"{pace}{size} shoppers{_lately(group)}"


def _lately(group: Sequence[Member]) -> str:
    away = median(member.recency_days / (member.days_between or _RARE) for member in group)
    if away >= _GONE:
        return ", long away"
    return ", quiet lately" if away >= _QUIET else ""


def _unique(names: list[str], groups: Sequence[Sequence[Member]]) -> list[str]:
    """Tell equal names apart by what the groups spend, the first word of difference there is."""
    result = []
    for index, name in enumerate(names):
        same = [other for other, its_name in enumerate(names) if its_name == name]
        if len(same) == 1:
            result.append(name)
            continue
        by_money = sorted(same, key=lambda other: -median(member.monetary for member in groups[other]))
        place = by_money.index(index)
        words = ("highest", "lowest") if len(same) == 2 else ("highest", *["middle"] * (len(same) - 2), "lowest")
        number = f" {place}" if words[place] == "middle" and len(same) > 3 else ""
        result.append(f"{name}, {words[place]} spend{number}")
    return result


def _text(group: Sequence[Member], everybody: Sequence[Member], currency: str) -> str:
    gap = _gap(group)
    every = "day" if round(gap) <= 1 else _days(gap)
    pace = f"Order about every {every}" if gap <= _RARE else "Ordered once or at long intervals"
    basket = _money(median(member.basket_value for member in group), currency)
    spent = _money(median(member.monetary for member in group), currency)
    seen = _days(median(member.recency_days for member in group))
    facts = [
        f"{pace}, about {basket} a basket and {spent} in all, last seen {seen} ago.",
        _weight(group, everybody),
        _favoured(group, everybody),
        _range(group, everybody),
        _discounts(group, everybody),
        _weekend(group, everybody),
        _when(_most(member.usual_time for member in group)),
    ]
    return " ".join(fact for fact in facts if fact)


def _favoured(group: Sequence[Member], everybody: Sequence[Member]) -> str:
    """Tell the category that is a favourite here most beyond the usual; nothing where none stands out."""
    here = Counter(category for member in group for category in member.categories)
    usual = Counter(category for member in everybody for category in member.categories)
    lifts = {category: count / len(group) - usual[category] / len(everybody) for category, count in here.items()}
    best = max(sorted(lifts), key=lambda category: lifts[category], default=None)
    return f"More of them than of others favour {best}." if best and lifts[best] >= _FAVOURED else ""


def _discounts(group: Sequence[Member], everybody: Sequence[Member]) -> str:
    here, usual = (mean(member.discount_share for member in members) for members in (group, everybody))
    if abs(here - usual) < _DISCOUNTED:
        return ""
    return f"Discounts take {here:.0%} off their bill, {usual:.0%} off everybody's."


def _weight(group: Sequence[Member], everybody: Sequence[Member]) -> str:
    """Tell the share of customers, and what they bring where that is another one."""
    share = len(group) / len(everybody)
    whole = sum(member.monetary for member in everybody)
    brought = sum(member.monetary for member in group) / whole if whole > 0 else share
    if abs(brought - share) < _WEIGHT:
        return f"{share:.0%} of customers."
    return f"{share:.0%} of customers, {brought:.0%} of all that was spent."


def _range(group: Sequence[Member], everybody: Sequence[Member]) -> str:
    here, usual = (
        median([member.categories_bought or 0 for member in members if member.categories_bought is not None] or [0])
        for members in (group, everybody)
    )
    if not here or not usual or (1 / _WIDE < here / usual < _WIDE):
        return ""
    return f"They buy from about {_number(here, 'category', 'categories')}, everybody from {usual:,.0f}."


def _weekend(group: Sequence[Member], everybody: Sequence[Member]) -> str:
    here, usual = (
        mean([member.weekend_share for member in members if member.weekend_share is not None] or [0.0])
        for members in (group, everybody)
    )
    if abs(here - usual) < _WEEKEND:
        return ""
    return f"{here:.0%} of their orders fall on a weekend, {usual:.0%} of everybody's."


def _means(group: Sequence[Member]) -> dict[str, float]:
    known = [member.days_between for member in group if member.days_between is not None]
    figures = {
        "recency_days": mean(member.recency_days for member in group),
        "frequency": mean(member.frequency for member in group),
        "monetary": mean(member.monetary for member in group),
        "basket_value": mean(member.basket_value for member in group),
        "discount_share": mean(member.discount_share for member in group),
    }
    if known:
        figures["days_between_orders"] = mean(known)
    return {name: round(value, 3) for name, value in figures.items()}


def _gap(group: Sequence[Member]) -> float:
    """Give the typical days between orders; those of one order count as rare."""
    return median(_RARE + 1 if member.days_between is None else member.days_between for member in group)


def _most(words: Iterable[str | None]) -> str | None:
    counted = Counter(word for word in words if word)
    return counted.most_common(1)[0][0] if counted else None


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
