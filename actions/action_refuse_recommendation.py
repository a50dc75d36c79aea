"""Take a no: what is turned down is not shown again."""

from __future__ import annotations

from rasa_sdk.events import EventType, SlotSet

from actions import slots
from actions.asking import ask_what_next
from actions.base import EngagementAction
from actions.less_flow import show_less
from actions.pointing import products_meant, products_shown
from actions.recommend_reading import wants_less
from actions.refusals import REFUSED
from actions.tastes import note_tastes
from actions.turn import Turn
from language.preferences import tastes_in


class RefuseRecommendation(EngagementAction):
    """Answer "not interested", of one product or of all that were shown, and "less of this"."""

    action_name = "action_refuse_recommendation"
    apologises_first = False  # the displeasure is with a product, not with us

    def respond(self, turn: Turn) -> list[EventType]:
        """Acknowledge, keep it on the profile, and ask whether to show others (never while she is upset)."""
        if wants_less(turn):
            return show_less(turn, self.analytics)
        disliked = [taste for taste in tastes_in(turn.text).stated if taste.kind != "likes"]
        if disliked and not turn.entity(slots.PRODUCT_ID):
            # A thing by name ("I can't stand tuna") says more than a no to what is on the screen.
            noted = note_tastes(turn, disliked)
            return [*noted, *ask_what_next(turn)] if products_shown(turn) else noted
        refused = products_meant(turn)
        if not refused:
            turn.say("utter_refuse_nothing_shown")
            return []
        ids = [item.product_id for item in refused]
        turn.remember(REFUSED, ids)
        names = [item.name for item in refused if item.name]
        if len(refused) > 1:
            turn.say("utter_refuse_noted_all")
        elif names:
            turn.say("utter_refuse_noted_one", product_name=names[0])
        else:
            turn.say("utter_refuse_noted_unnamed")
        before = turn.slot_list(slots.REFUSED_PRODUCTS)
        return [SlotSet(slots.REFUSED_PRODUCTS, list(dict.fromkeys([*before, *ids]))), *ask_what_next(turn)]
