"""A small shop behind the analytics door: the whole protocol on plain dictionaries, for every tier's tests.

Its people: "ana" (orders, an order on its way, an offer), "ben" (known, never ordered). Change the public attributes to
make another situation; `down = True` makes every question fail as it does when the database is away.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from analytics.account_records import Purpose
from analytics.dialogue.profile import profile_after
from analytics.facade import AnalyticsUnavailable
from analytics.loyalty.points import balance
from analytics.loyalty_records import LoyaltyBalance, LoyaltyProgramme
from analytics.ordering_records import OrderingPolicy
from analytics.prediction_records import Prediction
from analytics.profile_records import CustomerProfile, Preferences
from analytics.recommendation_records import NO_CONTEXT, RecommendContext, TasteQuestion
from analytics.records import (
    CustomerContext,
    DialogueProfile,
    Offer,
    OfferDecision,
    Order,
    Product,
    Reason,
    ReasonKind,
    Recommendation,
    Segment,
    ShopFacts,
    Standing,
    TurnSignal,
)
from store.engine import Database
from store.memory import memory_database
from store.repositories.points import Earning
from tests.support import demo_shop, order_store
from tests.support.fake_catalogue import FakeCatalogue
from tests.support.fake_insights import FakeInsights
from tests.support.fake_services import FakeServices
from tests.support.known_people import a_profile

MOOD_LIMIT = -0.3


@dataclass
class FakeAnalytics(FakeCatalogue, FakeServices):
    """Answers like the real facade, in the order of its lists; `asked` holds the names of the questions."""

    facts: ShopFacts = demo_shop.FACTS
    #: Text of the reason by product id; others are popular.
    reasons: dict[str, str] = field(default_factory=lambda: dict(demo_shop.REASONS))
    #: Kind of that reason, where it is not what is popular.
    kinds: dict[str, ReasonKind] = field(default_factory=dict)
    names: dict[str, str | None] = field(default_factory=lambda: {"ana": "Ana", "ben": "Ben"})
    segments: dict[str, Segment] = field(default_factory=lambda: {"ana": demo_shop.REGULARS})
    standings: dict[str, Standing] = field(default_factory=dict)
    profiles: dict[str, DialogueProfile] = field(default_factory=dict)
    #: Further fields of `CustomerProfile`, by customer.
    known_of: dict[str, dict[str, Any]] = field(default_factory=dict)
    #: Of the session somebody is in.
    intents: dict[str, Prediction] = field(default_factory=dict)
    offers: list[Offer] = field(default_factory=lambda: list(demo_shop.OFFERS))
    shown_offers: dict[str, list[tuple[datetime, Offer]]] = field(default_factory=dict)
    #: Where the order service keeps what it does; filled with `orders_of` when it is first asked for.
    store: Database | None = None
    programme: LoyaltyProgramme | None = field(default_factory=lambda: LoyaltyProgramme(step=5, idle_days=365))
    ordering: OrderingPolicy = field(default_factory=lambda: OrderingPolicy(by_chat=True))
    shown: FakeInsights = field(default_factory=FakeInsights)
    #: What a newcomer is asked, and the contexts in which recommendations were asked for.
    questions: list[TasteQuestion] = field(default_factory=list)
    contexts: list[RecommendContext] = field(default_factory=list)
    down: bool = False
    asked: list[str] = field(default_factory=list)

    def shop(self) -> ShopFacts:
        self._ask("shop")
        return self.facts

    def customer(self, customer_id: str) -> CustomerContext | None:
        self._ask("customer")
        if customer_id not in self.names:
            return None
        orders = self.orders_of.get(customer_id, [])
        return CustomerContext(
            customer_id=customer_id,
            name=self.names[customer_id],
            traits={},
            segment=self.segments.get(customer_id),
            rfm=None,
            profile=self.profiles.get(customer_id, DialogueProfile(customer_id=customer_id)),
            last_order=orders[0] if orders else None,
        )

    def purchase_intent(self, customer_id: str) -> Prediction | None:
        self._ask("purchase_intent")
        return self.intents.get(customer_id)

    def profile(self, customer_id: str) -> CustomerProfile | None:
        self._ask("profile")
        if customer_id not in self.names:
            return None
        dialogue = self.profiles.get(customer_id, DialogueProfile(customer_id=customer_id))
        known: dict[str, Any] = {
            "name": self.names[customer_id],
            "dialogue": dialogue,
            "preferences": Preferences(stated={name: tuple(all_) for name, all_ in dialogue.preferences.items()}),
            "consents": self._consents(customer_id),
            "segment": self.segments.get(customer_id),
        }
        return a_profile(customer_id, **(known | self.known_of.get(customer_id, {})))

    def standing(self, customer_id: str) -> Standing:
        self._ask("standing")
        return self.standings.get(customer_id, Standing(segment="regular", history="first"))

    def segment_of(self, customer_id: str) -> Segment | None:
        self._ask("segment_of")
        return self.segments.get(customer_id)

    def recommend(
        self,
        customer_id: str | None,
        context: RecommendContext = NO_CONTEXT,
        *,
        limit: int = 3,
        exclude: frozenset[str] = frozenset(),
    ) -> list[Recommendation]:
        self._ask("recommend")
        self.contexts.append(context)
        if not self._allows(customer_id, "personalisation"):
            customer_id = None
        fitting = [product for product in self.products if product.in_stock and product.product_id not in exclude]
        if context.mode in ("buy_again", "new"):
            own = set(self.reasons) if customer_id in self.orders_of else set()
            fitting = [one for one in fitting if (one.product_id in own) == (context.mode == "buy_again")]
        return [
            Recommendation(product=product, score=1.0 - rank / 10, reason=self._reason(customer_id, product))
            for rank, product in enumerate(fitting[:limit])
        ]

    def taste_questions(self, customer_id: str | None, wanted: tuple[str, ...] = ()) -> list[TasteQuestion]:
        self._ask("taste_questions")
        return [] if customer_id in self.orders_of and self._allows(customer_id, "personalisation") else self.questions

    def why(self, customer_id: str | None, product_id: str, context: RecommendContext = NO_CONTEXT) -> Reason | None:
        self._ask("why")
        self.contexts.append(context)
        known = next((product for product in self.products if product.product_id == product_id), None)
        return self._reason(customer_id, known) if known else None

    def next_offer(self, customer_id: str | None, *, mood: float | None, recent: frozenset[str]) -> OfferDecision:
        self._ask("next_offer")
        segment = self.segments.get(customer_id or "")
        left = [offer for offer in self.offers if offer.offer_id not in recent]
        if not self._allows(customer_id, "chat_offers"):
            return OfferDecision(offer=None, withheld="opted_out", reason="", propensity=1.0)
        withheld = "no_offer" if not self.offers else "recently_offered" if not left else None
        if mood is not None and mood < MOOD_LIMIT:
            withheld = "mood"
        return OfferDecision(
            offer=None if withheld else left[0],
            withheld=withheld,
            reason="because you often buy coffee" if customer_id else "for everybody this week",
            propensity=1.0 if withheld else 1 / len(left),
            candidates=[{"offer_id": offer.offer_id, "probability": 1 / len(left)} for offer in left],
            segment_id=segment.segment_id if segment else None,
        )

    def why_offer(self, customer_id: str | None, offer_id: str) -> str | None:
        self._ask("why_offer")
        known = any(offer.offer_id == offer_id for offer in self.offers)
        return ("because you often buy coffee" if customer_id else "for everybody this week") if known else None

    def offers_shown(self, customer_id: str, limit: int = 10) -> list[tuple[datetime, Offer]]:
        self._ask("offers_shown")
        return self.shown_offers.get(customer_id, [])[:limit]

    def orders(self, customer_id: str, limit: int = 5) -> list[Order]:
        self._ask("orders")
        return [self._as_it_stands(order) for order in self.orders_of.get(customer_id, [])[:limit]]

    def order(self, order_id: str, customer_id: str) -> Order | None:
        self._ask("order")
        own = (order for order in self.orders_of.get(customer_id, []) if order.order_id == order_id)
        return next((self._as_it_stands(order) for order in own), None)

    def loyalty(self) -> LoyaltyProgramme | None:
        self._ask("loyalty")
        return self.programme

    def loyalty_balance(self, customer_id: str) -> LoyaltyBalance | None:
        self._ask("loyalty_balance")
        earned = [
            Earning(order.placed_at, order.total, order.state)
            for order in reversed(self.orders_of.get(customer_id, []))
        ]
        return balance(earned, self.programme, order_store.NOW) if self.programme else None

    def kept(self) -> Database:
        """The database behind the services, with her orders and everybody's names when it is first asked for."""
        if self.store is None:
            self.store = memory_database()
            order_store.fill(self.store, {**dict.fromkeys(self.names, ()), **self.orders_of}, self.names)
        return self.store

    def _allows(self, customer_id: str | None, purpose: Purpose) -> bool:
        return customer_id is None or self._consents(customer_id).get(purpose, True)

    def _consents(self, customer_id: str) -> dict[str, bool]:
        if self.store is None:
            return {}
        decided = order_store.accounts_on(self.store).consents(customer_id)
        return {str(purpose): consent.granted for purpose, consent in decided.items()}

    def _as_it_stands(self, order: Order) -> Order:
        """The order after what the order service did to it."""
        changed = order_store.stored(self.store, "orders", "order_id", "changed_status") if self.store else []
        return replace(order, state="cancelled") if (order.order_id, "cancelled") in changed else order

    def profile_after(self, profile: DialogueProfile, signal: TurnSignal) -> DialogueProfile:
        self._ask("profile_after")
        return profile_after(profile, signal)

    def _reason(self, customer_id: str | None, product: Product) -> Reason:
        own = self.reasons.get(product.product_id) if customer_id in self.orders_of else None
        if own:
            return Reason(kind="buy_again", text=own)
        return Reason(kind=self.kinds.get(product.product_id, "popular"), text="one of this month's most bought")

    def _ask(self, question: str) -> None:
        self.asked.append(question)
        if self.down:
            raise AnalyticsUnavailable("The database did not answer; see `rapport doctor`.")
