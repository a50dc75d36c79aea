"""Change her name, e-mail address, phone number or usual address, after an explicit yes."""

from __future__ import annotations

from dataclasses import replace

from rasa_sdk.events import EventType

from actions import slots
from actions.account_flow import ask_next, take_value
from actions.account_pending import begun
from actions.account_reading import detail_in
from actions.base import EngagementAction
from actions.sign_in import say_reset
from actions.turn import Turn
from analytics.account_records import DETAIL_NAMES


class EditAccount(EngagementAction):
    """Answer "I have a new phone number"."""

    action_name = "action_edit_account"

    def respond(self, turn: Turn) -> list[EventType]:
        """Begin; a password is changed by its owner alone, by the link."""
        mode = turn.entity(slots.MODE) or ""
        by_meaning = turn.entity(slots.ASPECT) or ""
        detail = mode if mode in (*DETAIL_NAMES, "password") else detail_in(turn.text) or by_meaning
        if detail == "password":
            return say_reset(turn, self.analytics)
        if turn.customer_id is None:
            turn.say("utter_account_sign_in_first")
            return []
        pending = replace(begun(turn, "edit"), detail=detail if detail in DETAIL_NAMES else "")
        return take_value(turn, self.analytics, pending) or ask_next(turn, self.analytics, pending)
