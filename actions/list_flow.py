"""Putting things on a shopping list, whoever asks for it: the list's own action, or an answer to its question."""

from __future__ import annotations

from collections.abc import Sequence

from rasa_sdk.events import EventType

from actions import wording
from actions.list_items import shopper_of
from actions.turn import Turn
from analytics.facade import Analytics
from analytics.shopping_service import Wish


def put(turn: Turn, analytics: Analytics, wishes: Sequence[Wish]) -> list[EventType]:
    """Put things on her list and say so; a visitor is told where it is kept."""
    listed = analytics.shopping_service().add(shopper_of(turn), wishes)
    if listed.added:
        turn.say("utter_list_added", items=wording.listing(listed.added))
    elif listed.already:
        turn.say("utter_list_already", items=wording.listing(listed.already))
    if listed.left_out:
        turn.say("utter_list_full", items=wording.listing(listed.left_out))
    if turn.customer_id is None and listed.added and turn.before.last_response != "utter_list_visitor":
        turn.say("utter_list_visitor")
    return []
