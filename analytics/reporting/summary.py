"""The sentences on top: what changed since the week before, what stands out, what to do."""

from __future__ import annotations

import math
from dataclasses import dataclass
from statistics import fmean, stdev

from analytics.report_records import Finding, Tone
from analytics.reporting.ground import Ground
from analytics.reporting.words import amount, percent
from analytics.wording import counted

#: Weeks before the last one that tell what is usual, and how many of them there must be.
_WEEKS, _ENOUGH = 12, 5
#: A week is unusual when it lies this many standard deviations from the mean of those before.
_UNUSUAL = 2.0
#: A category stands out when it is ordered this much more or less than in the four weeks before, beyond chance.
_LIFT, _BEYOND_CHANCE, _LEAST = 0.25, 4.0, 40
#: A regular (so many orders) is overdue after so many of her usual gaps; after a hundred days she is simply gone.
_REGULAR, _OVERDUE_GAPS, _GONE_DAYS = 5, 3.0, 100

_BY_WEEK = f"""
SELECT date_diff('second', placed_at, $as_of) // 604800 AS back, count(*), sum(total), sum(discount),
       count(DISTINCT customer_id), count(*) FILTER (place = 1)
FROM (SELECT *, row_number() OVER (PARTITION BY customer_id ORDER BY placed_at) AS place FROM orders
      WHERE placed_at <= $as_of)
WHERE placed_at > $as_of - INTERVAL {7 * (_WEEKS + 1)} DAY GROUP BY back ORDER BY back
"""  # noqa: S608  (our own constants)
_CATEGORIES = f"""
SELECT category, count(*) FILTER (placed_at > $as_of - INTERVAL 28 DAY) AS now,
       count(*) FILTER (placed_at <= $as_of - INTERVAL 28 DAY) AS before
FROM lines JOIN recent USING (order_id) JOIN products USING (product_id)
WHERE placed_at > $as_of - INTERVAL 56 DAY AND category IS NOT NULL
GROUP BY category HAVING greatest(now, before) >= {_LEAST}
"""  # noqa: S608
_OVERDUE = f"""
SELECT count(*), sum(paid / (date_diff('second', first, last) / 86400.0) * 30) FROM (
    SELECT customer_id, count(*) AS times, sum(total) AS paid, min(placed_at) AS first, max(placed_at) AS last
    FROM recent GROUP BY customer_id HAVING times >= {_REGULAR}
) WHERE last > first AND date_diff('second', last, $as_of) / 86400.0 < {_GONE_DAYS}
    AND date_diff('second', last, $as_of) > {_OVERDUE_GAPS} * date_diff('second', first, last) / (times - 1)
    AND date_diff('second', last, $as_of) / 86400.0 >= 7
"""  # noqa: S608


@dataclass(frozen=True, slots=True)
class _Week:
    orders: int
    paid: float
    discount: float
    customers: int
    new: int


def shop_findings(ground: Ground) -> list[Finding]:
    """Say what the orders say; nothing without orders."""
    weeks = _weeks(ground)
    if not weeks:
        return []
    found = [Finding(kind="changed", section="shop", text=text, tone="plain") for text in _stale(ground)]
    found += _changes(weeks, ground.currency)
    found += _categories(ground)
    return found + _overdue(ground)


def _weeks(ground: Ground) -> list[_Week]:
    """The last seven days, then the seven before them, and so on; weeks before the first order are left out."""
    rows = {int(row[0]): _Week(row[1], float(row[2]), float(row[3]), row[4], row[5]) for row in ground.rows(_BY_WEEK)}
    if not rows:
        return []
    # The earliest week may be cut by the beginning of the data.
    last = max(rows) if max(rows) == _WEEKS else max(rows) - 1
    return [rows.get(back, _Week(0, 0.0, 0.0, 0, 0)) for back in range(max(last, 0) + 1)]


def _stale(ground: Ground) -> list[str]:
    if not ground.is_stale:
        return []
    return [f"The last order is of {ground.as_of:%d %B %Y}: everything here is told as of that day. Import newer ones."]


def _changes(weeks: list[_Week], currency: str) -> list[Finding]:
    week, before = weeks[0], weeks[1] if len(weeks) > 1 else None
    text = (
        f"In the last seven days {counted(week.customers, 'customer')} placed {counted(week.orders, 'order')} worth "
        f"{amount(week.paid, currency)}"
    )
    if before and before.paid:
        text += f", {_more(week.paid / before.paid - 1)} than in the seven days before"
    usual = _usual([one.paid for one in weeks])
    found = [Finding(kind="changed", section="shop", text=f"{text}{usual[0]}.", tone=usual[1])]
    if before and before.orders and week.orders:
        values = [one.paid / one.orders for one in weeks if one.orders]
        unusual = _usual(values)
        if unusual[1] != "plain":
            word = (
                f"An order is worth {amount(values[0], currency)} on average, {_more(values[0] / values[1] - 1)} than "
            )
            found.append(_changed(f"{word}the week before{unusual[0]}.", unusual[1]))
    fresh = _usual([float(one.new) for one in weeks])
    if fresh[1] != "plain":
        found.append(_changed(f"{counted(week.new, 'new customer')} came in the last seven days{fresh[0]}.", fresh[1]))
    shares = [one.discount / (one.discount + one.paid) for one in weeks if one.discount + one.paid]
    unusual = _usual(shares)
    if unusual[1] != "plain":
        found.append(_changed(f"Discounts took {percent(shares[0])} off the price this week{unusual[0]}.", "plain"))
    return found


def _changed(text: str, tone: Tone) -> Finding:
    return Finding(kind="changed", section="shop", text=text, tone=tone)


def _usual(values: list[float]) -> tuple[str, Tone]:
    """Say whether the first value is unusual beside the others; "" where there are too few to tell."""
    others = values[1:]
    if len(others) < _ENOUGH:
        return "", "plain"
    mean, spread = fmean(others), stdev(others)
    if abs(values[0] - mean) <= _UNUSUAL * max(spread, 1e-9):
        return f" (within the usual range of the {len(others)} weeks before)", "plain"
    way = "high" if values[0] > mean else "low"
    return f": unusually {way} for the last {len(others)} weeks", "good" if way == "high" else "bad"


def _categories(ground: Ground) -> list[Finding]:
    """Categories ordered clearly more or less often than in the four weeks before, the two strongest each way."""
    rows = ground.rows(_CATEGORIES)
    now, before = sum(row[1] for row in rows), sum(row[2] for row in rows)
    if not now or not before:
        return []
    lifts = []
    for category, count, earlier in rows:
        # Against the trend of the whole shop, so that a busy month does not make everything stand out.
        expected = earlier * now / before
        surprise = (count - expected) / math.sqrt(max(expected, 1.0))
        if abs(surprise) >= _BEYOND_CHANCE and abs(count - expected) >= _LIFT * max(expected, 1.0):
            lifts.append((surprise, category, count, earlier))
    lifts.sort()
    return [
        Finding(
            kind="stands_out", section="shop",
            text=f"“{category}” was on {counted(count, 'order line')} in the last four weeks, on {earlier:,} in the "
            "four before.",
        )
        for _, category, count, earlier in [*lifts[::-1][:2], *lifts[:2][::-1]]
    ][: len(lifts)]  # fmt: skip


def _overdue(ground: Ground) -> list[Finding]:
    count, worth = ground.one(_OVERDUE)
    if not count:
        return []
    text = (
        f"{counted(count, 'regular customer')} did not come back within three times their usual gap. They used to "
        f"bring {amount(worth, ground.currency)} a month: write to them first."
    )
    return [Finding(kind="to_do", section="predictions", text=text, tone="bad")]


def _more(change: float) -> str:
    if abs(change) < 0.005:
        return "no more and no less"
    return f"{percent(abs(change))} {'more' if change > 0 else 'less'}"
