"""Thanks and goodbyes are returned; where she was served, she is asked once how the chat was."""

from __future__ import annotations

from rasa_sdk.events import EventType

from actions import slots
from actions.base import EngagementAction
from actions.rating_flow import ask_rating
from actions.turn import Turn

#: Actions that serve nothing by themselves.
_SERVE_NOTHING = frozenset(
    {"action_greet", "action_small_talk", "action_abuse", "action_languages", "action_fallback", "action_hand_over",
     "action_affirm", "action_deny", "action_apologise", "action_close_chat", "action_give_feedback"}
)  # fmt: skip
#: What is still under way is not closed by a thank-you.
_UNDER_WAY = (slots.ORDER_REQUEST, slots.ACCOUNT_REQUEST, slots.REVIEW_DRAFT)


class CloseChat(EngagementAction):
    """Answer "thank you" and "bye"."""

    action_name = "action_close_chat"
    apologises_first = False

    def respond(self, turn: Turn) -> list[EventType]:
        """Return it, and ask how the chat was where that is due."""
        leaves = turn.intent == "goodbye"
        if self._may_ask(turn) and self.analytics.rating_service().ask(turn.conversation_id, turn.customer_id):
            return ask_rating(turn, "utter_rating_ask_goodbye" if leaves else "utter_rating_ask_thanks")
        turn.say("utter_goodbye_see_you" if leaves else "utter_thank_welcome")
        return []

    @staticmethod
    def _may_ask(turn: Turn) -> bool:
        served = any(name.startswith("action_") for name in turn.actions_lately - _SERVE_NOTHING)
        return served and not turn.is_upset and not any(turn.slot(name) for name in _UNDER_WAY)
