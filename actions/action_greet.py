"""Greet: a known customer by what we know of her, a visitor by what we can do."""

from __future__ import annotations

from rasa_sdk.events import EventType, SlotSet

from actions import slots, wording
from actions.base import EngagementAction
from actions.knowing import is_missed, personal_profile, usual_order_is_due
from actions.turn import UPSET_BELOW, Turn
from analytics.records import CustomerContext

#: What was spoken of last time, by intent, and the greeting that takes it up.
GREETING_BY_TOPIC = {
    "track_order": "utter_greet_topic_order",
    "last_order": "utter_greet_topic_order",
    "ask_delivery": "utter_greet_topic_order",
    "ask_returns": "utter_greet_topic_return",
    "ask_offers": "utter_greet_topic_offers",
    "recommend": "utter_greet_topic_products",
    "explain_recommendation": "utter_greet_topic_products",
    "search_product": "utter_greet_topic_products",
}
#: What "yes" means after such a greeting.
ASKED_BY_GREETING = {
    "utter_greet_topic_offers": slots.ASKED_OFFERS,
    "utter_greet_topic_products": slots.ASKED_OTHERS,
}


class Greet(EngagementAction):
    """Answer "hello"."""

    action_name = "action_greet"
    apologises_first = False

    def respond(self, turn: Turn) -> list[EventType]:
        """Choose the greeting by her mood, her orders and what was spoken of last."""
        if turn.is_upset:
            turn.say("utter_greet_upset")
            return []
        if turn.before.actions:
            turn.say("utter_greet_again")
            return []
        known = self.analytics.customer(turn.customer_id) if turn.customer_id else None
        if known is None:
            turn.say("utter_greet_visitor", shop=self.analytics.shop().name)
            return []
        return self._greet_known(turn, known)

    def _greet_known(self, turn: Turn, known: CustomerContext) -> list[EventType]:
        name = wording.address(known.name)
        mood, order = known.profile.sentiment, known.last_order
        if mood is not None and mood < UPSET_BELOW:
            turn.say("utter_greet_after_trouble", name=name)
            return []
        if order and order.state in ("being_prepared", "on_its_way"):
            turn.say(f"utter_greet_order_{order.state}", name=name, placed=wording.day(order.placed_at))
            return [SlotSet(slots.OPEN_QUESTION, slots.ASKED_ORDER)]
        expected = self._greet_as_expected(turn, name)
        return self._greet_by_history(turn, known, name) if expected is None else expected

    def _greet_as_expected(self, turn: Turn, name: str) -> list[EventType] | None:
        """Greet one who was missed, or whose usual order is due; None where neither is so, or it may not be known."""
        profile = personal_profile(turn, self.analytics)
        if profile is not None and is_missed(profile):
            return self._welcome_back(turn, name)
        if profile is not None and usual_order_is_due(profile):
            turn.say("utter_greet_usual", name=name)
            return [SlotSet(slots.OPEN_QUESTION, slots.ASKED_USUAL)]
        return None

    def _welcome_back(self, turn: Turn, name: str) -> list[EventType]:
        """Say that she was missed; an offer is spoken of only where there is one to win her back."""
        decision = self.analytics.next_offer(turn.customer_id, mood=turn.sentiment, recent=frozenset())
        if decision.offer is None or decision.rule != "win_back":
            turn.say("utter_greet_missed", name=name)
            return []
        turn.say("utter_greet_missed_offer", name=name)
        return [SlotSet(slots.OPEN_QUESTION, slots.ASKED_OFFERS)]

    @staticmethod
    def _greet_by_history(turn: Turn, known: CustomerContext, name: str) -> list[EventType]:
        topic = GREETING_BY_TOPIC.get(known.profile.last_topic or "")
        if topic:
            turn.say(topic, name=name)
            return [SlotSet(slots.OPEN_QUESTION, ASKED_BY_GREETING.get(topic))]
        if known.last_order:
            # No product by name: what somebody bought is told when she asks, not by way of a greeting.
            turn.say("utter_greet_last_order", name=name, placed=wording.day(known.last_order.placed_at))
        else:
            turn.say("utter_greet_known", name=name)
        return []
