"""A message in the middle of a request about an order: an answer to our question, a correction, a no, or neither."""

from __future__ import annotations

import time
from dataclasses import replace

from rasa_sdk.events import EventType

from actions import order_reading as reading
from actions import reorder_reading, slots
from actions.order_details import with_details
from actions.order_flow import carry_out, pursue, take_another
from actions.order_identity import with_claims
from actions.order_pending import AFTER_PLACING, ALSO_OF, KIND_BY_INTENT, SAME, Pending, begun, dropped, pending_of
from actions.reorder_basket import as_order
from actions.turn import Turn
from analytics.facade import Analytics
from analytics.records import Order

#: Seconds after which a yes is asked for again: she may have forgotten what it was about.
STALE_AFTER = 1800.0
#: Seconds after which a request that was never confirmed is forgotten.
FORGOTTEN_AFTER = 3 * 24 * 3600.0
#: How often we come back to a request after she has spoken of something else.
MOST_REMINDERS = 2
#: Words of a change of the basket at most, where another intent was read in it.
_SHORT = 8
#: Steps at which her own words are the answer.
_ASKED_IN_WORDS = frozenset({"items", "changes", "slot", "payment", "swap", "reason"})


def begin(turn: Turn, analytics: Analytics, kind: str) -> list[EventType]:
    """Begin a request, or go on with one of the same kind."""
    pending = pending_of(turn)
    anew = kind == "reorder" and bool(turn.text)  # another basket, not one more detail of this one
    if pending is None or pending.kind != kind or anew:
        pending = begun(turn, kind)
    if turn.entity(slots.MODE) == "other" or (pending.order_id and reading.means_another(turn.text)):
        return take_another(turn, analytics, pending)
    return pursue(turn, analytics, _with_details(turn, pending), turn.text)


def take_over(turn: Turn, analytics: Analytics) -> list[EventType] | None:
    """Take a message that belongs to the request under way, whatever intent was read in it.

    Returns
    -------
    Events for Rasa; None where there is no request, or the message is about something else.
    """
    pending = pending_of(turn)
    if pending is None or time.time() - pending.asked_at > FORGOTTEN_AFTER:
        return None
    if turn.intent == "complain" and turn.is_upset:
        return None  # an outburst is no answer: it is apologised for first
    if turn.slot(slots.OPEN_QUESTION) == slots.ASKED_REQUEST:
        return _answered(turn, analytics, pending)
    return _detail(turn, analytics, pending)


def come_back(turn: Turn, analytics: Analytics, events: list[EventType]) -> list[EventType]:
    """After something else was answered, come back to the request under way; a few times, and not if she is upset."""
    pending = pending_of(turn)
    asked = any(event.get("name") == slots.OPEN_QUESTION and event.get("value") for event in events)
    changed = any(event.get("name") == slots.ORDER_REQUEST for event in events)
    if pending is None or asked or changed or turn.is_upset or turn.hands_over:
        return []
    if time.time() - pending.asked_at > FORGOTTEN_AFTER:
        return dropped()
    if pending.reminders >= MOST_REMINDERS:
        return []
    turn.say("utter_order_back")
    return pursue(turn, analytics, replace(pending, reminders=pending.reminders + 1))


def _answered(turn: Turn, analytics: Analytics, pending: Pending) -> list[EventType] | None:
    """Read an answer to the question that is open; details come before a no ("all of it" sounds like one)."""
    answered = (
        _yes(turn, analytics, pending)
        or _changed_basket(turn, analytics, pending)
        or _to_be_placed_first(turn, analytics, pending)
        or _corrected(turn, analytics, pending)
        or _detail(turn, analytics, pending)
        or _no(turn, pending)
    )
    if answered is None and turn.intent == "affirm":
        return pursue(turn, analytics, pending)  # a yes where something else was asked
    return answered


def _yes(turn: Turn, analytics: Analytics, pending: Pending) -> list[EventType] | None:
    same_kind = KIND_BY_INTENT.get(turn.intent) == pending.kind
    told = turn.intent == "affirm" or (same_kind and reading.says_yes(turn.text))
    if pending.kind == "cancel" and same_kind:
        told = told or reading.orders_cancelling(turn.text)
    told = told or (pending.kind == "reorder" and reorder_reading.orders_it(turn.text))
    if not told or pending.step != "confirm":
        return None
    if turn.text and (reading.takes_back(turn.text) or turn.entity(slots.ORDER_ID) or reading.means_another(turn.text)):
        return None
    return _act(turn, analytics, pending)


def _act(turn: Turn, analytics: Analytics, pending: Pending) -> list[EventType]:
    """Carry it out, unless the yes belongs to an older question or comes long after ours: then ask again."""
    asked_about = (turn.entity(slots.MODE) or pending.kind, turn.entity(slots.ORDER_ID) or pending.order_id)
    stale = time.time() - pending.asked_at > STALE_AFTER
    if stale or asked_about != (pending.kind, pending.order_id):
        return pursue(turn, analytics, pending)
    return carry_out(turn, analytics, pending)


def _changed_basket(turn: Turn, analytics: Analytics, pending: Pending) -> list[EventType] | None:
    """Take a few words that change what is to be ordered, whatever intent was read in them ("only the milk")."""
    if pending.kind != "reorder" or pending.step not in ("confirm", "changes"):
        return None
    if len(turn.text.split()) > _SHORT or not reorder_reading.may_edit(turn.text):
        return None
    changed = with_details(turn, analytics, pending, as_order(analytics, pending), turn.text)
    sure = changed != pending and not changed.unknown and not changed.absent
    return pursue(turn, analytics, pending, turn.text) if sure else None


def _to_be_placed_first(turn: Turn, analytics: Analytics, pending: Pending) -> list[EventType] | None:
    """Where, when and how a new order is paid for can be changed once it is placed; no older order is meant."""
    if pending.kind != "reorder" or turn.intent not in AFTER_PLACING or turn.entity(slots.ORDER_ID):
        return None
    turn.say("utter_reorder_place_first")
    return pursue(turn, analytics, pending)


def _corrected(turn: Turn, analytics: Analytics, pending: Pending) -> list[EventType] | None:
    """Another order, address or product than the one we named; only for the request we asked about."""
    if pending.step in ("", "identify") or not _is_ours(turn, pending):
        return None
    if not turn.text or not (reading.is_correction(turn) or _edits_basket(turn, pending)):
        return None
    if reading.means_another(turn.text):
        return take_another(turn, analytics, pending)
    changed = _with_details(turn, pending)
    if changed != pending:
        return pursue(turn, analytics, changed, turn.text)
    return _more(turn, analytics, pending) if pending.step == "confirm" else None


def _no(turn: Turn, pending: Pending) -> list[EventType] | None:
    called_off = reading.calls_off(turn.text) and not (pending.kind == "cancel" and turn.intent == "cancel_order")
    own_no = reading.says_no(turn.text) and _is_ours(turn, pending) and turn.intent in KIND_BY_INTENT
    if turn.intent != "deny" and not called_off and not own_no:
        return None
    turn.say("utter_order_dropped")
    return dropped()


def _detail(turn: Turn, analytics: Analytics, pending: Pending) -> list[EventType] | None:
    """The answer to what we asked: number and e-mail, an address, products, the kind of a problem."""
    if not turn.text or not _is_ours(turn, pending):
        return None
    if pending.step == "identify":
        claimed = with_claims(turn, pending)
        return pursue(turn, analytics, claimed, turn.text) if claimed != pending else None
    if pending.step == "address":
        address = reading.address_in(turn.text)
        return pursue(turn, analytics, replace(pending, address=address)) if address else None
    return None if reading.is_question(turn.text) else _of_the_goods(turn, analytics, pending)


def _of_the_goods(turn: Turn, analytics: Analytics, pending: Pending) -> list[EventType] | None:
    if pending.step == "problem" and reading.problem_in(turn.text):
        return pursue(turn, analytics, replace(pending, problem=reading.problem_in(turn.text)), turn.text)
    return _more(turn, analytics, pending) if pending.step in _ASKED_IN_WORDS else None


def _more(turn: Turn, analytics: Analytics, pending: Pending) -> list[EventType] | None:
    """Take what the message adds to the request; None where it adds nothing."""
    order = _in_question(turn, analytics, pending)
    if order is None:
        return None
    told = with_details(turn, analytics, pending, order, turn.text)
    if told == pending:
        return None
    if pending.kind == "reorder":  # a basket is read together with what was offered instead
        return pursue(turn, analytics, pending, turn.text)
    return pursue(turn, analytics, told)  # with what was read of her words, which are not read again


def _in_question(turn: Turn, analytics: Analytics, pending: Pending) -> Order | None:
    if pending.kind == "reorder":
        return as_order(analytics, pending)
    customer = turn.customer_id or (turn.slot(slots.ORDER_PASS) or {}).get("customer_id")
    return analytics.order(pending.order_id, customer) if customer else None


def _edits_basket(turn: Turn, pending: Pending) -> bool:
    """Whether a message of any length changes what is to be ordered ("can you leave out the milk please")."""
    return pending.kind == "reorder" and reorder_reading.may_edit(turn.text)


def _is_ours(turn: Turn, pending: Pending) -> bool:
    """Whether a message can belong to the request: it asks for nothing else that concerns an order."""
    if pending.step == "identify":
        return True
    if pending.step in _ASKED_IN_WORDS and reading.is_short_answer(turn.text):
        return True  # "the salsa": whatever it is read as, it may be what we asked for
    if turn.intent in ALSO_OF.get(pending.kind, ()):
        return reorder_reading.may_edit(turn.text)
    return KIND_BY_INTENT.get(turn.intent, pending.kind) == pending.kind


def _with_details(turn: Turn, pending: Pending) -> Pending:
    """Add what the message says of order, problem and address; a number within an address is no order's."""
    address = reading.address_in(turn.text) if pending.kind == "address" else ""
    number = turn.entity(slots.ORDER_ID) or ""
    number = "" if number and number in address.upper() else number
    mode = turn.entity(slots.MODE) or ""
    problem = (reading.problem_in(mode) or reading.problem_in(turn.text)) if pending.kind == "problem" else ""
    known = turn.customer_id is not None
    another = bool(number) and number != pending.order_id
    choice = turn.entity(slots.CHOICE) or ""
    return replace(
        pending,
        order_id=number if known and number else "" if number else pending.order_id,
        claimed_order=pending.claimed_order if known or not number else number,
        claimed_email=pending.claimed_email if known else reading.email_in(turn.text) or pending.claimed_email,
        problem=problem or pending.problem,
        address=address or pending.address,
        choice=choice or ("" if mode == "again" else pending.choice),
        replacement=SAME if mode == SAME else pending.replacement,
        changes=() if another else pending.changes,
        source="" if another else pending.source,
        everything=mode == "all" or (pending.everything and not another),
        product_ids=() if another or mode == "all" else pending.product_ids,
    )
