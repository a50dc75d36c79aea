"""Products suggested beside or instead of another: shown with their reasons, and written down as a decision."""

from __future__ import annotations

from rasa_sdk.events import EventType

from actions.cards import show_recommendations
from actions.turn import Turn
from analytics.facade import Analytics
from analytics.records import Recommendation

PICKS = 3


def suggest(turn: Turn, analytics: Analytics, picks: list[Recommendation]) -> list[EventType]:
    """Show the picks; what was said before them names what they go with or stand in for."""
    turn.decide(
        "recommendation",
        chosen=",".join(pick.product.product_id for pick in picks),
        candidates=[{"product_id": pick.product.product_id, "score": pick.score} for pick in picks],
    )
    return show_recommendations(turn, picks, analytics.shop().currency)
