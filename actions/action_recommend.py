"""Recommend three products, each with its reason."""

from __future__ import annotations

from rasa_sdk.events import EventType

from actions import slots
from actions.cards import show_recommendations
from actions.refusals import refused_products
from actions.search_wish import price_wish, thing_alone
from actions.selling import SellingAction
from actions.turn import Turn
from analytics.records import PriceWish, Product, Recommendation

PICKS = 3
#: After one of these, "recommend me something" asks for other products than those just seen.
ABOUT_PICKS = frozenset(
    {"action_recommend", "action_explain_recommendation", "action_refuse_recommendation", "action_affirm"}
)


class RecommendProducts(SellingAction):
    """Answer "recommend me something", "show me others" and "recommend me a good coffee"."""

    action_name = "action_recommend"
    decision_kind = "recommendation"

    def sell(self, turn: Turn) -> list[EventType]:
        """Show what fits her best, or what is popular for a visitor, never what she has turned down."""
        refused = refused_products(turn, self.analytics)
        query = turn.entity(slots.PRODUCT_QUERY)
        of_kind = self._picks_of(query, turn.customer_id, refused, price_wish(turn.text)) if query else []
        if query and of_kind:
            return self._show(turn, of_kind, "utter_recommend_kind", product_query=query)
        seen = self._seen(turn)
        picks = self.analytics.recommend(turn.customer_id, limit=PICKS, exclude=refused | seen)
        if query:
            turn.could_not_meet(query)
            return self._show(turn, picks, "utter_recommend_other_kind")
        if seen:
            return self._show(turn, picks, "utter_recommend_more")
        if turn.customer_id is None:
            return self._show(turn, picks, "utter_recommend_popular")
        personal = self._is_personal(turn.customer_id)
        return self._show(turn, picks, "utter_recommend_picks" if personal else "utter_recommend_impersonal")

    def _is_personal(self, customer_id: str) -> bool:
        """Whether what she bought may be used."""
        return self.analytics.account_service().consents(customer_id)["personalisation"].granted

    @staticmethod
    def _seen(turn: Turn) -> frozenset[str]:
        """Give what she has before her eyes and now wants others for."""
        about_picks = turn.entity(slots.MODE) == "more" or not ABOUT_PICKS.isdisjoint(turn.before.actions)
        return frozenset(turn.slot_list(slots.SHOWN_PRODUCTS)) if about_picks else frozenset()

    def _picks_of(
        self, query: str, customer_id: str | None, refused: frozenset[str], wish: PriceWish | None
    ) -> list[Recommendation]:
        found = self.analytics.search_products(
            thing_alone(query) if wish else query, customer_id=customer_id, limit=PICKS + len(refused), price=wish
        )
        wanted = [product for product in found if product.in_stock and product.product_id not in refused]
        explained = [self._explained(product, customer_id, rank) for rank, product in enumerate(wanted[:PICKS])]
        return [pick for pick in explained if pick]

    def _explained(self, product: Product, customer_id: str | None, rank: int) -> Recommendation | None:
        reason = self.analytics.why(customer_id, product.product_id)
        return Recommendation(product=product, score=1 / (1 + rank), reason=reason) if reason else None

    def _show(self, turn: Turn, picks: list[Recommendation], response: str, **facts: str) -> list[EventType]:
        if not picks:
            turn.say("utter_recommend_none")
            return []
        turn.say(response, **facts)
        candidates = [{"product_id": pick.product.product_id, "score": pick.score} for pick in picks]
        personal = turn.customer_id is not None and self._is_personal(turn.customer_id)
        segment = self.analytics.segment_of(turn.customer_id) if turn.customer_id and personal else None
        turn.decide(
            self.decision_kind,
            chosen=",".join(pick.product.product_id for pick in picks),
            candidates=candidates,
            segment_id=segment.segment_id if segment else None,
        )
        return show_recommendations(turn, picks, self.analytics.shop().currency)
