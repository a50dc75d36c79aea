"""Names and portraits come from the figures, differ from each other, and read as English."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from analytics.segmentation.portraits import Portrait, portray
from tests.support.segment_members import Member, summaries

MEMBER = Member(
    recency_days=3.2, frequency=90, monetary=4050, basket_value=45, days_between=4, discount_share=0.15,
    usual_time="evening", categories=("Cheese", "Milk"),
)  # fmt: skip


def told(*groups: Sequence[Member], currency: str = "$") -> list[Portrait]:
    return portray(summaries(groups), currency)


def test_a_portrait_tells_pace_basket_and_last_visit() -> None:
    small = replace(MEMBER, basket_value=20, monetary=300, days_between=14, recency_days=40, categories=("Candy",))
    big, little = told([MEMBER] * 3, [small] * 7)
    assert big.name == "Frequent big-basket shoppers"
    assert big.text == (
        "Order about every 4 days, about $45 a basket and $4,050 in all, last seen 3 days ago. "
        "30% of customers, 85% of all that was spent. "
        "More of them than of others favour Cheese. They mostly order in the evening."
    )
    assert little.name == "Fortnightly shoppers, quiet lately"


def test_customers_of_one_order_long_ago_are_rare_and_long_away() -> None:
    once = replace(MEMBER, days_between=None, recency_days=200, frequency=1, usual_time=None, categories=())
    (only,) = told([once], currency="€")
    assert only.name == "Rare shoppers, long away"
    assert only.text.startswith("Ordered once or at long intervals, about €45 a basket")


def test_equal_names_are_told_apart_by_what_the_groups_spend() -> None:
    groups = [[replace(MEMBER, monetary=money)] for money in (100, 300, 200)]
    assert [portrait.name for portrait in told(*groups)] == [
        "Frequent shoppers, lowest spend",
        "Frequent shoppers, highest spend",
        "Frequent shoppers, middle spend",
    ]


def test_many_equal_names_are_still_told_apart() -> None:
    groups = [[replace(MEMBER, monetary=money)] for money in range(100, 800, 100)]
    names = [portrait.name for portrait in told(*groups)]
    assert len(set(names)) == len(names) == 7


def test_discounts_are_told_where_they_differ() -> None:
    keen = replace(MEMBER, discount_share=0.35)
    portraits = told([MEMBER] * 2, [keen] * 2)
    assert "Discounts take 35% off their bill, 25% off everybody's." in portraits[1].text


def test_an_hour_ago_and_a_day_ago_read_as_english() -> None:
    texts = [told([replace(MEMBER, recency_days=days)])[0].text for days in (0.1, 1.2)]
    assert "last seen less than a day ago" in texts[0]
    assert "last seen 1 day ago" in texts[1]


def test_who_orders_daily_or_oftener_orders_about_every_day() -> None:
    for days in (0.0, 1.2):
        (only,) = told([replace(MEMBER, days_between=days)])
        assert only.text.startswith("Order about every day, about $45")
