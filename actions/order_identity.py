"""Whose orders may be spoken of: a signed-in customer's own, or the one a visitor has proved to be hers."""

from __future__ import annotations

import time
from collections.abc import Mapping
from dataclasses import dataclass, replace

from rasa_sdk.events import EventType, SlotSet

from actions import slots
from actions.order_pending import Pending, dropped, kept
from actions.order_reading import email_in
from actions.turn import Turn
from analytics.facade import Analytics
from analytics.order_records import IdentityClaim, Verified

#: Seconds for which a visitor's proof is good: nobody should find an order open on a shared computer.
PASS_SECONDS = 1800.0


@dataclass(frozen=True, slots=True)
class Requester:
    """Whose orders; `only` is the one order a visitor may speak of, empty for a signed-in customer."""

    customer_id: str
    only: str = ""


def requester_of(turn: Turn) -> Requester | None:
    """Give who is asking; None for a visitor who has proved nothing, or too long ago."""
    if turn.customer_id is not None:
        return Requester(turn.customer_id)
    shown = turn.slot(slots.ORDER_PASS)
    if not isinstance(shown, Mapping) or time.time() - float(shown["at"]) > PASS_SECONDS:
        return None
    return Requester(str(shown["customer_id"]), str(shown["order_id"]))


def with_claims(turn: Turn, pending: Pending) -> Pending:
    """Add the order number and the e-mail address that the message holds."""
    return replace(
        pending,
        claimed_order=turn.entity(slots.ORDER_ID) or pending.claimed_order,
        claimed_email=email_in(turn.text) or pending.claimed_email,
    )


def identify(turn: Turn, analytics: Analytics, pending: Pending) -> tuple[Requester | None, list[EventType]]:
    """Check a visitor's claim, or ask for what is missing of it.

    Returns
    -------
    Who she is and the events that keep it in mind; or None, after something was said.
    """
    claimed = bool(pending.claimed_order), bool(pending.claimed_email)
    if not all(claimed):
        turn.say(_QUESTIONS[claimed])
        return None, kept(replace(pending, step="identify", asked_at=time.time()))
    verdict = analytics.order_service().identify(
        IdentityClaim(
            order_id=pending.claimed_order,
            email=pending.claimed_email,
            conversation_id=turn.conversation_id,
            key=f"{turn.conversation_id}:{turn.message_id}",
        )
    )
    if isinstance(verdict, Verified):
        shown = {"customer_id": verdict.customer_id, "order_id": verdict.order_id, "at": time.time()}
        return Requester(verdict.customer_id, verdict.order_id), [SlotSet(slots.ORDER_PASS, shown)]
    if verdict == "throttled":
        turn.say("utter_order_identify_throttled")
        return None, dropped(slots.ASKED_PERSON)
    turn.say("utter_order_identify_failed")
    asked = replace(pending, step="identify", claimed_order="", claimed_email="", asked_at=time.time())
    return None, kept(asked)


#: What is asked, by whether the number and the e-mail address are known.
_QUESTIONS = {
    (False, False): "utter_order_identify",
    (True, False): "utter_order_identify_email",
    (False, True): "utter_order_identify_number",
}
