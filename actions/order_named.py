"""A message that is little more than the number of an order: what was asked before is asked of that order."""

from __future__ import annotations

from rasa_sdk.events import EventType

from actions import slots
from actions.action_track_order import TrackOrder
from actions.order_pending import KIND_BY_INTENT
from actions.order_turns import begin
from actions.turn import Turn
from analytics.facade import Analytics

#: More words than "sorry, I meant order 40251" are a sentence, which should have been understood.
_MOST_WORDS = 6
_KIND_BY_ACTION = {f"action_{intent}": kind for intent, kind in KIND_BY_INTENT.items()}


def answer_about_named(turn: Turn, analytics: Analytics) -> list[EventType] | None:
    """Ask what was asked in the turn before of the order she names now; else tell where that order is.

    Returns
    -------
    Events for Rasa; None where the message names no order or says more than that.
    """
    if not turn.entity(slots.ORDER_ID) or len(turn.text.split()) > _MOST_WORDS:
        return None
    asked = (_KIND_BY_ACTION[action] for action in turn.before.actions if action in _KIND_BY_ACTION)
    kind = next(asked, None)
    return TrackOrder().respond(turn) if kind is None else begin(turn, analytics, kind)
