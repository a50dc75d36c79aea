"""What orders are worth by department and by segment, and how often and how much customers buy."""

from __future__ import annotations

from analytics.report_records import Chart, Column, Grid
from analytics.reporting.ground import Ground
from analytics.reporting.words import amount, percent

#: More boxes than this beside each other nobody reads.
_BOXES = 8
#: Points of a scatter plot: as many as an eye can tell apart.
_POINTS = 900
_FIVE = "quantile_cont(total, [0.05, 0.25, 0.5, 0.75, 0.95])"

_DEPARTMENTS = f"""
WITH main AS (
    SELECT order_id, department FROM lines JOIN products USING (product_id) JOIN recent USING (order_id)
    WHERE department IS NOT NULL GROUP BY order_id, department
    QUALIFY row_number() OVER (PARTITION BY order_id ORDER BY count(*) DESC, department) = 1
)
SELECT department, count(*) AS n, {_FIVE} FROM main JOIN recent USING (order_id)
GROUP BY department HAVING n >= 20 ORDER BY n DESC, department LIMIT {_BOXES}
"""  # noqa: S608  (our own constants)
_SEGMENTS = f"""
SELECT segment, count(*) AS n, {_FIVE} FROM recent JOIN people USING (customer_id)
WHERE segment IS NOT NULL GROUP BY segment_id, segment ORDER BY segment_id
"""  # noqa: S608
_CUSTOMERS = """
SELECT customer_id, count(*) AS times, sum(total) AS paid, coalesce(any_value(segment), 'No segment') AS segment,
       any_value(segment_id) AS segment_id
FROM recent LEFT JOIN people USING (customer_id) GROUP BY customer_id
"""


def values_by_department(ground: Ground) -> Chart | None:
    """What orders are worth, by the department that most of their lines are of."""
    about = (
        "Each box holds the middle half of the orders whose lines are mostly of this department, the line in it is the "
        "median; the whiskers reach from 5 to 95 in 100. Departments with 20 orders or more."
    )
    return _boxes(ground, _DEPARTMENTS, "values_by_department", "department", about)


def values_by_segment(ground: Ground) -> Chart | None:
    """What orders are worth, by segment."""
    about = (
        "Each box holds the middle half of the segment's orders, the line in it is the median; the whiskers reach from "
        "5 to 95 in 100."
    )
    return _boxes(ground, _SEGMENTS, "values_by_segment", "segment", about)


def frequency_and_money(ground: Ground) -> Chart | None:
    """Customers by orders and money, coloured by segment."""
    groups = ground.rows(
        f"SELECT segment, count(*), median(times), median(paid), quantile_cont(paid, 0.9) FROM ({_CUSTOMERS}) "  # noqa: S608
        "GROUP BY segment ORDER BY min(coalesce(segment_id, 999))"
    )
    if not groups:
        return None
    n = sum(group[1] for group in groups)
    # The order of the hashes is a draw that comes out the same each time.
    drawn = ground.rows(
        f"SELECT times, paid, segment FROM (SELECT * FROM ({_CUSTOMERS}) WHERE paid > 0 "  # noqa: S608
        f"ORDER BY md5(customer_id) LIMIT {_POINTS}) ORDER BY coalesce(segment_id, 999), times, paid"
    )
    top, paid = ground.one(
        f"SELECT sum(paid) FILTER (place <= 0.1), sum(paid) FROM "  # noqa: S608
        f"(SELECT paid, cume_dist() OVER (ORDER BY paid DESC) AS place FROM ({_CUSTOMERS}))"
    )
    share = percent((top or 0) / paid) if paid else "–"
    some = "" if n <= _POINTS else f" Drawn: {len(drawn):,} of them, by lot."
    return Chart(
        name="frequency_and_money",
        title=f"The tenth of the customers who spend most bring {share} of the money",
        about=f"A point is a customer: how often she ordered and what she paid in all, within the window.{some} "
        "Both axes grow tenfold from mark to mark.",
        shape="dots", x="Orders", y=f"Paid in all, {ground.currency}", n=n, of="customers", log=("x", "y"),
        drawn=Grid(
            (Column("Orders"), Column("Paid", "money"), Column("Segment", "text")),
            tuple((times, round(money, 2), segment) for times, money, segment in drawn),
        ),
        table=Grid(
            (Column("Segment", "text"), Column("Customers"), Column("Orders, median", "figure"),
             Column("Paid, median", "money"), Column("Paid, 90 in 100 below", "money")),
            tuple(groups),
        ),
    )  # fmt: skip


def _boxes(ground: Ground, query: str, name: str, by: str, about: str) -> Chart | None:
    found = ground.rows(query)
    if not found:
        return None
    rows = tuple((group, *(round(value, 2) for value in five)) for group, _, five in found)
    highest, lowest = max(rows, key=lambda row: row[3]), min(rows, key=lambda row: row[3])
    title = (
        f"By {by}, the largest orders are those of “{highest[0]}”: half are over {amount(highest[3], ground.currency)}"
    )
    if len(rows) > 1 and lowest is not highest:
        title += f"; the smallest those of “{lowest[0]}” ({amount(lowest[3], ground.currency)})"
    marks = ("5 in 100 below", "A quarter below", "Median", "A quarter above", "5 in 100 above")
    columns = (Column(by.capitalize(), "text"), *(Column(mark, "money") for mark in marks))
    table = tuple((*row, n) for row, (_, n, _) in zip(rows, found, strict=True))
    return Chart(
        name=name, title=title, about=about, shape="boxes", x=by.capitalize(),
        y=f"Paid for an order, {ground.currency}", n=sum(n for _, n, _ in found), of="orders",
        drawn=Grid(columns, rows), table=Grid((*columns, Column("Orders")), table),
    )  # fmt: skip
