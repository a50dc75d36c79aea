"""The answer to a complaint: an apology and help that fit, and a person where one is needed; nothing is sold."""

from __future__ import annotations

from dataclasses import replace

from rasa_sdk.events import EventType, SlotSet

from actions import slots, wording
from actions.action_payment_problem import HelpWithPayment
from actions.action_track_order import TrackOrder
from actions.complaining import take_down
from actions.complaint_reading import ReadComplaint, read_complaint
from actions.order_flow import pursue
from actions.order_identity import with_claims
from actions.order_pending import begun
from actions.payment_reading import payment_trouble_in
from actions.turn import Turn
from analytics.complaint_records import Goodwill
from analytics.facade import Analytics

#: The apology that fits, by topic; help follows where there is some, else a person is offered in the same breath.
_APOLOGIES = {
    "late": "utter_complaint_late",
    "missing": "utter_complaint_goods",
    "damaged": "utter_complaint_goods",
    "wrong": "utter_complaint_goods",
    "payment": "utter_complaint_payment",
    "quality": "utter_complaint_quality",
    "price": "utter_complaint_price",
    "staff": "utter_complaint_staff",
    "website": "utter_complaint_website",
    "waiting": "utter_complaint_waiting",
    "bot": "utter_complaint_bot",
    "other": "utter_complaint_other",
}
#: What is said where a person takes over at once, by why.
_URGENT = {
    "safety": "utter_complaint_safety",
    "legal": "utter_complaint_legal",
    "threat": "utter_complaint_legal",
}


def apologise(turn: Turn, analytics: Analytics) -> list[EventType]:
    """Apologise, take the complaint down, and help: with the order itself, within the policy, or by a person."""
    read = read_complaint(turn)
    taken = take_down(turn, analytics, read)
    if read.urgent or taken.needs_person or read.wish == "person":
        return _hand_over(turn, analytics, read, taken.goodwill)
    if read.topic == "other" and not turn.is_upset and read.wish in ("", "explanation"):
        turn.say("utter_complaint_listening")
    elif read.topic == "other" and read.wish == "refund":
        turn.say("utter_complaint_refund")
    elif not read.problem or turn.is_upset or turn.customer_id is None:
        turn.say(_APOLOGIES[read.topic])  # the question about the goods says sorry itself to somebody calm
    if read.topic == "late":  # what she wants to know first is where it is
        events = _help(turn, analytics, read)
        _say_goodwill(turn, analytics, taken.goodwill)
        return events
    _say_goodwill(turn, analytics, taken.goodwill)
    return _help(turn, analytics, read)


def _hand_over(turn: Turn, analytics: Analytics, read: ReadComplaint, goodwill: Goodwill | None) -> list[EventType]:
    asked = "utter_hand_over_upset" if read.wish == "person" else "utter_complaint_person"
    turn.say(_URGENT.get(read.urgent, asked))
    _say_goodwill(turn, analytics, goodwill)
    turn.hand_over("asked" if read.wish == "person" else "angry")
    return []


def _say_goodwill(turn: Turn, analytics: Analytics, goodwill: Goodwill | None) -> None:
    if goodwill is not None:
        amount = wording.money(goodwill.amount, analytics.shop().currency)
        turn.say("utter_complaint_goodwill", amount=amount, until=wording.day(goodwill.valid_until))


def _help(turn: Turn, analytics: Analytics, read: ReadComplaint) -> list[EventType]:
    """Go on to what can be done, with all that she has said already; else the person offered is what "yes" means."""
    if read.problem:
        pending = replace(begun(turn, "problem"), problem=read.problem)
        if turn.customer_id is None:
            pending = with_claims(turn, pending)
        else:
            pending = replace(pending, order_id=turn.entity(slots.ORDER_ID) or "")
        return pursue(turn, analytics, pending, turn.text)
    if read.topic == "payment" and payment_trouble_in(turn.text):
        return HelpWithPayment().respond(turn)
    if read.topic == "late":
        return [*TrackOrder().respond(turn), SlotSet(slots.OPEN_QUESTION, slots.ASKED_PERSON)]
    return [SlotSet(slots.OPEN_QUESTION, slots.ASKED_PERSON)]
