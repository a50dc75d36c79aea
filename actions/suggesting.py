"""Products suggested beside or instead of another: shown with their reasons, and written down as a decision."""

from __future__ import annotations

from rasa_sdk.events import EventType

from actions import slots
from actions.cards import show_recommendations
from actions.moment import shown_before
from actions.turn import Turn
from analytics.facade import Analytics
from analytics.recommendation_records import Bundle
from analytics.records import Recommendation

PICKS = 3


def suggest(
    turn: Turn,
    analytics: Analytics,
    picks: list[Recommendation],
    *,
    bundle: Bundle | None = None,
    withheld: str = "",
) -> list[EventType]:
    """Show the picks; what was said before them names what they go with or stand in for.

    Parameters
    ----------
    bundle : told beside them, or withheld for a reason such as "mood": written down in the same decision.
    """
    turn.decide(
        "recommendation",
        chosen=",".join(pick.product.product_id for pick in picks),
        candidates=[{"product_id": pick.product.product_id, "score": pick.score} for pick in picks],
    )
    if bundle is not None:
        turn.decide_bundle(bundle, withheld)
    before = [shown_before(turn)] if turn.slot_list(slots.SHOWN_PRODUCTS) else []
    return [*show_recommendations(turn, picks, analytics.shop().currency), *before]
