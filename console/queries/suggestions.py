"""What an agent may recommend: three lists for one customer or visitor, out of the recommender the bot asks too."""

from __future__ import annotations

from dataclasses import dataclass

from analytics.facade import Analytics, AnalyticsUnavailable
from analytics.recommendation_records import Mode, RecommendContext
from analytics.records import Recommendation

#: Products of a list.
LENGTH = 6
_LISTS: tuple[tuple[Mode, str, str], ...] = (
    ("for_you", "For her", "Nothing fits at the moment."),
    ("buy_again", "Buy again", "Nothing that may be used says what she bought before."),
    ("new", "Something new", "Nothing new fits at the moment."),
)
_IMPERSONAL = (
    "Personalisation is off: she does not want what she bought or did to be used. This is what a visitor would see, "
    "but for tastes and refusals she stated herself."
)
_VISITOR = "A visitor: nothing is known of what she bought. This is what the shop shows everybody."


@dataclass(frozen=True, slots=True, kw_only=True)
class Suggested:
    """One list; `empty` is said where it has no picks."""

    title: str
    empty: str
    picks: tuple[Recommendation, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Suggestions:
    """The lists; `note` says why they are not personal, `fault` why there are none."""

    currency: str = ""
    lists: tuple[Suggested, ...] = ()
    note: str = ""
    fault: str = ""


def suggestions_for(analytics: Analytics, customer_id: str | None) -> Suggestions:
    """Ask the recommender for every list; synchronous, some ten milliseconds.

    Parameters
    ----------
    customer_id : None for a visitor. Where she wants nothing personal the facade uses nothing of what she bought.
    """
    try:
        lists = tuple(
            Suggested(
                title=title,
                empty=empty,
                picks=tuple(analytics.recommend(customer_id, RecommendContext(mode=mode), limit=LENGTH)),
            )
            for mode, title, empty in _LISTS
        )
        return Suggestions(currency=analytics.shop().currency, lists=lists, note=_note(analytics, customer_id))
    except AnalyticsUnavailable as error:
        return Suggestions(fault=str(error))


def _note(analytics: Analytics, customer_id: str | None) -> str:
    if customer_id is None:
        return _VISITOR
    profile = analytics.profile(customer_id)
    allowed = profile is None or profile.consents.get("personalisation", True)
    return "" if allowed else _IMPERSONAL
