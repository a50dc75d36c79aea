"""Help where a payment went wrong: what the shop's pages say, a look at her orders, a person who can see more."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from rasa_sdk.events import EventType, SlotSet

from actions import slots, wording
from actions.base import EngagementAction
from actions.complaining import keep_note
from actions.help_passages import best_passage, say_passage
from actions.order_turns import begin
from actions.payment_reading import payment_trouble_in
from actions.turn import Turn
from analytics.records import Order

#: Orders among which two alike are looked for.
_LOOKED_AT = 10
#: Two orders of the same total are taken for one placed twice within this time.
_SAME_DAY = timedelta(days=1)
#: What is said before the help page's own words, and the question that finds these.
_TROUBLES = {
    "declined": ("utter_payment_declined", "my card was declined"),
    "gift_card": ("utter_payment_gift_card", "my gift card doesn't work"),
    "amount": ("utter_payment_amount", "why was I charged a different amount"),
    "unseen": ("utter_payment_unseen", "when will my card be charged"),
}


class HelpWithPayment(EngagementAction):
    """Answer "my card was declined", "I was charged twice" and "my gift card isn't accepted"."""

    action_name = "action_payment_problem"

    def respond(self, turn: Turn) -> list[EventType]:
        """Serve the trouble; whatever it is, a person is offered, who finds a note of it."""
        trouble = turn.entity(slots.MODE) or _read(turn)
        if trouble == "refund":
            return begin(turn, self.analytics, "refund")
        if trouble == "twice":
            return self._twice(turn)
        if trouble not in _TROUBLES:
            turn.say("utter_payment_what")
            return []
        response, question = _TROUBLES[trouble]
        turn.say(response)
        self._say_page(turn, question)
        keep_note(turn, self.analytics, "payment", trouble)
        return [SlotSet(slots.OPEN_QUESTION, slots.ASKED_PERSON)]

    def _twice(self, turn: Turn) -> list[EventType]:
        if turn.customer_id is None:
            turn.say("utter_payment_twice_visitor")
            self._say_page(turn, "I was charged twice")
            keep_note(turn, self.analytics, "payment", "twice")
            return [SlotSet(slots.OPEN_QUESTION, slots.ASKED_PERSON)]
        pair = _alike(self.analytics.orders(turn.customer_id, limit=_LOOKED_AT))
        if pair is None:
            turn.say("utter_payment_twice_none")
            self._say_page(turn, "I was charged twice")
            keep_note(turn, self.analytics, "payment", "twice")
        else:
            later, earlier = pair
            total = wording.money(later.total, self.analytics.shop().currency)
            placed = wording.day(later.placed_at)
            turn.say(
                "utter_payment_twice_found", first=earlier.order_id, second=later.order_id, total=total, placed=placed
            )
            keep_note(turn, self.analytics, "payment", f"twice: {earlier.order_id}, {later.order_id}")
        return [SlotSet(slots.OPEN_QUESTION, slots.ASKED_PERSON)]

    def _say_page(self, turn: Turn, question: str) -> None:
        """Say what the shop's pages tell of it, where they do."""
        passage = best_passage(self.analytics, question)
        if passage is not None:
            say_passage(turn, passage)


def _read(turn: Turn) -> str:
    """Read the trouble by meaning, else by words; the aspect of another intent ("late") is none of ours."""
    aspect = turn.entity(slots.ASPECT) or ""
    return aspect if aspect in (*_TROUBLES, "twice", "refund") else payment_trouble_in(turn.text)


def _alike(orders: Sequence[Order]) -> tuple[Order, Order] | None:
    """Give the latest two orders of the same total within a day, the later first; cancelled ones don't count."""
    standing = [order for order in orders if order.state not in ("cancelled", "returned")]
    for place, later in enumerate(standing):
        for earlier in standing[place + 1 :]:
            if later.total == earlier.total > 0 and abs(later.placed_at - earlier.placed_at) <= _SAME_DAY:
                return later, earlier
    return None
