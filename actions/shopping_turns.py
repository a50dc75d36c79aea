"""A message that answers a question about shopping: the things for a list."""

from __future__ import annotations

from rasa_sdk.events import EventType

from actions import order_reading as reading
from actions import slots
from actions.list_flow import put
from actions.list_items import linked
from actions.list_reading import things_in
from actions.turn import Turn
from analytics.facade import Analytics

#: Intents in which bare names of products may be read.
_BARE_NAMES = frozenset(
    {"nlu_fallback", "out_of_scope", "search_product", "recommend", "add_to_list", "show_list", "affirm"}
)


def take_over(turn: Turn, analytics: Analytics) -> list[EventType] | None:
    """Take the things for her list that we asked for; None where nothing was asked or she speaks of something else."""
    if turn.slot(slots.OPEN_QUESTION) != slots.ASKED_LIST_ITEMS or turn.intent not in _BARE_NAMES:
        return None
    if not turn.text or reading.is_question(turn.text) or reading.says_no(turn.text):
        return None
    wishes = [linked(thing, turn, analytics) for thing in things_in(turn.text)]
    return put(turn, analytics, wishes) if wishes else None
