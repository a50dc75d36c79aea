"""The section on the shop itself: what is bought, when, by whom."""

from __future__ import annotations

from collections.abc import Callable

from analytics.report_records import Chart, Section
from analytics.reporting.comings import cohorts, comings
from analytics.reporting.goods import discounts, top_categories, top_products
from analytics.reporting.ground import Ground
from analytics.reporting.groups import frequency_and_money, values_by_department, values_by_segment
from analytics.reporting.seasons import hours, months, weekdays
from analytics.reporting.spreads import basket_sizes, order_gaps, order_values, recency
from analytics.wording import counted

#: In the order in which they are read.
MAKERS: tuple[Callable[[Ground], Chart | None], ...] = (
    months, weekdays, hours, comings, cohorts, order_values, basket_sizes, order_gaps, recency, values_by_department,
    values_by_segment, frequency_and_money, top_products, top_categories, discounts,
)  # fmt: skip


def shop_section(ground: Ground) -> Section:
    """Draw what the orders tell; without an order, say how to import some."""
    if not ground.recent:
        return Section(
            name="shop", title="The shop", lead="", missing=("There are no orders yet: run `rapport import`.",)
        )
    drawn = (make(ground) for make in MAKERS)
    return Section(
        name="shop", title="The shop",
        lead=f"{counted(ground.recent, 'order')} from {ground.start:%d %B %Y} to {ground.as_of:%d %B %Y}. Days and "
        f"hours are told in the zone {ground.zone}.",
        parts=tuple(chart for chart in drawn if chart is not None),
    )  # fmt: skip
