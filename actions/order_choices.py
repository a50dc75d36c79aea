"""What she may choose from for an order: delivery slots, ways to pay, the shop's reasons; and which one she means."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from actions import wording
from actions.pointing import ORDINALS
from actions.turn import Turn
from analytics.order_records import DeliverySlot
from analytics.order_service import OrderService
from language.when import When, when_in

#: More choices than these are not listed; she can name others.
MOST_LISTED = 6
_CHOICES = {
    "slot": "utter_order_slot_choice",
    "payment": "utter_order_payment_choice",
    "cancel": "utter_order_cancel_choice",
}
#: What she has now and what she does not want: "from PayPal to my card", "card instead of PayPal".
_NOT_THIS = re.compile(r"\bfrom\b.+?\bto\b|\b(?:instead of|rather than|but not|not)\b.*$", re.I | re.S)
#: "Cancel my order" gives no reason, "ordered by mistake" does.
_THE_ORDER = re.compile(r"\borders?\b", re.I)
#: Words this short ("or", "by", "no") tell no choice from another, and endings differ: "needed", "need".
_SHORTEST, _ROOT = 4, 4


@dataclass(frozen=True, slots=True)
class Choice:
    """One of the things to choose from, as the house knows it and as she reads it."""

    value: str
    title: str


def choices_for(kind: str, service: OrderService) -> list[Choice]:
    """Give all that can be chosen for a kind of request."""
    if kind == "slot":
        return [_of_slot(slot) for slot in service.slots()]
    listed = service.policy.payment_methods if kind == "payment" else service.policy.cancel_reasons
    return [Choice(each, each[:1].upper() + each[1:]) for each in listed]


def chosen_in(text: str, kind: str, service: OrderService, listed: Sequence[str]) -> list[Choice]:
    """Give the choices a message fits; one is her choice, several are still to be told apart, none says nothing.

    Parameters
    ----------
    listed : values in the order in which they were last shown, for "the second one".
    """
    every = choices_for(kind, service)
    place = next((ORDINALS[word] for word in re.findall(r"\w+", text.lower()) if word in ORDINALS), None)
    if place is not None and listed and -len(listed) <= place < len(listed) and len(text.split()) <= MOST_LISTED:
        return [choice for choice in every if choice.value == listed[place]]
    if kind == "slot":
        return _slots_in(text, service)
    return _named_in(_NOT_THIS.sub(" ", _THE_ORDER.sub(" ", text)), every)


def nearest(text: str, service: OrderService) -> list[Choice]:
    """Give the slots of the day a message names; all of them where it names none, or none of that day are left."""
    day = when_in(text, service.moment().date()).day
    of_day = [slot for slot in service.slots() if slot.starts_at.date() == day]
    return [_of_slot(slot) for slot in of_day or service.slots()]


def offer(turn: Turn, kind: str, choices: Sequence[Choice]) -> tuple[str, ...]:
    """Show choices as quick replies under what was just said; give what was shown."""
    shown = choices[:MOST_LISTED]
    for choice in shown:
        turn.say(_CHOICES[kind], title=choice.title, choice_key=json.dumps(choice.value))
    turn.say("utter_order_choice_end")
    return tuple(choice.value for choice in shown)


def _slots_in(text: str, service: OrderService) -> list[Choice]:
    wanted = when_in(text, service.moment().date())
    return [_of_slot(slot) for slot in service.slots() if wanted and _fits(slot, wanted)]


def _fits(slot: DeliverySlot, wanted: When) -> bool:
    if wanted.day not in (None, _day(slot)):
        return False
    starts, ends = _hour_of(slot, "starts"), _hour_of(slot, "ends")
    earliest = 0.0 if wanted.earliest is None else wanted.earliest
    latest = 24.0 if wanted.latest is None else wanted.latest
    if earliest == latest:
        return starts <= earliest < ends
    return (earliest <= starts and ends <= latest) or (starts <= earliest and latest <= ends)


def _day(slot: DeliverySlot) -> date:
    return slot.starts_at.date()


def _hour_of(slot: DeliverySlot, end: str) -> float:
    moment = slot.starts_at if end == "starts" else slot.ends_at
    return moment.hour + moment.minute / 60


def _named_in(text: str, every: Sequence[Choice]) -> list[Choice]:
    said = _roots(text)
    common = [len(said & _roots(choice.title)) for choice in every]
    best = max(common, default=0)
    return [choice for choice, count in zip(every, common, strict=True) if count == best] if best else []


def _roots(text: str) -> set[str]:
    return {word[:_ROOT] for word in re.findall(r"[a-z]+", text.lower()) if len(word) >= _SHORTEST}


def _of_slot(slot: DeliverySlot) -> Choice:
    return Choice(slot.slot_id, wording.slot(slot.starts_at, slot.ends_at))
