"""Make an offer that fits her segment and habits, or say honestly that there is none."""

from __future__ import annotations

from rasa_sdk.events import EventType, SlotSet

from actions import slots, wording
from actions.selling import SellingAction
from actions.turn import Turn
from analytics.records import Offer, OfferDecision

#: What is said where analytics withheld an offer, by its reason.
WITHHELD = {
    "no_offer": "utter_offer_none",
    "recently_offered": "utter_offer_no_other",
    "opted_out": "utter_offer_unwanted",
    "buys_anyway": "utter_offer_none_apart",
    "segment": "utter_offer_none_apart",
}


class MakeOffer(SellingAction):
    """Answer "any offers for me?"."""

    action_name = "action_offer"
    decision_kind = "offer"

    def sell(self, turn: Turn) -> list[EventType]:
        """Ask analytics for the next offer and record the decision, made or withheld."""
        made = turn.slot_list(slots.OFFERS_MADE)
        decision = self.analytics.next_offer(turn.customer_id, mood=turn.sentiment, recent=frozenset(made))
        turn.decide_offer(decision)
        if decision.offer:
            self._make(turn, decision.offer, decision)
            return [SlotSet(slots.OFFERS_MADE, [*made, decision.offer.offer_id])]
        if decision.withheld == "mood":
            turn.say("utter_offer_later")
            return [SlotSet(slots.OPEN_QUESTION, slots.ASKED_PERSON)]
        turn.say(WITHHELD.get(decision.withheld or "", "utter_offer_none"))
        return []

    @staticmethod
    def _make(turn: Turn, offer: Offer, decision: OfferDecision) -> None:
        facts = {"title": offer.title, "description": offer.description, "reason": decision.reason}
        if offer.ends_at:
            turn.say("utter_offer_made_until", until=wording.day(offer.ends_at), **facts)
        else:
            turn.say("utter_offer_made", **facts)
