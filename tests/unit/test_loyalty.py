"""Loyalty points: what purchases earn, what loses them, and what she is told."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from actions.action_loyalty import TellPoints
from analytics.loyalty.points import balance
from analytics.loyalty_records import LoyaltyProgramme
from analytics.shop.loader import load_shop
from store.repositories.points import Earning, earnings_of
from tests.support import demo_help
from tests.support.fake_analytics import FakeAnalytics
from tests.support.order_store import NOW
from tests.support.said import Conversation

DEMO = Path(__file__).parents[2] / "rapport/shops/complete_journey/shop.yml"
YEARLY = LoyaltyProgramme(step=500, idle_days=365)


def bought(days_ago: float, amount: float, status: str | None = "delivered") -> Earning:
    return Earning(NOW - timedelta(days=days_ago), amount, status)


def test_every_whole_unit_paid_earns_its_points() -> None:
    found = balance([bought(30, 4.35), bought(3, 600.99)], YEARLY, NOW)
    assert (found.points, found.worth, found.spendable, found.missing) == (604, 6.04, 500, 396)
    assert balance([bought(1, 4.35)], LoyaltyProgramme(points_per_unit=100), NOW).points == 435


@pytest.mark.parametrize("status", ["cancelled", "returned", "refunded"])
def test_what_was_not_paid_or_was_paid_back_earns_nothing(status: str) -> None:
    assert balance([bought(3, 50, status)], YEARLY, NOW).points == 0


def test_a_year_without_a_purchase_loses_what_was_before() -> None:
    assert balance([bought(800, 50), bought(400, 70), bought(10, 20)], YEARLY, NOW).points == 20
    assert balance([bought(366, 50)], YEARLY, NOW).points == 0
    kept = balance([bought(365, 50)], YEARLY, NOW)
    assert (kept.points, kept.expires_at) == (50, NOW)
    assert balance([bought(4000, 50)], LoyaltyProgramme(), NOW).expires_at is None


def test_no_purchases_no_points() -> None:
    found = balance([], YEARLY, NOW)
    assert (found.points, found.worth, found.missing, found.expires_at) == (0, 0.0, 500, None)


def test_categories_that_earn_nothing_are_taken_off() -> None:
    shop = FakeAnalytics()
    with shop.kept().read() as connection:
        earned = earnings_of(connection, "ana", {"coffee"})
    assert [round(each.amount, 2) for each in earned] == [5.49, 4.99]


def test_the_demo_shop_keeps_its_own_rule() -> None:
    programme = load_shop(DEMO).loyalty
    assert programme is not None
    assert (programme.points_per_unit, programme.step * programme.worth, programme.idle_days) == (1, 5, 365)
    assert "liquor" in programme.without


async def test_she_is_told_her_balance_and_until_when_it_is_safe() -> None:
    said = await Conversation(FakeAnalytics(), "ana").meets(TellPoints(), "how many points do i have")
    assert said.names == ["utter_loyalty_balance", "utter_loyalty_kept_until"]
    assert said.always_says("17 points, worth $0.17. 15 of them")
    assert said.always_says("3 May 2027")


@pytest.mark.parametrize(
    ("aspect", "words"),
    [("earning", "For every $1.00 you pay"), ("spending", "5 points are worth $0.05"), ("expiry", "after 365 days")],
)
async def test_a_visitor_is_told_the_rules_without_signing_in(aspect: str, words: str) -> None:
    said = await Conversation(FakeAnalytics()).meets(TellPoints(), "how does it work", aspect=aspect)
    assert said.always_says(words)
    assert "utter_loyalty_sign_in" not in said.names


async def test_the_balance_needs_a_sign_in_a_new_customer_has_none_and_a_shop_may_have_no_programme() -> None:
    assert (await Conversation(FakeAnalytics()).meets(TellPoints(), "points?")).names == ["utter_loyalty_sign_in"]
    assert (await Conversation(FakeAnalytics(), "ben").meets(TellPoints(), "points?")).names == [
        "utter_loyalty_no_points"
    ]
    without = FakeAnalytics(programme=None)
    assert (await Conversation(without, "ana").meets(TellPoints(), "points?")).names == ["utter_loyalty_none"]
    forever = FakeAnalytics(programme=LoyaltyProgramme())
    said = await Conversation(forever).meets(TellPoints(), "do they expire", aspect="expiry")
    assert said.names == ["utter_loyalty_never_expire"]


async def test_how_to_join_is_answered_by_the_help_pages_or_by_a_person() -> None:
    asked = "how do i get a loyalty card"
    with_pages = Conversation(
        FakeAnalytics(search_help=lambda _text, _limit: [next(iter(demo_help.PASSAGES.values()))])
    )
    assert (await with_pages.meets(TellPoints(), asked, aspect="card")).names == ["utter_help_passage"]
    without = await Conversation(FakeAnalytics()).meets(TellPoints(), asked, aspect="card")
    assert without.names == ["utter_loyalty_ask_person"]
    assert without.slots["open_question"] == "person"
