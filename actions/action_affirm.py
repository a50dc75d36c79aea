"""Take a yes for what it answers."""

from __future__ import annotations

from rasa_sdk.events import EventType

from actions import slots
from actions.action_hand_over import HandOver
from actions.action_offer import MakeOffer
from actions.action_recommend import RecommendProducts
from actions.action_reorder import Reorder
from actions.action_shopping_list import KeepShoppingList
from actions.action_track_order import TrackOrder
from actions.base import EngagementAction
from actions.turn import Turn

#: What is done on "yes", by the question that is open.
DONE_ON_YES: dict[str, type[EngagementAction]] = {
    slots.ASKED_PERSON: HandOver,
    slots.ASKED_OTHERS: RecommendProducts,
    slots.ASKED_ORDER: TrackOrder,
    slots.ASKED_OFFERS: MakeOffer,
    slots.ASKED_USUAL: Reorder,
    slots.ASKED_EMPTY_LIST: KeepShoppingList,
}


class Affirm(EngagementAction):
    """Answer "yes": do what we asked about, or ask what she would like."""

    action_name = "action_affirm"
    apologises_first = False

    def respond(self, turn: Turn) -> list[EventType]:
        """Hand the turn to the action that was asked about."""
        done = DONE_ON_YES.get(turn.slot(slots.OPEN_QUESTION) or "")
        if done:
            return done().respond(turn)
        turn.say("utter_affirm_what_next")
        return []
