"""Recommend three products, each with its reason."""

from __future__ import annotations

from rasa_sdk.events import EventType

from actions import slots, taste_flow
from actions.alike_flow import show_alike
from actions.moment import moment_of, wanting
from actions.picks_flow import PICKS, is_personal, show, show_picks
from actions.recommend_reading import asked_for
from actions.refusals import refused_products
from actions.search_wish import price_wish, thing_alone
from actions.selling import SellingAction
from actions.turn import Turn
from analytics.records import Product, Recommendation


class RecommendProducts(SellingAction):
    """Answer "recommend me something", "what do I usually buy", "something new", "more like the second"."""

    action_name = "action_recommend"
    decision_kind = "recommendation"

    def sell(self, turn: Turn) -> list[EventType]:
        """Show what fits her best in the mode she asks for, never what she has turned down; get to know a newcomer."""
        asked = asked_for(turn)
        if asked == "alike":
            return show_alike(turn, self.analytics)
        query = turn.entity(slots.PRODUCT_QUERY)
        if query and asked not in ("buy_again", "new", "mailing"):
            return self._of_kind(turn, query)
        question = taste_flow.ask(turn, self.analytics) if asked == "for_you" and self._may_ask(turn) else None
        return show_picks(turn, self.analytics, asked) if question is None else question

    def _may_ask(self, turn: Turn) -> bool:
        """Tell whether questions to a newcomer are in place: who wants nothing personal is told so, and not asked."""
        return turn.customer_id is None or is_personal(self.analytics, turn.customer_id)

    def _of_kind(self, turn: Turn, query: str) -> list[EventType]:
        """Show the kind she names; where the shop has nothing of it, what fits her."""
        refused = refused_products(turn, self.analytics)
        picks = self._picks_of(turn, query, refused)
        if picks:
            shown = show(turn, self.analytics, picks, "utter_recommend_kind", product_query=query)
            return [*shown, wanting(turn, query)]
        turn.could_not_meet(query)
        others = self.analytics.recommend(
            turn.customer_id, moment_of(turn, self.analytics), limit=PICKS, exclude=refused
        )
        return show(turn, self.analytics, others, "utter_recommend_other_kind")

    def _picks_of(self, turn: Turn, query: str, refused: frozenset[str]) -> list[Recommendation]:
        wish = price_wish(turn.text)
        found = self.analytics.search_products(
            thing_alone(query) if wish else query, customer_id=turn.customer_id, limit=PICKS + len(refused), price=wish
        )
        wanted = [product for product in found if product.in_stock and product.product_id not in refused]
        explained = [self._explained(turn, product, rank) for rank, product in enumerate(wanted[:PICKS])]
        return [pick for pick in explained if pick]

    def _explained(self, turn: Turn, product: Product, rank: int) -> Recommendation | None:
        reason = self.analytics.why(turn.customer_id, product.product_id)
        return Recommendation(product=product, score=1 / (1 + rank), reason=reason) if reason else None
