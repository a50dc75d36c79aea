"""Which offer is made to whom, and when none is."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy import insert

from analytics.records import OfferDecision
from analytics.service import ShopAnalytics
from store.repositories.profiles import ProfileRow, save_profile
from store.tables import predictions
from tests.support.shop_analytics import analytics_of
from tests.support.shop_in_memory import NOW, SmallShop, ago


@pytest.fixture
def shop() -> SmallShop:
    """Two running offers; ana buys what the first covers, and her segment uses the second kind."""
    shop = SmallShop()
    shop.product("pizza", "Frozen pizza", category="Frozen pizza", times_sold=10)
    shop.product("soap", "Bar soap", category="Soap", times_sold=90)
    shop.customer("ana")
    shop.features("ana", segment_id=1)
    shop.offer("P", "Frozen pizza", ["pizza"])
    shop.offer("S", "Soap", ["soap"])
    for days in (3, 10, 17, 24, 31):
        shop.order("ana", ["pizza"], days=days)
    return shop


@pytest.fixture
def analytics(shop: SmallShop, tmp_path: Path) -> ShopAnalytics:
    return analytics_of(shop, tmp_path)


def probability_of(decision: OfferDecision, offer_id: str) -> float:
    return next(one["probability"] for one in decision.candidates if one["offer_id"] == offer_id)


def test_no_offer_is_made_to_whoever_wants_none(analytics: ShopAnalytics) -> None:
    analytics.account_service().decide("ana", {"chat_offers": False}, "c:1")
    decision = decide(analytics)
    assert (decision.offer, decision.withheld) == (None, "opted_out")
    analytics.account_service().decide("ana", {"chat_offers": True}, "c:2")
    assert decide(analytics).offer is not None


def test_without_her_consent_an_offer_goes_by_what_everybody_buys(analytics: ShopAnalytics) -> None:
    analytics.account_service().decide("ana", {"personalisation": False}, "c:1")
    decision = decide(analytics)
    assert decision.segment_id is None
    assert probability_of(decision, "P") == pytest.approx(probability_of(decide(analytics, None), "P"))


def decide(
    analytics: ShopAnalytics, customer: str | None = "ana", mood: float | None = 0.0, recent: str = ""
) -> OfferDecision:
    return analytics.next_offer(customer, mood=mood, recent=frozenset(recent))


def test_what_she_buys_is_offered_most_likely_and_says_why(analytics: ShopAnalytics) -> None:
    decision = decide(analytics)
    assert probability_of(decision, "P") > 0.9
    assert decision.offer is not None
    assert decision.offer.offer_id == "P"
    assert decision.reason == "because you often buy from Frozen pizza"
    assert decision.propensity == probability_of(decision, "P")
    assert decision.segment_id == 1


@pytest.mark.parametrize(
    ("days", "reason"),
    [
        ([], "because it covers products that many of our customers buy"),
        ([7], "because you bought from Soap on 3 May"),
        ([7, 14], "because you buy from Soap now and then"),
        ([7, 14, 21], "because you often buy from Soap"),
        ([7, 200, 201, 202], "because you bought from Soap on 3 May"),
    ],
)
def test_the_reason_says_no_more_than_her_orders_do(
    shop: SmallShop, analytics: ShopAnalytics, days: list[float], reason: str
) -> None:
    shop.customer("ben")
    for one in days:
        shop.order("ben", ["soap"], days=one)
    assert decide(analytics, "ben", recent="P").reason == reason


def test_every_candidate_keeps_a_chance_and_chances_sum_to_one(analytics: ShopAnalytics) -> None:
    probabilities = [one["probability"] for one in decide(analytics).candidates]
    assert min(probabilities) > 0
    assert sum(probabilities) == pytest.approx(1)


@pytest.mark.parametrize(("mood", "withheld"), [(-0.31, "mood"), (-1.0, "mood"), (-0.3, None), (None, None)])
def test_nothing_is_offered_to_somebody_upset(
    analytics: ShopAnalytics, mood: float | None, withheld: str | None
) -> None:
    decision = decide(analytics, mood=mood)
    assert decision.withheld == withheld
    assert (decision.offer is None) == (withheld is not None)
    assert 0 < decision.propensity <= 1


def test_a_bad_mood_of_the_last_turns_withholds_too(shop: SmallShop, analytics: ShopAnalytics) -> None:
    sad = ProfileRow(
        customer_id="ana",
        sentiment=-0.6,
        sentiment_slope=0.0,
        turns=3,
        topics={},
        preferences={},
        last_contact_at=NOW,
        last_topic=None,
    )
    with shop.database.write() as connection:
        save_profile(connection, sad)
    assert decide(analytics, mood=0.1).withheld == "mood"


def test_an_offer_of_this_conversation_is_not_made_again(analytics: ShopAnalytics) -> None:
    decision = decide(analytics, recent="P")
    assert [one["offer_id"] for one in decision.candidates] == ["S"]
    assert decision.propensity == pytest.approx(1)
    assert decide(analytics, recent="PS").withheld == "recently_offered"


def test_without_a_running_offer_that_is_said(tmp_path: Path) -> None:
    shop = SmallShop()
    shop.offer("past", "Soap", starts_at=ago(9), ends_at=ago(1))
    shop.offer("future", "Soap", starts_at=ago(-1), ends_at=ago(-9))
    shop.offer("off", "Soap", active=False)
    shop.offer("private", "Tobacco")
    assert decide(analytics_of(shop, tmp_path), customer=None).withheld == "no_offer"


def test_an_offer_that_ended_meanwhile_is_not_made(shop: SmallShop, analytics: ShopAnalytics) -> None:
    decide(analytics)
    shop.offer("L", "Late", ["pizza"], ends_at=NOW)
    assert "L" not in {one["offer_id"] for one in decide(analytics).candidates}


def test_a_visitor_gets_what_sells_and_no_reason_about_her(analytics: ShopAnalytics) -> None:
    decision = decide(analytics, customer=None)
    assert probability_of(decision, "S") > probability_of(decision, "P")
    assert decision.reason == "because it covers products that many of our customers buy"
    assert decision.segment_id is None


def test_what_her_segment_redeems_counts_and_is_told(shop: SmallShop, analytics: ShopAnalytics) -> None:
    shop.customer("newcomer")
    shop.features("newcomer", segment_id=1)
    before = probability_of(decide(analytics, "newcomer"), "S")
    for number in range(300):
        shop.customer(f"other-{number}")
        shop.features(f"other-{number}", segment_id=1 if number < 30 else 2)
    for number in range(20):
        shop.redemption(f"other-{number}", "S")
    decision = decide(analytics, "newcomer", recent="P")
    assert decision.reason == "because shoppers with habits like yours like to use coupons for Soap"
    assert probability_of(decide(analytics, "newcomer"), "S") > before


def test_of_several_offers_of_a_category_the_best_is_a_candidate(shop: SmallShop, analytics: ShopAnalytics) -> None:
    shop.offer("P2", "Frozen pizza", [])
    assert sorted(one["offer_id"] for one in decide(analytics).candidates) == ["P", "S"]


def test_offers_shown_are_told_newest_first(shop: SmallShop, analytics: ShopAnalytics) -> None:
    shop.decision("d1", "ana", chosen="P", created_at=ago(2))
    shop.decision("d2", "ana", chosen="S", created_at=ago(1))
    shop.decision("d3", "ana", chosen=None, withheld="mood", created_at=ago(0.5))
    shop.decision("d4", "ana", kind="recommendation", chosen="pizza", created_at=ago(0.4))
    shown = analytics.offers_shown("ana")
    assert [(moment, offer.offer_id) for moment, offer in shown] == [(ago(1), "S"), (ago(2), "P")]
    assert len(analytics.offers_shown("ana", limit=1)) == 1


def foretold(shop: SmallShop, churn: float, value: float = 80.0) -> None:
    """Write what is expected of ana; an average customer's value is 40."""
    shared = {"low": 0.0, "high": 99.0, "reason": "silent", "basis": "model"}
    listed = [
        {"kind": "churn", "value": churn, "baseline": 0.3, **shared},
        {"kind": "value", "value": value, "baseline": 40.0, **shared},
    ]
    row = {"listed": listed, "churn": churn, "value": value, "at_risk": 0.0, "model_version": "v1", "made_at": NOW}
    with shop.database.write() as connection:
        connection.execute(insert(predictions).values(customer_id="ana", **row))


def test_one_who_is_likely_to_leave_and_worth_it_is_won_back(shop: SmallShop, analytics: ShopAnalytics) -> None:
    foretold(shop, churn=0.8)
    decision = decide(analytics)
    assert (decision.rule, decision.withheld) == ("win_back", None)


def test_one_who_comes_anyway_at_full_prices_mostly_gets_nothing_off(shop: SmallShop, analytics: ShopAnalytics) -> None:
    foretold(shop, churn=0.05)
    decision = decide(analytics)
    assert decision.rule == "buys_anyway"
    assert decision.withheld == "buys_anyway" or decision.propensity < 0.1


def test_what_is_expected_decides_nothing_where_she_wants_nothing_personal(
    shop: SmallShop, analytics: ShopAnalytics
) -> None:
    foretold(shop, churn=0.05)
    analytics.account_service().decide("ana", {"personalisation": False}, "c:1")
    assert (decide(analytics).rule, decide(analytics).withheld) == ("fits", None)


def test_what_she_said_she_does_not_like_is_not_offered(shop: SmallShop, analytics: ShopAnalytics) -> None:
    said = ProfileRow(
        customer_id="ana", sentiment=None, sentiment_slope=0.0, turns=1, topics={}, last_contact_at=NOW,
        preferences={"dislikes": ["pizza"]}, last_topic=None,
    )  # fmt: skip
    with shop.database.write() as connection:
        save_profile(connection, said)
    assert [one["offer_id"] for one in decide(analytics).candidates] == ["S"]


def test_why_an_offer_was_made_is_told_again_and_only_while_it_runs(analytics: ShopAnalytics) -> None:
    assert analytics.why_offer("ana", "P") == "because you often buy from Frozen pizza"
    assert analytics.why_offer(None, "P") == "because it covers products that many of our customers buy"
    assert analytics.why_offer("ana", "gone") is None
