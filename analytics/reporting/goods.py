"""What is bought: products and categories that bring most, and what discounts take."""

from __future__ import annotations

from analytics.report_records import Chart, Column, Grid
from analytics.reporting.ground import Ground
from analytics.reporting.seasons import month_label
from analytics.reporting.words import amount, percent

_TOP = 15
_PRODUCTS = f"""
SELECT name, sum(amount) AS paid, sum(quantity), sum(lines), any_value(category) FROM sold GROUP BY product_id, name
ORDER BY paid DESC, name LIMIT {_TOP}
"""  # noqa: S608
_CATEGORIES = f"""
SELECT category, sum(amount) AS paid, sum(quantity), sum(lines), count(*) FROM sold GROUP BY category
ORDER BY paid DESC, category LIMIT {_TOP}
"""  # noqa: S608
_DISCOUNTS = """
SELECT strftime(date_trunc('month', local), '%Y-%m') AS month, sum(discount), sum(total), count(*),
       avg((discount > 0)::INTEGER)
FROM recent GROUP BY month ORDER BY month
"""


def top_products(ground: Ground) -> Chart | None:
    """The products that bring most."""
    found = ground.rows(_PRODUCTS)
    whole = _sold_in_all(ground)
    if not found or not whole:
        return None
    top = sum(row[1] for row in found) / whole
    columns = (
        Column("Product", "text"), Column("Paid", "money"), Column("Pieces"), Column("Order lines"),
        Column("Category", "text"),
    )  # fmt: skip
    return _bars(
        ground, "top_products",
        f"{found[0][0]} brings most: {amount(found[0][1], ground.currency)}; these {len(found)} products bring "
        f"{percent(top)} of the money",
        "Products by what was paid for them.", Grid(columns, tuple(_tidy(row) for row in found)),
    )  # fmt: skip


def top_categories(ground: Ground) -> Chart | None:
    """The categories that bring most."""
    found = ground.rows(_CATEGORIES)
    whole = _sold_in_all(ground)
    if not found or not whole:
        return None
    columns = (
        Column("Category", "text"), Column("Paid", "money"), Column("Pieces"), Column("Order lines"),
        Column("Products"), Column("Share of the money", "share"),
    )  # fmt: skip
    rows = tuple((*_tidy(row), row[1] / whole) for row in found)
    return _bars(
        ground, "top_categories",
        f"{found[0][0]} is the strongest category with {percent(found[0][1] / whole)} of the money",
        "Categories by what was paid for their products.", Grid(columns, rows),
    )  # fmt: skip


def discounts(ground: Ground) -> Chart | None:
    """What discounts take off, by month."""
    found = ground.rows(_DISCOUNTS)
    if not any(row[1] for row in found):
        return None
    taken, paid = sum(row[1] for row in found), sum(row[2] for row in found)
    share = taken / (taken + paid) if taken + paid else 0.0
    current = ground.month
    rows = tuple(
        (
            month_label(month, so_far=month == current),
            round(off / (off + total), 4) if off + total else None,
            round(off, 2),
            with_one,
            orders,
        )
        for month, off, total, orders, with_one in found
    )
    columns = (
        Column("Month", "text"), Column("Discounts ÷ price", "share"), Column("Taken off", "money"),
        Column("Orders with a discount", "share"), Column("Orders"),
    )  # fmt: skip
    return Chart(
        name="discounts",
        title=f"Discounts take {percent(share)} off the price: {amount(taken, ground.currency)} in this window",
        about="Discounts ÷ (paid + discounts) of the month's orders.", shape="lines", x="Month",
        y="Discounts ÷ price, %", n=ground.recent, of="orders",
        drawn=Grid(columns[:2], tuple(row[:2] for row in rows)), table=Grid(columns, rows),
    )  # fmt: skip


def _sold_in_all(ground: Ground) -> float:
    return float(ground.one("SELECT coalesce(sum(amount), 0) FROM sold")[0])


def _tidy(row: tuple[str, float, int, int, str | int]) -> tuple[str, float, int, int, str | int]:
    return (row[0], round(row[1], 2), int(row[2]), int(row[3]), row[4])


def _bars(ground: Ground, name: str, title: str, about: str, table: Grid) -> Chart:
    (lines,) = ground.one("SELECT sum(lines) FROM sold")
    return Chart(
        name=name, title=title, about=about, shape="bars", x=f"Paid, {ground.currency}", y=table.columns[0].name,
        n=int(lines), of="order lines", table=table,
        drawn=Grid(table.columns[:2], tuple(row[:2] for row in table.rows)),
    )  # fmt: skip
