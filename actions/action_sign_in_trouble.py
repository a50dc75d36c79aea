"""Help somebody who cannot sign in, without ever asking for a password."""

from __future__ import annotations

from rasa_sdk.events import EventType, SlotSet

from actions import slots
from actions.account_reading import sign_in_trouble_in
from actions.base import EngagementAction
from actions.help_passages import say_sure_passage
from actions.sign_in import say_reset
from actions.turn import Turn

#: Trouble that only a person can end, and what is said of it.
_FOR_A_PERSON = {"two_step": "utter_sign_in_two_step", "locked": "utter_sign_in_locked"}


class HelpSignIn(EngagementAction):
    """Answer "I forgot my password" and "my account is locked"."""

    action_name = "action_sign_in_trouble"

    def respond(self, turn: Turn) -> list[EventType]:
        """Give the link, or a person where no link helps; an account in strange hands goes to a person at once."""
        by_words = sign_in_trouble_in(turn.text)
        trouble = by_words if by_words == "hacked" else turn.entity(slots.ASPECT) or by_words
        if trouble == "hacked":
            url = self.analytics.account_service().policy.password_reset_url
            turn.say("utter_sign_in_hacked" if url else "utter_hand_over_upset", url=url)
            turn.hand_over("asked")
            return []
        say_sure_passage(turn, self.analytics, turn.text)
        if trouble in _FOR_A_PERSON:
            turn.say(_FOR_A_PERSON[trouble])
            return [SlotSet(slots.OPEN_QUESTION, slots.ASKED_PERSON)]
        if trouble == "no_mail":
            return say_reset(turn, self.analytics, "utter_sign_in_no_mail")
        return say_reset(turn, self.analytics)
