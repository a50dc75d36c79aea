"""What is told of segments, as Ibis expressions: the same for every engine, and equal to the last bit.

Figures become whole thousandths in float64 first. Sums of those are exact in whichever order an engine adds (up to
9·10¹², in cents or days alike), and so is the middle of two of them, by whichever formula an engine finds a median.
"""

from __future__ import annotations

from dataclasses import dataclass

import ibis
from ibis import _
from ibis.expr.types import FloatingValue, NumericValue, Table, Value

from analytics import columns as c
from analytics.segmentation.figures import HABITS

#: Stands for all segments together.
EVERYBODY = -1
#: What is told of each figure: how many have it, their sum and their middle one (both in thousandths).
FIGURES = (*c.RFM, *HABITS)
#: Days between orders of who ordered once read as one more than this.
RARE = 60
#: Days between orders with single orders as the longest, and days away by those: figures of portraits.
GAP, AWAY = "gap", "away"
STEP = 1000
SCORES = (c.RECENCY_SCORE, c.FREQUENCY_SCORE, c.MONETARY_SCORE)
#: Kinds of counts.
TIME, FAVOURITE, CLASS = "time", "favourite", "class"


@dataclass(frozen=True, slots=True, kw_only=True)
class Members:
    """Customers with their segments, of a layout in `relations.py`.

    `told` : `segment`, `FIGURES` and `SCORES` (float64, null where a customer has none), `usual_time`.
    `favourites` : `segment` and `name`, a row for each favourite category of each customer.
    """

    told: Table
    favourites: Table


def summary_expression(members: Members) -> Table:
    """Give a row for each segment, and one for everybody.

    Returns
    -------
    Table of `segment`, `customers`, and per figure `<name>_known`, `<name>_sum`, `<name>_middle`; `seen_last`, the
    fewest days since an order.
    """
    of = members.told
    gap, recency = of[c.DAYS_BETWEEN_ORDERS], of[c.RECENCY_DAYS]
    exact = of.select(
        "segment",
        **{name: thousandths(of[name]) for name in FIGURES},
        **{GAP: thousandths(gap.coalesce(RARE + 1.0))},
        # Who orders several times an hour has no gap to be told by.
        **{AWAY: thousandths(recency / gap.nullif(0.0).coalesce(float(RARE)))},
    )
    return ibis.union(_told(exact), _told(exact.mutate(segment=ibis.literal(EVERYBODY, "int64"))))


def count_expression(members: Members) -> Table:
    """Give how many customers of each segment have what in common.

    Returns
    -------
    Table of `segment`, `kind` (`TIME`: the usual time of day, `FAVOURITE`: a category among the favourites, `CLASS`:
    scores of recency, orders and money as three digits), `name`, `customers`.
    """
    of = members.told
    recency, frequency, money = (of[name].cast("int64") for name in SCORES)
    code = (recency * 100 + frequency * 10 + money).cast("string")
    parts = (
        (TIME, of.select("segment", name=of[c.USUAL_TIME])),
        (FAVOURITE, members.favourites),
        (CLASS, of.select("segment", name=code)),
    )
    return ibis.union(*(_counted(kind, part) for kind, part in parts))


def movement_expression(members: Table) -> Table:
    """Give how many went from which segment to which.

    Parameters
    ----------
    members : with `came_from`, null where she was in none, and `segment`, one row a customer.

    Returns
    -------
    Table of `came_from`, `segment`, `customers`.
    """
    return members.group_by("came_from", "segment").agg(customers=_.count().cast("int64"))


def thousandths(figure: NumericValue) -> FloatingValue:
    """Give a figure in whole thousandths, rounded half up: the engines' own `round` differ on halves."""
    return (figure.cast("float64") * STEP + 0.5).floor().cast("float64")


def _told(exact: Table) -> Table:
    told: dict[str, Value] = {}
    for name in (*FIGURES, GAP, AWAY):
        told |= {
            f"{name}_known": exact[name].count().cast("int64"),
            f"{name}_sum": exact[name].sum(),
            f"{name}_middle": exact[name].median(),
        }
    return exact.group_by("segment").agg(
        customers=_.count().cast("int64"), seen_last=exact[c.RECENCY_DAYS].min(), **told
    )


def _counted(kind: str, part: Table) -> Table:
    known = part.filter(part.name.notnull())
    counted = known.group_by("segment", "name").agg(customers=_.count().cast("int64"))
    return counted.select("segment", "name", "customers", kind=ibis.literal(kind))
