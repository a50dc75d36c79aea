"""Say why a product was shown, from the model's own evidence."""

from __future__ import annotations

from rasa_sdk.events import EventType, SlotSet

from actions import slots, wording
from actions.asking import ask_what_next
from actions.base import EngagementAction
from actions.cards import reasons_told
from actions.moment import mode_shown, moment_of
from actions.pointing import Shown, products_meant
from actions.turn import Turn


class ExplainRecommendation(EngagementAction):
    """Answer "why this one?", asked by quick reply or in words."""

    action_name = "action_explain_recommendation"
    apologises_first = False  # "why?" sounds sharp to a machine, and is only a question

    def respond(self, turn: Turn) -> list[EventType]:
        """Give the reason of the product she means, or of each one shown."""
        if "action_offer" in turn.before.actions and not turn.entity(slots.PRODUCT_ID) and self._explain_offer(turn):
            return []
        reasons = [(item, self._reason(turn, item)) for item in products_meant(turn)]
        known = [(item.name, reason) for item, reason in reasons if reason]
        if not known:
            turn.say("utter_explain_nothing_shown")
            return []
        self._tell(turn, known)
        if turn.slot(slots.OPEN_QUESTION) == slots.ASKED_BUNDLE:  # it is still open, and so is "I'll take it"
            return [SlotSet(slots.OPEN_QUESTION, slots.ASKED_BUNDLE)]
        return ask_what_next(turn)

    def _explain_offer(self, turn: Turn) -> bool:
        """Say why the offer just made fits her; False where it is over."""
        made = turn.slot_list(slots.OFFERS_MADE)
        reason = self.analytics.why_offer(turn.customer_id, made[-1]) if made else None
        if reason is None:
            return False
        turn.say("utter_offer_why", reason=reason)
        return True

    def _reason(self, turn: Turn, item: Shown) -> str | None:
        """Give the reason that was told with the list; of what was shown without one, what speaks for it now."""
        told = reasons_told(turn).get(item.product_id)
        if told is not None:
            return told
        context = moment_of(turn, self.analytics, mode_shown(turn))
        reason = self.analytics.why(turn.customer_id, item.product_id, context)
        return reason.text if reason else None

    @staticmethod
    def _tell(turn: Turn, known: list[tuple[str, str]]) -> None:
        name, reason = known[0]
        if len(known) > 1:
            turn.say("utter_explain_each", reasons=wording.lines(known))
        elif name:
            turn.say("utter_explain_one", product_name=name, reason=reason)
        else:
            turn.say("utter_explain_unnamed", reason=reason)
