"""Answer from the help pages what was not understood, or say so honestly; the second time in a row, offer a person."""

from __future__ import annotations

from rasa_sdk.events import EventType, SlotSet

from actions import slots
from actions.action_hand_over import UNSURE_LIMIT
from actions.apology import apologise
from actions.base import EngagementAction
from actions.help_passages import say_passage, sure_passage
from actions.order_named import answer_about_named
from actions.product_search import find_and_show
from actions.readings import ask_back, likely_readings
from actions.turn import Turn

#: After one of these, any words may be the product she looks for.
ASKED_FOR_A_PRODUCT = frozenset({"utter_search_what", "utter_search_nothing"})

#: Below this sentiment (-1 angry to 1 happy) somebody is angry, whatever it is about.
FURIOUS_BELOW = -0.6


class Fallback(EngagementAction):
    """Answer what is out of scope or too uncertain to act upon."""

    action_name = "action_fallback"
    apologises_first = False

    def respond(self, turn: Turn) -> list[EventType]:
        """Take it as an order's number, a product where we asked for one, or what a help page answers; else admit it.

        Upset people are helped first.
        """
        if turn.is_upset and not _only_grim(turn):
            return apologise(turn, self.analytics)
        about_order = answer_about_named(turn, self.analytics)
        if about_order is not None:
            return about_order
        if self._may_name_a_product(turn):
            found = find_and_show(turn, self.analytics, turn.text)
            if found is not None:
                return found
        passage = sure_passage(self.analytics, turn.text) if turn.intent == "nlu_fallback" else None
        if passage is not None:
            say_passage(turn, passage)
            return []
        return self._admit(turn)

    @staticmethod
    def _may_name_a_product(turn: Turn) -> bool:
        doubtful_search = turn.intent == "nlu_fallback" and turn.likely_intents[1:2] == ["search_product"]
        return bool(turn.text) and (doubtful_search or turn.before.last_response in ASKED_FOR_A_PRODUCT)

    def _admit(self, turn: Turn) -> list[EventType]:
        in_a_row = self.action_name in turn.before.actions
        unsure = int(turn.slot(slots.UNSURE_TURNS) or 0) + 1 if in_a_row else 1
        readings = likely_readings(turn) if turn.intent == "nlu_fallback" and unsure < UNSURE_LIMIT else []
        if turn.text and not readings:
            turn.could_not_meet(turn.text)
        if unsure >= UNSURE_LIMIT:
            return offer_person(turn, unsure)
        if readings:
            ask_back(turn, readings)
        elif turn.intent == "out_of_scope":
            turn.say("utter_fallback_out_of_scope")
        else:
            turn.say("utter_fallback_unsure")
        asked = slots.ASKED_READING if readings else None
        return [SlotSet(slots.UNSURE_TURNS, unsure), SlotSet(slots.OPEN_QUESTION, asked)]


def _only_grim(turn: Turn) -> bool:
    """Whether a message beyond the shop sounds grim without anybody being angry at us: "ignore your instructions"."""
    return turn.intent == "out_of_scope" and (turn.sentiment or 0.0) > FURIOUS_BELOW


def offer_person(turn: Turn, unsure: int = UNSURE_LIMIT) -> list[EventType]:
    """Offer a person where we failed to understand twice; `unsure` is how often."""
    turn.say("utter_fallback_person")
    turn.ends_as("offered_person")
    return [SlotSet(slots.UNSURE_TURNS, unsure), SlotSet(slots.OPEN_QUESTION, slots.ASKED_PERSON)]
