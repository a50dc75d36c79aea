"""Help somebody to an account."""

from __future__ import annotations

from rasa_sdk.events import EventType

from actions import wording
from actions.account_flow import ask_next, take_value
from actions.account_pending import begun
from actions.base import EngagementAction
from actions.turn import Turn


class CreateAccount(EngagementAction):
    """Answer "I'd like an account"."""

    action_name = "action_create_account"

    def respond(self, turn: Turn) -> list[EventType]:
        """Tell where an account is made, and offer to pass the wish on; nobody is told whether an address is known."""
        if turn.customer_id is not None:
            known = self.analytics.customer(turn.customer_id)
            turn.say("utter_account_have_one", name=wording.address(known.name if known else None))
            return []
        pending = begun(turn, "create")
        return take_value(turn, self.analytics, pending) or ask_next(turn, self.analytics, pending)
