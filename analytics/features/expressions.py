"""All features of all customers as one Ibis expression, the same for every engine.

Orders are grouped by (customer, hour) and then by customer, lines by (customer, kind), (customer, category) and
customer: each step on far fewer rows than the one before, and none of them sorts lines. The most frequent of anything
is the largest of `count · 2ⁿ + (2ⁿ − 1 − code)`: one number that holds the count, breaks ties by the smaller code,
and needs no window. Sums are of whole numbers in float64, so that no order of summation can change them.
"""

from __future__ import annotations

from collections.abc import Callable

import ibis
from ibis import _
from ibis.expr.types import ArrayValue, FloatingValue, IntegerColumn, IntegerValue, Table

from analytics import columns as c
from analytics.features.layouts import CODES, Sales
from analytics.features.placeholders import number

_HOUR, _DAY = 3600, 86_400
#: More hours than a day has, more categories than a shop has.
_HOURS, SPACE = 32, 1 << 20
#: In the order of their names; the first of each is the hour from which it counts.
DAYTIMES = ("afternoon", "evening", "morning", "night")
_PERIODS = (30, 90, 180)
FAVOURITES = 5


#: Gives the `FAVOURITES` smallest of a column, ascending. Every engine can sort a list and cut it; some can do better.
Smallest = Callable[[IntegerValue], ArrayValue]


def sorted_list(values: IntegerValue) -> ArrayValue:
    """Give the smallest by collecting, sorting, cutting."""
    return values.collect().sort()[:FAVOURITES]


@ibis.udf.agg.builtin(name="min", signature=(("int64", "int64"), "array<int64>"))
def _least(values, count):  # type: ignore[no-untyped-def]
    """DuckDB's own: keeps five values a customer instead of all."""


def least_few(values: IntegerValue) -> ArrayValue:
    """Give the smallest in one pass, by DuckDB's `min(column, n)`."""
    return _least(values, FAVOURITES)


def feature_expression(sales: Sales, changes: int, *, nested: bool, smallest: Smallest = sorted_list) -> Table:
    """Give the figures of every customer, unsorted.

    Parameters
    ----------
    sales : the orders and lines of a layout.
    changes : how many changes the clock has (`Clock.changes`).
    nested : whether every category lies in one department (`Kinds.nested`); that saves a step.
    smallest : how the engine finds the few smallest of many.

    Returns
    -------
    Table of `customer_id` and float64 figures named by `analytics.columns`; codes and code lists where a name is
    meant (`decode.py` gives them their names), local seconds since 1970 where a day is meant.
    """
    habits = _habits(_timed(sales.orders, changes))
    tastes = _tastes(sales.lines, nested=nested, smallest=smallest)
    joined = habits.left_join(tastes, "customer_id").drop("customer_id_right")
    if sales.returns is None:
        joined = joined.mutate(undone=ibis.literal(0.0))
    else:
        undone = sales.returns.group_by("customer_id").agg(undone=_.count().cast("float64"))
        joined = joined.left_join(undone, "customer_id").drop("customer_id_right")
    return _scored(_told(joined))


def local_seconds(seconds: IntegerValue, changes: int) -> IntegerValue:
    """Add the zone's distance from UTC."""
    if not changes:
        return seconds + number("offset_0")
    latest_first = range(changes, 0, -1)
    cases = [(seconds >= number(f"change_{at}"), number(f"offset_{at}")) for at in latest_first]
    return seconds + ibis.cases(*cases, else_=number("offset_0"))


def _timed(orders: Table, changes: int) -> Table:
    # Half seconds: some engines would round them up, some cut them off.
    seconds = orders.placed_at.epoch_seconds().cast("float64").floor().cast("int64")
    timed = orders.mutate(placed=seconds)
    timed = timed.mutate(
        local=local_seconds(timed.placed, changes),
        before=timed.placed.lag().over(group_by=timed.customer_id, order_by=timed.placed),
    )
    return timed.mutate(
        hour=timed.local // _HOUR % 24,
        # 1 January 1970 was a Thursday.
        weekend=ibis.ifelse((timed.local // _DAY + 3) % 7 >= 5, 1, 0),
        # Minutes: the sum of the squares of a lifetime's seconds would not be exact.
        gap=((timed.placed - timed.before) // 60).cast("float64"),
    )


def _habits(timed: Table) -> Table:
    now = number("now_s")
    sized = [name for name in ("lines", "returned") if name in timed.columns]
    recent = {days: timed.placed > now - days * _DAY for days in _PERIODS}
    by_hour = timed.group_by("customer_id", "hour").agg(
        orders=_.count(),
        total=_.total.sum(),
        discount=_.discount.sum(),
        biggest=_.total.max(),
        first=_.placed.min(),
        last=_.placed.max(),
        first_local=_.local.min(),
        last_local=_.local.max(),
        gaps=_.gap.count(),
        gap=_.gap.sum(),
        gap_squared=(_.gap * _.gap).sum(),
        weekend=_.weekend.cast("float64").sum(),
        spent_90=_.total.sum(where=recent[90]),
        **{name: timed[name].cast("float64").sum() for name in sized},
        **{f"orders_{days}": timed.count(where=kept) for days, kept in recent.items()},
    )
    summed = ("total", "discount", "gap", "gap_squared", "weekend", "spent_90", *sized)
    counted = ("orders", "gaps", *(f"orders_{days}" for days in _PERIODS))
    return by_hour.group_by("customer_id").agg(
        **{name: by_hour[name].sum() for name in summed},
        **{name: _count(by_hour[name]) for name in counted},
        biggest=_.biggest.max(),
        first=_.first.min(),
        last=_.last.max(),
        first_local=_.first_local.min(),
        last_local=_.last_local.max(),
        usual_hour=_code_of(_most(by_hour.orders, by_hour.hour, _HOURS).max(), _HOURS),
        usual_time=_code_of(_daytime(by_hour), len(DAYTIMES)),
    )


def _daytime(by_hour: Table) -> IntegerValue:
    """Give the largest of the four daytimes' counts, with its code in it."""
    hour = by_hour.hour
    within = (hour.between(12, 16), hour.between(17, 21), hour.between(5, 11), (hour >= 22) | (hour <= 4))
    counts = [_count(by_hour.orders, where=part).coalesce(0).cast("int64") for part in within]
    return ibis.greatest(*(_most(count, code, len(DAYTIMES)) for code, count in enumerate(counts)))


def _tastes(lines: Table, *, nested: bool, smallest: Smallest) -> Table:
    """Give the favourites of each customer, and the numbers of lines where the orders do not tell them."""
    sizes = {}
    if "returned" in lines.columns:
        by_kind = lines.group_by("customer_id", "kind").agg(n=_.count(), returned=_.returned.cast("float64").sum())
        sizes = {"lines": _count(by_kind.n), "returned": by_kind.returned.sum()}
    else:
        by_kind = lines.group_by("customer_id", "kind").agg(n=_.count())
    codes = ibis.table({"kind": "int32", "category": "int64", "department": "int64"}, name=CODES)
    named = by_kind.left_join(codes, "kind").drop("kind", "kind_right")
    departments = _ranked(named, "department").group_by("customer_id")
    department = departments.agg(department=_code_of(_.place.max(), SPACE))
    if nested:
        # Each kind is a category: one pass counts, sums and ranks.
        known = named.category >= 0
        place = ibis.ifelse(known, -_most(named.n, named.category, SPACE), None)
        tastes = named.group_by("customer_id").agg(
            **sizes,
            known=_count(named.n, where=known),
            categories=named.count(where=known),
            favourites=smallest(place),
        )
    else:
        tastes = named.group_by("customer_id").agg(**sizes, known=_count(named.n, where=named.category >= 0))
        places = _ranked(named, "category")
        ranked = places.group_by("customer_id").agg(categories=_.count(), favourites=smallest(-places.place))
        tastes = tastes.left_join(ranked, "customer_id").drop("customer_id_right")
    return tastes.left_join(department, "customer_id").drop("customer_id_right")


def _ranked(named: Table, what: str) -> Table:
    known = named.filter(named[what] >= 0)
    counted = known.group_by("customer_id", what).agg(n=_count(known.n).cast("int64"))
    return counted.select("customer_id", place=_most(counted.n, counted[what], SPACE))


def _told(of: Table) -> Table:
    """Turn sums into the figures that `analytics.columns` names."""
    now = number("now_s")
    lines = of.lines.coalesce(0.0)
    undone = of.undone.coalesce(0.0)
    mean_gap = of.gap / of.gaps.nullif(0)
    spread = _deviation(of.gaps, of.gap, of.gap_squared)
    before = of.orders_180 - of.orders_90
    either = (of.orders_90 + before).nullif(0)
    span = (of["last"] - of["first"]).cast("float64")
    return of.select(
        **{
            c.CUSTOMER_ID: of.customer_id,
            "last": of["last"],
            c.RECENCY_DAYS: (now - of["last"]).cast("float64") / _DAY,
            c.FREQUENCY: of.orders,
            c.MONETARY: of.total / 100,
            c.BASKET_VALUE: of.total / 100 / of.orders,
            c.BIGGEST_BASKET: of.biggest / 100,
            c.DAYS_BETWEEN_ORDERS: span / _DAY / (of.orders - 1).nullif(0),
            c.INTERVAL_SPREAD: spread / 1440,
            c.INTERVAL_REGULARITY: 1 / (1 + spread / mean_gap.nullif(0)),
            c.TENURE_DAYS: (now - of["first"]).cast("float64") / _DAY,
            c.DISCOUNT_SHARE: (of.discount / (of.total + of.discount).nullif(0)).coalesce(0.0),
            c.RETURN_SHARE: ((of.returned.coalesce(0.0) + undone) / (lines + undone).nullif(0)).coalesce(0.0),
            c.WEEKEND_SHARE: of.weekend / of.orders,
            c.FIRST_ORDER: of.first_local,
            c.LAST_ORDER: of.last_local,
            c.ORDERS_LAST_30_DAYS: of.orders_30,
            c.ORDERS_LAST_90_DAYS: of.orders_90,
            c.ORDERS_LAST_180_DAYS: of.orders_180,
            c.ORDERS_90_DAYS_BEFORE: before,
            c.ORDER_TREND: (of.orders_90 - before) / either,
            c.SPENT_LAST_90_DAYS: of.spent_90.coalesce(0.0) / 100,
            c.LINES_PER_ORDER: lines / of.orders,
            c.USUAL_HOUR: of.usual_hour.cast("float64"),
            c.USUAL_TIME: of.usual_time,
            c.FAVOURITE_DEPARTMENT: of.department,
            c.FAVOURITE_CATEGORIES: of.favourites,
            "known_lines": of.known,
            c.CATEGORIES_BOUGHT: of.categories.coalesce(0).cast("float64"),
        }
    )


def _scored(told: Table) -> Table:
    """Add the scores by fifths: how many are not above her, of five parts, rounded up."""
    everybody = told.count().over(ibis.window())

    def score(figure: IntegerColumn) -> FloatingValue:
        above = ibis.rank().over(order_by=ibis.desc(figure))
        return ((5 * (everybody - above) + everybody - 1) // everybody).cast("float64")

    scores = {
        c.RECENCY_SCORE: score(told["last"]),
        c.FREQUENCY_SCORE: score(told[c.FREQUENCY]),
        c.MONETARY_SCORE: score(told[c.MONETARY]),
    }
    return told.mutate(**scores).drop("last")


def _deviation(count: FloatingValue, total: FloatingValue, squares: FloatingValue) -> FloatingValue:
    """Give the sample standard deviation from sums; null for fewer than two values."""
    spread = (squares - total * total / count.nullif(0)) / (count - 1)
    return ibis.ifelse(count > 1, ibis.greatest(spread, 0.0), None).sqrt()


def _count(counts: IntegerColumn, where: ibis.expr.types.BooleanValue | None = None) -> FloatingValue:
    """Sum counts in float64: whole numbers up to 2⁵³, where the engines' own types for such sums differ."""
    return counts.cast("float64").sum(where=where)


def _most(count: IntegerValue, code: IntegerValue | int, size: int) -> IntegerValue:
    return count * size + (size - 1 - code)


def _code_of(most: IntegerValue, size: int) -> IntegerValue:
    return size - 1 - most % size
