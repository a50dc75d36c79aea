"""Which of the shop's rules holds for a customer, by what is expected of her and how she shops."""

from __future__ import annotations

from dataclasses import dataclass, field

from analytics.customers.tastes import Tastes
from analytics.offer_records import OfferPolicy, OfferRule
from analytics.profile_records import CustomerProfile
from store.repositories.offers import OfferRow

#: Monetary score (of 5) from which she counts as an average customer's worth where no value was predicted.
_WORTHY_SCORE = 3
#: An amount off that is as generous as everything off, major currency units.
_GENEROUS_AMOUNT = 20.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Situation:
    """What the rules look at; nothing is known of a visitor, or of one who wants nothing personal."""

    #: Probability of leaving, 0..1; None where nothing was predicted of her in particular.
    churn: float | None = None
    #: What she is worth beside an average customer; None where neither a prediction nor a score tells.
    worth: float | None = None
    discount_share: float | None = None
    #: Her segment, class and rule segments, lower case.
    groups: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class Addressee:
    """Whom an offer is for, and which rule holds for her."""

    #: None for a visitor.
    customer_id: str | None
    #: Whether what she bought may be used.
    personal: bool = True
    rule: OfferRule = "fits"
    #: Probability (0..1) with which the rule "buys_anyway" makes no offer.
    withheld_share: float = 1.0
    #: What she said she does not like or eat is not offered.
    tastes: Tastes = field(default_factory=Tastes)


def situation_of(profile: CustomerProfile | None) -> Situation:
    """Give what the rules look at."""
    if profile is None:
        return Situation()
    named = (profile.segment.name if profile.segment else None, profile.rfm_class, *profile.rule_segments)
    churn = profile.predictions.of("churn") if profile.predictions else None
    return Situation(
        churn=churn.value if churn is not None and churn.basis != "shop" else None,
        worth=_worth(profile),
        discount_share=profile.discount_share,
        groups=frozenset(name.lower() for name in named if name),
    )


def rule_for(situation: Situation, policy: OfferPolicy) -> OfferRule:
    """Give the rule that holds; what a shop says of a group comes first."""
    if situation.groups & policy.not_for:
        return "segment"
    if _leaving(situation, policy):
        worthy = situation.worth is not None and situation.worth >= policy.win_back_worth
        return "win_back" if worthy else "fits"
    return "buys_anyway" if _buys_anyway(situation, policy) else "fits"


def generosity(row: OfferRow) -> float:
    """Give how much an offer takes off, from 1 (unknown) to 2 (everything)."""
    if row.value is None:
        return 1.0
    share = row.value / 100.0 if row.kind == "percent" else row.value / _GENEROUS_AMOUNT
    return 1.0 + min(max(share, 0.0), 1.0)


def _leaving(situation: Situation, policy: OfferPolicy) -> bool:
    if situation.churn is not None:
        return situation.churn >= policy.win_back_from
    return bool(situation.groups & policy.win_back_classes)


def _buys_anyway(situation: Situation, policy: OfferPolicy) -> bool:
    sure = situation.churn is not None and situation.churn < policy.buys_anyway_below
    return sure and situation.discount_share is not None and situation.discount_share < policy.full_price_below


def _worth(profile: CustomerProfile) -> float | None:
    value = profile.predictions.of("value") if profile.predictions else None
    spent = 0.0 if profile.rfm is None else profile.rfm.monetary_score / _WORTHY_SCORE
    if value is None or value.basis == "shop" or value.baseline <= 0:
        return spent if profile.rfm is not None else None
    # One who is about to leave is expected to spend little: what she spent so far tells what may be won back.
    return max(value.value / value.baseline, spent)
