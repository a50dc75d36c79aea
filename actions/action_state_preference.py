"""Keep what she says of her tastes: likes, dislikes and diets, which she can take back at any time."""

from __future__ import annotations

from rasa_sdk.events import EventType, SlotSet

from actions import slots, wording
from actions.action_refuse_recommendation import RefuseRecommendation
from actions.base import EngagementAction
from actions.less_flow import LESS, show_less
from actions.pointing import products_shown
from actions.recommend_reading import wants_less
from actions.tastes import KINDS, note_tastes
from actions.turn import Turn
from language.preferences import Tastes, tastes_in

#: Takes back all of a kind.
_ALL = "*"


class StatePreference(EngagementAction):
    """Answer "I don't like peanuts", "I'm vegetarian", "I prefer decaf", "forget that I like tea"."""

    action_name = "action_state_preference"
    apologises_first = False  # the displeasure is with a thing, not with us

    def respond(self, turn: Turn) -> list[EventType]:
        """Keep what she states; where nothing is named, it is about what was shown, or she is asked."""
        pressed = turn.entity(slots.MODE) == "forget"
        if not pressed and wants_less(turn):
            return show_less(turn, self.analytics)
        tastes = Tastes(forgets_all=True) if pressed else tastes_in(turn.text)
        if tastes.taken_back or tastes.forgets_all:
            return self._forget(turn, tastes)
        if tastes.stated:
            return note_tastes(turn, tastes.stated)
        if products_shown(turn):
            return RefuseRecommendation().respond(turn)
        turn.say("utter_preference_which")
        return []

    @staticmethod
    def _forget(turn: Turn, tastes: Tastes) -> list[EventType]:
        if turn.customer_id is None:
            turn.say("utter_preference_visitor")
            return []
        for kind in KINDS:
            gone = [_ALL] if tastes.forgets_all else [one.thing for one in tastes.taken_back if one.kind == kind]
            if gone:
                turn.forget(kind, gone)
        if tastes.forgets_all:
            turn.forget(LESS, [_ALL])
        things = list(dict.fromkeys(taste.thing for taste in tastes.taken_back))
        if tastes.forgets_all:
            turn.say("utter_preference_all_forgotten")
            return [SlotSet(slots.LESS_OF, [])]
        turn.say("utter_preference_forgotten", things=wording.listing(things))
        return []
