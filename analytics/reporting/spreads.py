"""How figures are spread: what an order is worth, how many products it holds, how long customers stay away."""

from __future__ import annotations

from dataclasses import dataclass

from analytics.report_records import Chart, Column, Grid
from analytics.reporting.bins import Bins, counts_in, round_bins
from analytics.reporting.ground import Ground
from analytics.reporting.words import amount, days, percent
from analytics.wording import counted

_GAPS = """
SELECT date_diff('second', before, placed_at) / 86400.0 AS value FROM (
    SELECT placed_at, lag(placed_at) OVER (PARTITION BY customer_id ORDER BY placed_at) AS before FROM recent
) WHERE before IS NOT NULL AND placed_at > before
"""
_RECENCY = """
SELECT date_diff('second', max(placed_at), $as_of) / 86400.0 AS value
FROM orders WHERE placed_at <= $as_of GROUP BY customer_id
"""


def order_values(ground: Ground) -> Chart | None:
    """What orders are worth."""
    spread = _spread(ground, "SELECT total AS value FROM recent")
    if spread is None:
        return None
    half, high = (amount(value, ground.currency) for value in (spread.median, spread.high))
    return _chart(
        spread, "order_values", f"Half of the orders are worth {half} or less, one in ten {high} or more",
        "Orders by what was paid for them.", _Axes(f"Paid for an order, {ground.currency}", "Orders", "orders", "Paid"),
    )  # fmt: skip


def basket_sizes(ground: Ground) -> Chart | None:
    """How many products an order holds."""
    spread = _spread(ground, "SELECT lines::DOUBLE AS value FROM recent WHERE lines > 0", whole=True)
    if spread is None:
        return None
    single = ground.one("SELECT avg((lines = 1)::INTEGER) FROM recent WHERE lines > 0")[0]
    return _chart(
        spread, "basket_sizes",
        f"A typical order holds {counted(round(spread.median), 'product')}; {percent(single)} hold a single one",
        "Orders by the number of different products in them.",
        _Axes("Different products in an order", "Orders", "orders", "Products"),
    )  # fmt: skip


def order_gaps(ground: Ground) -> Chart | None:
    """How long customers take from one order to the next."""
    spread = _spread(ground, _GAPS)
    if spread is None:
        return None
    return _chart(
        spread, "order_gaps",
        f"Half of the orders come within {days(spread.median)} of the one before, nine in ten within "
        f"{days(spread.high)}",
        "Days from one order of a customer to her next.",
        _Axes("Days since her order before", "Orders", "gaps between two orders", "Days"),
    )  # fmt: skip


def recency(ground: Ground) -> Chart | None:
    """How long ago customers ordered last."""
    spread = _spread(ground, _RECENCY)
    if spread is None:
        return None
    away = ground.one(f"SELECT avg((value > 90)::INTEGER) FROM ({_RECENCY})")[0]  # noqa: S608  (our own query)
    return _chart(
        spread, "recency",
        f"Half of the customers ordered within {days(spread.median)}; {percent(away)} have been away for over 90 days",
        "Customers by the days since their last order, everybody who ever ordered.",
        _Axes("Days since the last order", "Customers", "customers", "Days"),
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Axes:
    x: str
    y: str
    of: str
    #: Name of the first column of the table.
    unit: str


@dataclass(frozen=True, slots=True)
class _Spread:
    """Counts of one figure by bars, with its median and what one in ten exceed."""

    n: int
    median: float
    high: float
    bins: Bins
    counts: list[int]
    whole: bool


def _spread(ground: Ground, query: str, *, whole: bool = False) -> _Spread | None:
    # The query is one of the constants above.
    n, median, high, top = ground.one(
        "SELECT count(*), median(value), quantile_cont(value, 0.9), quantile_cont(value, 0.98) "  # noqa: S608
        f"FROM ({query})"
    )
    if not n:
        return None
    bins = round_bins(float(top), whole=whole)
    found = ground.rows(
        f"SELECT least(floor(value / {bins.width}), {bins.count - 1})::INTEGER AS bar, count(*) "  # noqa: S608
        f"FROM ({query}) GROUP BY bar"
    )
    counts = counts_in([(bar, count) for bar, count in found], bins)
    return _Spread(n, float(median), float(high), bins, counts, whole)


def _chart(spread: _Spread, name: str, title: str, about: str, axes: _Axes) -> Chart:
    labels = spread.bins.labels(lambda edge: f"{edge:,g}", whole=spread.whole)
    rows = tuple((label, count, count / spread.n) for label, count in zip(labels, spread.counts, strict=True))
    columns = (Column(axes.unit, "text"), Column(axes.y), Column("Share", "share"))
    return Chart(
        name=name, title=title, about=about, shape="columns", x=axes.x, y=axes.y, n=spread.n, of=axes.of,
        drawn=Grid(columns[:2], tuple(row[:2] for row in rows)), table=Grid(columns, rows),
    )  # fmt: skip
