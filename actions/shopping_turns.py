"""A message that answers a question about shopping: the things for a list, a bundle."""

from __future__ import annotations

from rasa_sdk.events import EventType

from actions import bundle_reading, slots
from actions import order_reading as reading
from actions.beside import tell_beside
from actions.bundle_flow import take
from actions.list_flow import put
from actions.list_items import linked
from actions.list_reading import things_in
from actions.turn import Turn
from analytics.facade import Analytics

#: Intents in which bare names of products may be read.
_BARE_NAMES = frozenset(
    {"nlu_fallback", "out_of_scope", "search_product", "recommend", "add_to_list", "show_list", "affirm"}
)
#: Intents in which a question for a bundle may be read; others know better what she means.
_ASKS_BUNDLE = frozenset(
    {"nlu_fallback", "out_of_scope", "search_product", "recommend", "ask_offers", "goes_with", "product_details"}
)


def take_over(turn: Turn, analytics: Analytics) -> list[EventType] | None:
    """Take an answer to what we asked; None where nothing was asked or she speaks of something else."""
    answered = _about_bundle(turn, analytics)
    return _list_items(turn, analytics) if answered is None else answered


def _about_bundle(turn: Turn, analytics: Analytics) -> list[EventType] | None:
    """Take the bundle that was told, or the question whether there is one with what was shown."""
    if turn.slot(slots.BUNDLE_TOLD):
        asked = turn.slot(slots.OPEN_QUESTION) == slots.ASKED_BUNDLE
        if (asked and turn.intent == "affirm") or bundle_reading.takes_bundle(turn.text, told_just_now=asked):
            return take(turn, analytics)
    something = turn.slot(slots.SHOWN_PRODUCTS) or turn.entity(slots.PRODUCT_QUERY)
    if something and turn.intent in _ASKS_BUNDLE and bundle_reading.asks_for_bundle(turn.text):
        return tell_beside(turn, analytics)
    return None


def _list_items(turn: Turn, analytics: Analytics) -> list[EventType] | None:
    """Take the things for her list that we asked for."""
    if turn.slot(slots.OPEN_QUESTION) != slots.ASKED_LIST_ITEMS or turn.intent not in _BARE_NAMES:
        return None
    if not turn.text or reading.is_question(turn.text) or reading.says_no(turn.text):
        return None
    wishes = [linked(thing, turn, analytics) for thing in things_in(turn.text)]
    return put(turn, analytics, wishes) if wishes else None
