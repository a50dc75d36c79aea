"""What is told when she asks what is known of her: in words she would use, and all of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

from actions import wording
from analytics.facade import Analytics
from analytics.prediction_records import Predictions
from analytics.profile_records import CustomerProfile

#: Categories and unmet wishes that are told; the copy of her data has all of them.
_TOLD = 3
#: From this probability of leaving on it is said that she shops less than before; no figure is told.
SHOPS_LESS = 0.5
#: A date further away than this is no expectation worth telling.
_DAYS_AHEAD = 120


def known_facts(analytics: Analytics, profile: CustomerProfile) -> dict[str, str]:
    """Give the facts that fill `utter_privacy_known`, beside her account's details."""
    stated = profile.preferences.stated
    reviews = analytics.review_service().of_customer(profile.customer_id)
    ratings = analytics.rating_service().of_customer(profile.customer_id)
    buys = list(profile.preferences.inferred)[:_TOLD]
    return {
        "segment": wording.or_none(profile.segment.name if profile.segment else None),
        "tastes": wording.or_none(spoken_tastes(stated)),
        "buys": wording.or_none(wording.listing([name.lower() for name in buys])),
        "expected": wording.or_none(spoken_expectation(profile.predictions)),
        "refused": str(len(stated.get("refused_products", ()))),
        "reviews": _counted(len(reviews), "review"),
        "ratings": _counted(sum(1 for one in ratings if one.score), "rating"),
        "unmet": wording.or_none("; ".join(profile.unmet_requests[-_TOLD:])),
    }


def spoken_tastes(stated: Mapping[str, Sequence[str]]) -> str:
    """Word her tastes: "vegetarian; you like tea; you don't like olives"; empty where she has told none."""
    likes, dislikes = list(stated.get("likes", ())), list(stated.get("dislikes", ()))
    told = list(stated.get("diets", ()))
    if likes:
        told.append(f"you like {wording.listing(likes)}")
    if dislikes:
        told.append(f"you don't like {wording.listing(dislikes)}")
    if stated.get("less_of"):
        told.append(f"you want to see less of {wording.listing(list(stated['less_of']))}")
    return "; ".join(told)


def spoken_expectation(predictions: Predictions | None) -> str:
    """Word what is expected of her, kindly and without figures of probability; empty where nothing is."""
    if predictions is None:
        return ""
    told = []
    order, churn, category = (predictions.of(kind) for kind in ("next_order", "churn", "next_category"))
    if order is not None and 0 <= order.value <= _DAYS_AHEAD:
        told.append(f"your next order around {_day_after(predictions.made_at, order.value)}")
    if category is not None and category.label:
        told.append(f"with {category.label.lower()} in it" if told else f"{category.label.lower()} in your next order")
    if churn is not None and churn.value >= SHOPS_LESS:
        told.append("though you shop with us less than you used to" if told else "that you shop less than you used to")
    return ", ".join(told)


def _day_after(made_at: datetime, days: float) -> str:
    return wording.day(made_at + timedelta(days=days))


def _counted(number: int, word: str) -> str:
    return "none" if number == 0 else f"{number} {word}" if number == 1 else f"{number} {word}s"
