"""Loyalty points: how many, what they are worth, how they are earned, when they expire."""

from __future__ import annotations

from rasa_sdk.events import EventType, SlotSet

from actions import slots, wording
from actions.base import EngagementAction
from actions.help_passages import best_passage, say_passage
from actions.turn import Turn
from analytics.loyalty_records import LoyaltyBalance, LoyaltyProgramme

#: What is answered by the rules alone, by aspect.
_RULES = {"earning": "utter_loyalty_earning", "expiry": "utter_loyalty_expiry", "spending": "utter_loyalty_spending"}


class TellPoints(EngagementAction):
    """Answer "how many points do I have?"."""

    action_name = "action_loyalty"

    def respond(self, turn: Turn) -> list[EventType]:
        """Tell the rule she asks about, or her balance; a shop without a programme says so."""
        programme = self.analytics.loyalty()
        if programme is None:
            turn.say("utter_loyalty_none")
            return []
        aspect = turn.entity(slots.ASPECT) or ""
        if aspect == "card":
            return self._from_help(turn)
        balance = self.analytics.loyalty_balance(turn.customer_id) if turn.customer_id else None
        if aspect in _RULES:
            self._tell_rule(turn, programme, aspect)
        if balance is not None:
            self._tell_balance(turn, balance)
        elif aspect not in _RULES:
            turn.say("utter_loyalty_sign_in")
        return []

    def _from_help(self, turn: Turn) -> list[EventType]:
        """How to join and what to do about missing points stands in the help pages, where the shop has any."""
        passage = best_passage(self.analytics, turn.text)
        if passage is not None:
            say_passage(turn, passage)
            return []
        turn.say("utter_loyalty_ask_person")
        return [SlotSet(slots.OPEN_QUESTION, slots.ASKED_PERSON)]

    def _tell_rule(self, turn: Turn, programme: LoyaltyProgramme, aspect: str) -> None:
        if aspect == "expiry" and programme.idle_days is None:
            turn.say("utter_loyalty_never_expire")
            return
        currency = self.analytics.shop().currency
        turn.say(
            _RULES[aspect],
            points=f"{programme.points_per_unit:g}",
            unit=wording.money(1, currency),
            step=str(programme.step),
            worth=wording.money(programme.step * programme.worth, currency),
            days=str(programme.idle_days),
        )

    def _tell_balance(self, turn: Turn, balance: LoyaltyBalance) -> None:
        if balance.points == 0:
            turn.say("utter_loyalty_no_points")
            return
        facts = {
            "points": f"{balance.points:,}",
            "worth": wording.money(balance.worth, self.analytics.shop().currency),
            "spendable": f"{balance.spendable:,}",
            "missing": f"{balance.missing:,}",
        }
        turn.say("utter_loyalty_balance" if balance.spendable else "utter_loyalty_balance_short", **facts)
        if balance.expires_at is not None:
            turn.say("utter_loyalty_kept_until", until=wording.day(balance.expires_at))
