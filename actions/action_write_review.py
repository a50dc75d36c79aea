"""Take a review of something she bought; kept after a yes."""

from __future__ import annotations

from dataclasses import replace

from rasa_sdk.events import EventType

from actions import review_reading, slots, wording
from actions.base import EngagementAction
from actions.review_draft import begun, draft_of
from actions.review_flow import advance, ask_product
from actions.review_turns import with_stars
from actions.turn import Turn
from analytics.records import Product


class TakeReview(EngagementAction):
    """Answer "I want to leave a review for the coffee" and the quick replies on the way."""

    action_name = "action_write_review"
    apologises_first = False

    def respond(self, turn: Turn) -> list[EventType]:
        """Begin a review with all she has said already, or go on with the one under way by a quick reply."""
        if turn.customer_id is None:
            turn.say("utter_review_sign_in")
            return []
        bought = self.analytics.review_service().bought(turn.customer_id)
        if not bought:
            turn.say("utter_review_nothing_bought")
            return []
        under_way = None if turn.text else draft_of(turn)
        draft = with_stars(turn, under_way or begun(turn), asked=False)
        if draft.product_id and not turn.entity(slots.PRODUCT_ID):
            return advance(turn, draft)
        meant = self._meant(turn, bought)
        if len(meant) == 1:
            return advance(turn, replace(draft, product_id=meant[0].product_id, name=wording.short_name(meant[0])))
        if meant:
            return ask_product(turn, draft, meant, "utter_review_which_of")
        named = turn.entity(slots.PRODUCT_QUERY)
        return ask_product(turn, draft, bought, "utter_review_not_found" if named else "utter_review_which")

    @staticmethod
    def _meant(turn: Turn, bought: list[Product]) -> list[Product]:
        chosen = turn.entity(slots.PRODUCT_ID)
        if chosen:
            return [product for product in bought if product.product_id == chosen]
        named = turn.entity(slots.PRODUCT_QUERY)
        return review_reading.named_in(named, bought) if named else review_reading.named_in(turn.text, bought)
