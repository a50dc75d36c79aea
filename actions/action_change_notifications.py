"""Switch what she is written to about: newsletter, order mails, text messages, offers in the chat."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from rasa_sdk.events import EventType

from actions import slots, wording
from actions.base import EngagementAction
from actions.help_passages import say_sure_passage
from actions.messages_reading import choices_in, only_for_a_month
from actions.turn import Turn
from analytics.account_records import PURPOSES, Purpose

#: What is said, by what was switched and whether on or off.
_SWITCHED = {
    ("newsletter", True): "utter_messages_newsletter_on",
    ("newsletter", False): "utter_messages_newsletter_off",
    ("order_emails", True): "utter_messages_order_emails_on",
    ("order_emails", False): "utter_messages_order_emails_off",
    ("order_texts", True): "utter_messages_order_texts_on",
    ("order_texts", False): "utter_messages_order_texts_off",
    ("chat_offers", True): "utter_messages_chat_offers_on",
    ("chat_offers", False): "utter_messages_chat_offers_off",
}
PAUSE = timedelta(days=30)


class ChangeNotifications(EngagementAction):
    """Answer "unsubscribe me", "text me about my orders", "no offers this month" and "what do I get from you?"."""

    action_name = "action_change_notifications"

    def respond(self, turn: Turn) -> list[EventType]:
        """Do it at once where it is plain, with a way back; else show what she gets and ask which."""
        if turn.customer_id is None:
            return self._send_a_visitor(turn)
        choices = self._choices(turn, turn.customer_id)
        if not choices:
            self._say_all(turn, turn.customer_id, "utter_messages_now")
            return []
        pauses = set(choices) == {"chat_offers"} and not choices["chat_offers"] and only_for_a_month(turn.text)
        until = datetime.now(UTC) + PAUSE if pauses else None
        self.analytics.account_service().decide(turn.customer_id, choices, turn.key("messages"), until=until)
        if until is not None:
            turn.say("utter_messages_chat_offers_paused", until=wording.day(until))
        elif len(choices) == 1:
            turn.say(_SWITCHED[next(iter(choices.items()))])
        else:
            self._say_all(turn, turn.customer_id, "utter_messages_switched")
        return []

    def _choices(self, turn: Turn, customer_id: str) -> dict[Purpose, bool]:
        """What she wants to be switched; a quick reply turns its purpose round."""
        tapped = turn.entity(slots.MODE)
        if tapped in PURPOSES:
            now = self.analytics.account_service().consents(customer_id)
            return {purpose: not now[purpose].granted for purpose in PURPOSES if purpose == tapped}
        return choices_in(turn.text, turn.entity(slots.ASPECT) or "")

    def _say_all(self, turn: Turn, customer_id: str, response: str) -> None:
        now = self.analytics.account_service().consents(customer_id)
        states = {purpose: wording.switched(now[purpose].granted, now[purpose].until) for purpose in PURPOSES}
        turn.say(response, **states)

    def _send_a_visitor(self, turn: Turn) -> list[EventType]:
        say_sure_passage(turn, self.analytics, turn.text)
        url = self.analytics.account_service().policy.messages_url
        turn.say("utter_messages_visitor_link" if url else "utter_messages_visitor", url=url)
        return []
