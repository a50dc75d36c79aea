"""A message in the middle of a request about an account or data: a yes, a correction, a value, a no, or neither."""

from __future__ import annotations

import time
from dataclasses import replace

from rasa_sdk.events import EventType

from actions import order_reading as reading
from actions import slots
from actions.account_flow import ask_next, carry_out, say_form, take_value
from actions.account_pending import INTENT_OF_KIND, AccountPending, dropped, pending_of
from actions.account_reading import detail_in
from actions.turn import Turn
from analytics.facade import Analytics

#: Seconds after which a yes is asked for again: she may have forgotten what it was about.
STALE_AFTER = 1800.0
#: Intents in which an answer to our question may be read that is none of the shop's affairs.
_UNREAD = frozenset(
    {"nlu_fallback", "out_of_scope", "affirm", "search_product", "greet", "thank", "bot_challenge", "small_talk"}
)


def take_over(turn: Turn, analytics: Analytics) -> list[EventType] | None:
    """Take a message that answers our question about an account, whatever intent was read in it.

    Returns
    -------
    Events for Rasa; None where no such question is open, or the message is about something else.
    """
    pending = pending_of(turn)
    if pending is None or turn.slot(slots.OPEN_QUESTION) != slots.ASKED_ACCOUNT:
        return None
    if turn.intent == "complain" and turn.is_upset:
        return None
    if turn.text and (answered := _answered(turn, analytics, pending)) is not None:
        return answered
    return _yes(turn, analytics, pending) or _no(turn, pending)


def come_back(turn: Turn, analytics: Analytics, events: list[EventType]) -> list[EventType]:
    """After something else was answered, come back to the open question once; not to somebody upset."""
    pending = pending_of(turn)
    touched = any(event.get("name") == slots.ACCOUNT_REQUEST for event in events)
    asked = any(event.get("name") == slots.OPEN_QUESTION and event.get("value") for event in events)
    if pending is None or touched or asked or turn.is_upset or turn.hands_over:
        return []
    if pending.reminders or time.time() - pending.asked_at > STALE_AFTER:
        return dropped(turn)
    turn.say("utter_account_back")
    return ask_next(turn, analytics, replace(pending, reminders=1))


def _answered(turn: Turn, analytics: Analytics, pending: AccountPending) -> list[EventType] | None:
    """Read a detail, a value or a correction out of her words; a value counts more than the no before it."""
    if pending.step == "detail" and (detail := detail_in(turn.text)) and detail != "password":
        known = replace(pending, detail=detail)
        return take_value(turn, analytics, known) or ask_next(turn, analytics, known)
    if pending.step == "confirm":
        corrects = pending.value and not (reading.is_question(turn.text) or reading.says_yes(turn.text))
        return take_value(turn, analytics, pending) if corrects else None
    if pending.step != "value" or reading.calls_off(turn.text):
        return None
    taken = take_value(turn, analytics, pending)
    if taken is not None:
        return taken
    tried = "@" in turn.text or (turn.intent in _UNREAD and not reading.is_question(turn.text))
    return say_form(turn, pending) if tried and not reading.says_no(turn.text) else None


def _yes(turn: Turn, analytics: Analytics, pending: AccountPending) -> list[EventType] | None:
    same_kind = turn.intent == INTENT_OF_KIND.get(pending.kind)
    if turn.intent != "affirm" and not (same_kind and reading.says_yes(turn.text)):
        return None
    asked_about = turn.entity(slots.MODE) or pending.kind
    stale = time.time() - pending.asked_at > STALE_AFTER
    if pending.step != "confirm" or stale or asked_about != pending.kind or reading.takes_back(turn.text):
        return ask_next(turn, analytics, pending)
    return carry_out(turn, analytics, pending)


def _no(turn: Turn, pending: AccountPending) -> list[EventType] | None:
    own_no = reading.says_no(turn.text) and turn.intent == INTENT_OF_KIND.get(pending.kind)
    if turn.intent != "deny" and not reading.calls_off(turn.text) and not own_no:
        return None
    turn.say("utter_account_dropped")
    return dropped(turn)
