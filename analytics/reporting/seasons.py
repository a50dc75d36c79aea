"""When customers order: months, weekdays, hours."""

from __future__ import annotations

from analytics.report_records import Chart, Column, Grid
from analytics.reporting.ground import Ground
from analytics.reporting.words import amount, percent

WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
#: A month with fewer days of data than this cannot be the strongest or weakest.
_WHOLE = 27

_MONTHS = """
SELECT strftime(date_trunc('month', local), '%Y-%m') AS month, sum(total), count(*), count(DISTINCT customer_id),
       count(DISTINCT date_trunc('day', local)) AS days
FROM recent GROUP BY month ORDER BY month
"""
_DAYS = """
SELECT isodow(day) AS weekday, avg(n), avg(paid), count(*) FROM (
    SELECT days.day, count(order_id) AS n, coalesce(sum(total), 0) AS paid
    FROM (SELECT unnest(generate_series((SELECT min(local)::DATE FROM recent), (SELECT max(local)::DATE FROM recent),
                                        INTERVAL 1 DAY))::DATE AS day) days
    LEFT JOIN recent ON recent.local::DATE = days.day GROUP BY days.day
) GROUP BY weekday ORDER BY weekday
"""
_HOURS = "SELECT isodow(local), hour(local), count(*) FROM recent GROUP BY ALL"


def months(ground: Ground) -> Chart | None:
    """Money by month."""
    found = ground.rows(_MONTHS)
    if not found:
        return None
    current = ground.month
    rows = tuple(
        (month_label(month, so_far=month == current), round(paid, 2), orders, customers)
        for month, paid, orders, customers, _ in found
    )
    whole = [row for row, one in zip(rows, found, strict=True) if one[4] >= _WHOLE]
    title = "Money by month"
    if len(whole) > 1:
        best, worst = max(whole, key=lambda row: row[1]), min(whole, key=lambda row: row[1])
        title = (
            f"{best[0]} was the strongest month ({amount(best[1], ground.currency)}), "
            f"{worst[0]} the weakest ({amount(worst[1], ground.currency)})"
        )
    columns = (Column("Month", "text"), Column("Paid", "money"), Column("Orders"), Column("Customers who ordered"))
    return Chart(
        name="months", title=title, about="What was paid for orders by the month they were placed in. The first and "
        "the last month may be incomplete.", shape="columns", x="Month", y=f"Paid, {ground.currency}",
        n=ground.recent, of="orders", drawn=Grid(columns[:2], tuple(row[:2] for row in rows)),
        table=Grid(columns, rows),
    )  # fmt: skip


def weekdays(ground: Ground) -> Chart | None:
    """Draw the orders of an average Monday, Tuesday and so on."""
    found = ground.rows(_DAYS)
    if not found:
        return None
    rows = tuple((WEEKDAYS[day - 1], round(orders, 1), round(paid, 2), days) for day, orders, paid, days in found)
    best, worst = max(rows, key=lambda row: row[1]), min(rows, key=lambda row: row[1])
    more = f", {percent(best[1] / worst[1] - 1)} more than {worst[0]}s" if worst[1] and best is not worst else ""
    columns = (
        Column("Weekday", "text"), Column("Orders a day", "figure"), Column("Paid a day", "money"),
        Column("Days counted"),
    )  # fmt: skip
    return Chart(
        name="weekdays", title=f"{best[0]}s bring most orders{more}",
        about="Orders of an average day, days without an order counted too.", shape="columns", x="Weekday",
        y="Orders a day", n=ground.recent, of="orders", drawn=Grid(columns[:2], tuple(row[:2] for row in rows)),
        table=Grid(columns, rows),
    )  # fmt: skip


def hours(ground: Ground) -> Chart | None:
    """Orders by weekday and hour, as a share of all."""
    found = {(day, hour): count for day, hour, count in ground.rows(_HOURS)}
    if not found:
        return None
    n = sum(found.values())
    by_hour = [sum(found.get((day, hour), 0) for day in range(1, 8)) for hour in range(24)]
    # Three hours in a row, also over midnight.
    peak = max(range(24), key=lambda hour: sum(by_hour[(hour + more) % 24] for more in range(3)))
    share = sum(by_hour[(peak + more) % 24] for more in range(3)) / n
    (day, hour), _ = max(found.items(), key=lambda item: (item[1], item[0]))
    rows = tuple(
        (_clock(hour), WEEKDAYS[day - 1], round(found.get((day, hour), 0) / n, 6))
        for day in range(1, 8)
        for hour in range(24)
    )
    table = tuple(
        (_clock(hour), *(found.get((day, hour), 0) for day in range(1, 8)), by_hour[hour] / n) for hour in range(24)
    )
    return Chart(
        name="hours",
        title=f"{percent(share)} of the orders come between {_clock(peak)} and {_clock((peak + 3) % 24)}; the busiest "
        f"hour is {WEEKDAYS[day - 1]}, {_clock(hour)}",
        about=f"Share of all orders by weekday and hour they were placed in ({ground.zone}).", shape="heat",
        x="Hour of the day", y="Weekday", n=n, of="orders",
        drawn=Grid((Column("Hour", "text"), Column("Weekday", "text"), Column("Share of orders", "share")), rows),
        table=Grid((Column("Hour", "text"), *(Column(day[:3]) for day in WEEKDAYS), Column("Share", "share")), table),
    )  # fmt: skip


def month_label(month: str, *, so_far: bool = False) -> str:
    """Write "2026-05" as "May 2026"."""
    names = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
    year, number = month.split("-")
    return f"{names[int(number) - 1]} {year}{' so far' if so_far else ''}"


def _clock(hour: int) -> str:
    return f"{hour:02d}:00"
