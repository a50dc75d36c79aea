"""Figures of a customer and a category as of a day, from which it is foretold whether her next visit holds it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from analytics.prediction.category_visits import CategoryVisits
from analytics.prediction.visits import Floats, Ints

#: A visit counts this much less for each one after it, quickly and slowly fading.
_QUICK, _SLOW = 0.75, 0.95
#: Days over which it is counted what the shop sells lately.
LATELY = 28.0
#: A year and its weeks ahead: what the season brought last time.
_YEAR = 364.0
#: Weight added to the diagonal in the likeness of categories (EASE), as a share of its mean.
_RIDGE = 0.15
#: Visits of the shop's average that are added to a customer's own.
OWN_VISITS = 3.0

NAMES = (
    "share", "share_quick", "share_slow", "times", "visits_since", "days_since", "own_cycle", "due",
    "shop_cycle", "due_by_shop", "popular_lately", "popular", "season", "likeness", "visits", "basket", "last_basket",
    "silence",
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class CategoryTable:
    """What is known as of a day, for `rows` (positions of customers with a visit); matrices are rows × categories."""

    rows: Ints
    #: Times she bought it, her visits, days since the last with it (nan where none) and since her last visit at all.
    times: Floats
    visits: Floats
    days_since: Floats
    silence: Floats
    #: Mean days between her visits with it; nan below two.
    own_cycle: Floats
    #: Of categories: median of the customers' cycles, share of the visits lately, share of all visits.
    shop_cycle: Floats
    lately: Floats
    always: Floats
    #: Her share of visits with it, drawn to the shop's; a forecast by itself.
    drawn: Floats
    #: One layer a name of `NAMES`.
    figures: Floats


@dataclass(frozen=True, slots=True, kw_only=True)
class ShopAsOf:
    """What holds for all customers as of a day; made once, used for every chunk of customers."""

    day: float
    cycle: Floats
    lately: Floats
    always: Floats
    season: Floats
    likeness: Floats


def shop_as_of(known: CategoryVisits, day: float, rows: Ints) -> ShopAsOf:
    """Sum up the shop from visits up to `day`; cycles and likeness from the customers `rows` (ascending)."""
    count = len(known.categories)
    always = _popular(known, -np.inf, day)
    lately = _popular(known, day - LATELY, day, always)
    last_year = _popular(known, day - _YEAR, day - _YEAR + LATELY, always)
    before = _popular(known, day - _YEAR - LATELY, day - _YEAR, always)
    counts = _counts(known, day, rows)
    cycle = _cycles(counts)
    middle = np.full(count, np.nan)
    several = np.isfinite(cycle).sum(axis=0) >= 5
    middle[several] = np.nanmedian(cycle[:, several], axis=0)
    return ShopAsOf(
        day=day,
        cycle=middle,
        lately=lately,
        always=always,
        season=np.log((last_year + 0.002) / (before + 0.002)),
        likeness=_likeness(counts.slow / np.maximum(counts.slow_visits, 1e-9)[:, None]),
    )


def category_table(known: CategoryVisits, shop: ShopAsOf, rows: Ints) -> CategoryTable:
    """Give the figures of the customers `rows` (ascending), each with a visit up to the day of `shop`."""
    counts = _counts(known, shop.day, rows)
    cycle = _cycles(counts)
    slow = counts.slow / counts.slow_visits[:, None]
    since = shop.day - counts.last
    since[counts.times == 0] = np.nan
    silence = shop.day - counts.last_visit
    drawn = (counts.slow + OWN_VISITS * shop.lately) / (counts.slow_visits + OWN_VISITS)[:, None]
    wide = np.ones_like(counts.times)
    layers = (
        counts.times / counts.visits[:, None], counts.quick / counts.quick_visits[:, None], slow, counts.times,
        counts.visits_since, since, cycle, since / cycle, shop.cycle * wide, since / shop.cycle, shop.lately * wide,
        shop.always * wide, shop.season * wide, slow @ shop.likeness, counts.visits[:, None] * wide,
        (counts.times.sum(axis=1) / counts.visits)[:, None] * wide, counts.last_size[:, None] * wide,
        silence[:, None] * wide,
    )  # fmt: skip
    return CategoryTable(
        rows=rows,
        times=counts.times,
        visits=counts.visits,
        days_since=since,
        silence=silence,
        own_cycle=cycle,
        shop_cycle=shop.cycle,
        lately=shop.lately,
        always=shop.always,
        drawn=drawn,
        figures=np.stack(layers, axis=2).astype(np.float64),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Counts:
    times: Floats
    quick: Floats
    slow: Floats
    first: Floats
    last: Floats
    visits_since: Floats
    visits: Floats
    quick_visits: Floats
    slow_visits: Floats
    last_visit: Floats
    last_size: Floats


def _counts(known: CategoryVisits, day: float, rows: Ints) -> _Counts:
    many, width = len(rows), len(known.categories)
    place = np.full(len(known.customers), -1, dtype=np.int64)
    place[rows] = np.arange(many)
    there = (known.day <= day) & (place[known.owner] >= 0)
    visits = np.bincount(place[known.owner[there]], minlength=many).astype(np.float64)
    # Visits back from her last, 0 for the last: visits are by customer, oldest first.
    back = np.zeros(len(known.day))
    owners = place[known.owner[there]]
    ends = np.cumsum(np.bincount(owners, minlength=many))
    back[there] = ends[owners] - 1 - np.arange(there.sum())
    inside = there[known.visit]
    visit, category = known.visit[inside], known.category[inside]
    cell = place[known.owner[visit]] * width + category
    size = many * width

    def summed(weight: Floats) -> Floats:
        return _summed(cell, weight, size).reshape(many, width)

    first, last = np.full(size, np.inf), np.full(size, -np.inf)
    np.minimum.at(first, cell, known.day[visit])
    np.maximum.at(last, cell, known.day[visit])
    since = np.full(size, np.nan)
    np.fmin.at(since, cell, back[visit])
    last_visit = np.full(many, -np.inf)
    np.maximum.at(last_visit, owners, known.day[there])
    newest = np.zeros(len(known.day), dtype=bool)
    newest[there] = back[there] == 0
    return _Counts(
        times=summed(np.ones(len(cell))),
        quick=summed(_QUICK ** back[visit]),
        slow=summed(_SLOW ** back[visit]),
        first=first.reshape(many, width),
        last=last.reshape(many, width),
        visits_since=since.reshape(many, width),
        visits=visits,
        quick_visits=_summed(owners, _QUICK ** back[there], many),
        slow_visits=_summed(owners, _SLOW ** back[there], many),
        last_visit=last_visit,
        last_size=_summed(place[known.owner[visit]], newest[visit].astype(np.float64), many),
    )


def _summed(place: Ints, weight: Floats, size: int) -> Floats:
    return np.bincount(place, weight, minlength=size).astype(np.float64)


def _cycles(counts: _Counts) -> Floats:
    cycle = np.full_like(counts.times, np.nan)
    several = counts.times > 1
    cycle[several] = (counts.last[several] - counts.first[several]) / (counts.times[several] - 1)
    return cycle


def _popular(known: CategoryVisits, after: float, until: float, drawn_to: Floats | None = None) -> Floats:
    """Give each category's share of the visits of a span, few visits drawn to another share."""
    within = (known.day > after) & (known.day <= until)
    total = float(within.sum())
    held = np.bincount(known.category[within[known.visit]], minlength=len(known.categories))
    few = np.full(len(held), 0.01) if drawn_to is None else drawn_to
    return np.asarray((held + 20 * few) / (total + 20), dtype=np.float64)


def _likeness(shares: Floats) -> Floats:
    """Give how much each category's share speaks for each other one: ridge regression without itself (EASE)."""
    width = shares.shape[1]
    if not width:
        return np.zeros((0, 0))
    gram = shares.T @ shares
    inverse = np.linalg.inv(gram + (_RIDGE * gram.diagonal().mean() + 1e-3) * np.eye(width))
    likeness: Floats = -inverse / inverse.diagonal()[None, :]
    np.fill_diagonal(likeness, 0.0)
    return likeness
