"""Whom to win back, and to whom nothing needs to be given away: the shop's rules, and what they do to an offer."""

from __future__ import annotations

from typing import Any

import pytest

from analytics.offer_records import OfferPolicy
from analytics.offers.choice import happens
from analytics.offers.policy import Addressee, Situation, generosity, rule_for, situation_of
from analytics.offers.service import OfferDesk
from analytics.records import OfferDecision, Rfm, Segment
from store.repositories.offers import OfferRow
from tests.support.known_people import a_prediction, a_profile, expected
from tests.support.shop_in_memory import NOW, SmallShop


def rfm(money: int) -> Rfm:
    return Rfm(recency_days=40.0, frequency=9, monetary=90.0, recency_score=1, frequency_score=3, monetary_score=money)


@pytest.mark.parametrize(
    ("situation", "rule"),
    [
        (Situation(churn=0.8, worth=1.4), "win_back"),
        (Situation(churn=0.8, worth=0.4), "fits"),
        (Situation(churn=0.8), "fits"),
        (Situation(worth=1.2, groups=frozenset({"at risk"})), "win_back"),
        (Situation(churn=0.3, worth=1.2, groups=frozenset({"at risk"})), "fits"),
        (Situation(churn=0.05, discount_share=0.01), "buys_anyway"),
        (Situation(churn=0.05, discount_share=0.2), "fits"),
        (Situation(discount_share=0.0), "fits"),
        (Situation(churn=0.9, worth=2.0, groups=frozenset({"staff"})), "segment"),
        (Situation(), "fits"),
    ],
)
def test_the_rule_that_holds(situation: Situation, rule: str) -> None:
    assert rule_for(situation, OfferPolicy(not_for=frozenset({"staff"}))) == rule


def test_a_prediction_of_the_shops_averages_says_nothing_of_her() -> None:
    averages = expected(a_prediction("churn", 0.9, basis="shop"), a_prediction("value", 50.0, basis="shop"))
    assert situation_of(a_profile(predictions=averages)) == Situation()


def test_worth_is_what_is_expected_or_what_she_spent_so_far_whichever_is_more() -> None:
    little = expected(a_prediction("value", 10.0, baseline=40.0))
    assert situation_of(a_profile(predictions=little, rfm=rfm(money=5))).worth == 5 / 3
    much = expected(a_prediction("value", 80.0, baseline=40.0))
    assert situation_of(a_profile(predictions=much, rfm=rfm(money=3))).worth == 80 / 40


def test_her_groups_are_segment_class_and_rule_segments() -> None:
    segment = Segment(segment_id=1, name="Weekly Baskets", portrait="", size=3, share=0.1)
    profile = a_profile(segment=segment, rfm_class="Champions", rule_segments=("Staff",))
    assert situation_of(profile).groups == {"weekly baskets", "champions", "staff"}


@pytest.mark.parametrize(
    ("kind", "value", "generous"),
    [("percent", 25.0, 1.25), ("amount", 5.0, 1.25), ("amount", 90.0, 2.0), ("x", None, 1)],
)
def test_how_generous_an_offer_is(kind: str, value: float | None, generous: float) -> None:
    row = OfferRow("o", "T", "", kind, value, None, None, None, active=True)
    assert generosity(row) == generous


def test_a_draw_is_the_same_everywhere_and_as_frequent_as_said() -> None:
    drawn = [happens(0.9, f"ana|{number}") for number in range(2000)]
    assert drawn == [happens(0.9, f"ana|{number}") for number in range(2000)]
    assert sum(drawn) / 2000 == pytest.approx(0.9, abs=0.03)


@pytest.fixture
def desk() -> OfferDesk:
    shop = SmallShop()
    shop.offer("small", "Soap", kind="percent", value=5.0)
    shop.offer("large", "Tea", kind="percent", value=60.0)
    return OfferDesk(shop.database, clock=lambda: NOW, check_every=0.0)


def decide(desk: OfferDesk, recent: str = "", **to: Any) -> OfferDecision:
    with desk._book._database.read() as connection:
        return desk.next_offer(
            connection, Addressee(customer_id="ana", **to), mood=0.0, recent=frozenset(recent.split())
        )


def probability(decision: OfferDecision, offer_id: str | None) -> float:
    return next(one["probability"] for one in decision.candidates if one["offer_id"] == offer_id)


def test_one_to_win_back_gets_the_generous_offer_more_likely(desk: OfferDesk) -> None:
    usual, won_back = decide(desk), decide(desk, rule="win_back")
    assert probability(usual, "large") == pytest.approx(probability(usual, "small"))
    assert probability(won_back, "large") > probability(won_back, "small")
    assert won_back.rule == "win_back"


def test_one_who_buys_anyway_mostly_gets_nothing_and_every_probability_is_known(desk: OfferDesk) -> None:
    recents = [f"x{number}" for number in range(60)]
    decisions = [decide(desk, recent, rule="buys_anyway", withheld_share=0.8) for recent in recents]
    withheld = [one for one in decisions if one.withheld]
    made = [one for one in decisions if one.offer]
    assert {one.withheld for one in withheld} == {"buys_anyway"}
    assert {one.propensity for one in withheld} == {0.8}
    assert len(withheld) > len(made) > 0
    for one in made:
        assert sum(entry["probability"] for entry in one.candidates) == pytest.approx(1.0)
        assert one.propensity == pytest.approx(probability(one, one.offer.offer_id if one.offer else None))
        assert probability(one, None) == pytest.approx(0.8)


def test_a_group_without_offers_gets_none(desk: OfferDesk) -> None:
    decision = decide(desk, rule="segment")
    assert (decision.offer, decision.withheld, decision.propensity) == (None, "segment", 1.0)
