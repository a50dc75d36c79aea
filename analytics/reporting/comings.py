"""Who comes, who stays, who goes: new, returning and lost customers by month; what becomes of each month's new ones."""

from __future__ import annotations

from datetime import datetime, timedelta

from analytics.report_records import Cell, Chart, Column, Grid
from analytics.reporting.ground import Ground
from analytics.reporting.seasons import month_label
from analytics.reporting.words import percent

#: Silent for longer than this counts as lost; the features count in the same ninety days.
LOST_AFTER_DAYS = 90
#: Months that are shown.
_MONTHS = 12
#: Who is first seen within these days of the data's beginning may have come long before.
_UNKNOWN_DAYS = 60
_LEFT_OUT = "The first two months of the data are left out: who came before them cannot be told from who was new."

_BASE = """
WITH local_orders AS (
    SELECT customer_id, date_trunc('month', timezone($zone, timezone('UTC', placed_at))) AS month, placed_at
    FROM orders WHERE placed_at <= $as_of
), firsts AS (
    SELECT customer_id, min(month) AS first_month, max(month) AS last_month, max(placed_at) AS last_at
    FROM local_orders GROUP BY customer_id
)
"""
_COMINGS = f"""{_BASE}
SELECT strftime(month, '%Y-%m') AS named, count(DISTINCT customer_id) FILTER (month = first_month),
       count(DISTINCT customer_id) FILTER (month > first_month),
       count(DISTINCT customer_id) FILTER (
           month = last_month AND last_at < $as_of - INTERVAL {LOST_AFTER_DAYS} DAY)
FROM local_orders JOIN firsts USING (customer_id) WHERE month >= $known_from
GROUP BY month ORDER BY month DESC LIMIT {_MONTHS}
"""  # noqa: S608
_COHORTS = f"""{_BASE}
SELECT strftime(first_month, '%Y-%m') AS cohort, date_diff('month', first_month, month) AS later,
       count(DISTINCT customer_id)
FROM local_orders JOIN firsts USING (customer_id)
WHERE first_month >= $known_from AND month < $this_month AND first_month >= $this_month - INTERVAL {_MONTHS} MONTH
GROUP BY ALL ORDER BY ALL
"""  # noqa: S608


def comings(ground: Ground) -> Chart | None:
    """Customers by month: new, returning, lost."""
    found = ground.rows(_COMINGS, known_from=_known_from(ground))[::-1]
    if not found:
        return None
    current = ground.month
    rows = tuple(
        (month_label(month, so_far=month == current), new, returning, lost) for month, new, returning, lost in found
    )
    new, lost = sum(row[1] for row in rows), sum(row[3] for row in rows)
    columns = (Column("Month", "text"), Column("Returning"), Column("New"), Column("Last seen, lost since"))
    told = tuple((label, returning, fresh, gone) for label, fresh, returning, gone in rows)
    (everybody,) = ground.one("SELECT count(DISTINCT customer_id) FROM orders WHERE placed_at <= $as_of")
    return Chart(
        name="comings",
        title=f"{new:,} customers ordered for the first time in these months, {lost:,} have not been seen for "
        f"{LOST_AFTER_DAYS} days",
        about="Customers who ordered in the month: for the first time, or again. Lost: this was the month of the last "
        f"order, and it is more than {LOST_AFTER_DAYS} days ago. {_LEFT_OUT}",
        shape="columns", x="Month", y="Customers", n=everybody, of="customers", over=("Last seen, lost since",),
        drawn=Grid(columns, told),
    )  # fmt: skip


def cohorts(ground: Ground) -> Chart | None:
    """Of those who came in a month, how many order in each month after."""
    found = ground.rows(_COHORTS, known_from=_known_from(ground), this_month=_first_day(ground.month))
    sizes = {cohort: count for cohort, later, count in found if later == 0}
    if len(sizes) < 2:
        return None
    shares = {(cohort, later): count / sizes[cohort] for cohort, later, count in found}
    names = sorted(sizes)
    last_of = {cohort: _months_between(cohort, ground.month) - 1 for cohort in names}
    longest = last_of[names[0]]
    drawn: list[tuple[Cell, ...]] = []
    table: list[tuple[Cell, ...]] = []
    for cohort in names:
        kept = [shares.get((cohort, later), 0.0) for later in range(last_of[cohort] + 1)]
        drawn += [(f"+{later}", month_label(cohort), round(share, 4)) for later, share in enumerate(kept) if later]
        padded: list[Cell] = [*kept[1:], *[None] * (longest - last_of[cohort])]
        table.append((month_label(cohort), sizes[cohort], *padded))
    return Chart(
        name="cohorts", title=_kept_title(shares, sizes, last_of),
        about="Customers by the month of their first order, and the share of them who ordered in each month after. "
        f"Whole months only. {_LEFT_OUT}",
        shape="heat", x="Months after the first order", y="First order in", n=sum(sizes.values()), of="customers",
        drawn=Grid(
            (Column("Months later", "text"), Column("First order", "text"), Column("Ordered", "share")), tuple(drawn)
        ),
        table=Grid(
            (Column("First order", "text"), Column("Customers"),
             *(Column(f"+{later}", "share") for later in range(1, longest + 1))),
            tuple(table),
        ),
    )  # fmt: skip


def _kept_title(shares: dict[tuple[str, int], float], sizes: dict[str, int], last_of: dict[str, int]) -> str:
    """Say how many come back in the third month, over all cohorts that have seen it end."""
    for later in (3, 1):
        seen = [cohort for cohort in sizes if last_of[cohort] >= later]
        if seen:
            kept = sum(shares.get((cohort, later), 0.0) * sizes[cohort] for cohort in seen)
            share = kept / sum(sizes[cohort] for cohort in seen)
            months = "three months" if later == 3 else "a month"
            return f"{percent(share)} of new customers order again {months} after their first"
    return "How many of each month's new customers order again"


def _known_from(ground: Ground) -> datetime:
    """Give the first month in which a first order shows somebody new; the first of all in a shop too young for that."""
    (first,) = ground.one("SELECT min(placed_at) FROM orders WHERE placed_at <= $as_of")
    if first is None:
        return _first_day(ground.month)
    known = first + timedelta(days=_UNKNOWN_DAYS)
    is_young = known + timedelta(days=_UNKNOWN_DAYS) > ground.as_of.replace(tzinfo=None)
    month = f"{first if is_young else known + timedelta(days=27):%Y-%m}"
    return _first_day(month)


def _first_day(month: str) -> datetime:
    """Give the naive first moment of a month: local moments are naive in DuckDB."""
    return datetime.strptime(f"{month}-01", "%Y-%m-%d")  # noqa: DTZ007


def _months_between(earlier: str, later: str) -> int:
    """("2026-03", "2026-05") → 2."""
    (year, month), (later_year, later_month) = (map(int, one.split("-")) for one in (earlier, later))
    return 12 * (later_year - year) + later_month - month
