"""Close her account, after an explicit yes to what it means; until it is done she can take it back."""

from __future__ import annotations

from rasa_sdk.events import EventType

from actions import slots, wording
from actions.account_flow import ask_next
from actions.account_pending import begun, dropped
from actions.account_reading import takes_back
from actions.base import EngagementAction
from actions.turn import Turn


class DeleteAccount(EngagementAction):
    """Answer "close my account" and "keep my account after all"."""

    action_name = "action_delete_account"

    def respond(self, turn: Turn) -> list[EventType]:
        """Ask for the yes, tell of a request that is open, or take it back."""
        if turn.customer_id is None:
            turn.say("utter_account_delete_visitor")
            return []
        service = self.analytics.account_service()
        if turn.entity(slots.MODE) == "withdraw" or takes_back(turn.text):
            withdrawn = service.withdraw(turn.customer_id, "delete")
            turn.say("utter_account_delete_withdrawn" if withdrawn else "utter_account_delete_none")
            return dropped(turn)
        waiting = next((filed for filed in service.requests(turn.customer_id) if filed.kind == "delete"), None)
        if waiting is not None:
            turn.say("utter_account_delete_waiting", until=wording.day(waiting.due_at))
            return dropped(turn)
        return ask_next(turn, self.analytics, begun(turn, "delete"))
