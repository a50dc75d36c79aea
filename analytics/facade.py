"""The only door into analytics: typed records in and out, milliseconds, no exceptions but those named here."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from analytics.help_records import HelpPage, HelpPassage
from analytics.loyalty_records import LoyaltyBalance, LoyaltyProgramme
from analytics.prediction_records import Prediction
from analytics.profile_records import CustomerProfile
from analytics.recommendation_records import NO_CONTEXT, Bundle, DeviceExport, RecommendContext, TasteQuestion
from analytics.records import (
    CustomerContext,
    DialogueProfile,
    Offer,
    OfferDecision,
    Order,
    PriceWish,
    Product,
    ProductFacts,
    Reason,
    Recommendation,
    Segment,
    ShopFacts,
    Standing,
    TurnSignal,
)

if TYPE_CHECKING:
    from analytics.account_service import AccountService
    from analytics.complaint_service import ComplaintService
    from analytics.event_service import EventService
    from analytics.insight_service import InsightService
    from analytics.order_service import OrderService, OrderSystem
    from analytics.ordering_service import OrderingService
    from analytics.rating_service import RatingService
    from analytics.review_service import ReviewService
    from analytics.shopping_service import ShoppingService
    from store.engine import Database


class AnalyticsUnavailable(RuntimeError):  # noqa: N818 (the contract's name: a state, told to the customer as such)
    """Analytics cannot answer now (database away, artifact missing or damaged). The message names the remedy."""


class Analytics(Protocol):
    """What gateway, console and actions may ask. `customer_id` None means a visitor without a history."""

    def shop(self) -> ShopFacts:
        """Give the shop's name, currency and standing answers."""

    def customer(self, customer_id: str) -> CustomerContext | None:
        """Give everything known of a customer; None for an unknown id."""

    def profile(self, customer_id: str) -> CustomerProfile | None:
        """Give the whole profile as of this moment, whatever her consents (they are in it); None for an unknown id."""

    def purchase_intent(self, customer_id: str) -> Prediction | None:
        """Give the chance that the session she is in ends with an order; None where none runs, or she ordered in it.

        It is also the first of `profile`'s predictions while a session runs.
        """

    def standing(self, customer_id: str) -> Standing:
        """Tell how she shops and whether we have talked before; cheap enough for every turn."""

    def segment_of(self, customer_id: str) -> Segment | None:
        """Give her segment; None for a customer without orders."""

    def recommend(
        self,
        customer_id: str | None,
        context: RecommendContext = NO_CONTEXT,
        *,
        limit: int = 3,
        exclude: frozenset[str] = frozenset(),
    ) -> list[Recommendation]:
        """Recommend up to `limit` distinct products in stock for this moment, best first, never one of `exclude`.

        Where she wants nothing personal, only the context and what the products are count.
        """

    def why(self, customer_id: str | None, product_id: str, context: RecommendContext = NO_CONTEXT) -> Reason | None:
        """Explain one product for one customer, as `recommend` does in the same context; None for an unknown one."""

    def similar(
        self,
        product_id: str,
        *,
        customer_id: str | None = None,
        limit: int = 3,
        exclude: frozenset[str] = frozenset(),
    ) -> list[Recommendation]:
        """Give more of the kind of a product: like it by name, category, brand and price, in stock, not the same thing.

        Of what is alike, what she buys comes first. Empty for an unknown product.
        """

    def taste_questions(self, customer_id: str | None, wanted: tuple[str, ...] = ()) -> list[TasteQuestion]:
        """Give one or two questions to a newcomer, from the shop's own range.

        None to one whose orders may be used, or who has said what she likes. The answers are words for
        `RecommendContext.wanted`; where one of `wanted` is a department's name, the question is about what of it she
        likes.
        """

    def device_export(self) -> DeviceExport:
        """Give what browsers recommend from by themselves: kinds anybody may be shown, and what goes with each."""

    def next_offer(self, customer_id: str | None, *, mood: float | None, recent: frozenset[str]) -> OfferDecision:
        """Choose an offer by habits, segment and what is expected of her, or withhold it.

        Withheld below a mood of -0.3, where nothing suits, and by the shop's rules (`offer_policy` of its file).

        `mood` is the sentiment of the present message; `recent` are offers already made in this conversation.
        """

    def why_offer(self, customer_id: str | None, offer_id: str) -> str | None:
        """Say why an offer fits her, one clause; None for one that is over or unknown."""

    def offers_shown(self, customer_id: str, limit: int = 10) -> list[tuple[datetime, Offer]]:
        """Give the offers shown to her in conversations, newest first."""

    def orders(self, customer_id: str, limit: int = 5) -> list[Order]:
        """Give her latest orders with their lines, newest first."""

    def order(self, order_id: str, customer_id: str) -> Order | None:
        """Give one order, only to its owner; None for anybody else's as for an unknown one."""

    def order_service(self) -> OrderService:
        """Give the port through which orders are changed, each request confirmed by the customer before."""

    def ordering_service(self) -> OrderingService:
        """Give the port through which new orders are placed, each confirmed by the customer before."""

    def account_service(self) -> AccountService:
        """Give the port through which accounts, consents and data requests are served."""

    def complaint_service(self) -> ComplaintService:
        """Give the port through which complaints are kept and made up for."""

    def shopping_service(self) -> ShoppingService:
        """Give the port through which shopping lists are kept."""

    def review_service(self) -> ReviewService:
        """Give the port through which reviews of what was bought are kept."""

    def rating_service(self) -> RatingService:
        """Give the port through which ratings of chats are kept."""

    def event_service(self) -> EventService:
        """Give the port through which trackers' events come in."""

    def insights(self) -> InsightService:
        """Give the port through which people look at the whole shop: the kept report, lists of customers."""

    def loyalty(self) -> LoyaltyProgramme | None:
        """Give the rules of the shop's loyalty programme; None where it has none."""

    def loyalty_balance(self, customer_id: str) -> LoyaltyBalance | None:
        """Give her points, computed from her purchases; None where there is no programme."""

    def products_by_id(self, product_ids: Collection[str]) -> dict[str, Product]:
        """Give the products of the catalogue with these ids; unknown ones are absent."""

    def search_products(
        self, text: str, *, customer_id: str | None = None, limit: int = 3, price: PriceWish | None = None
    ) -> list[Product]:
        """Find products by words a customer would use, best first; in stock before out of stock.

        With a wish for the price only what is in stock and costs what she wants.
        """

    def product_facts(self, product_ids: Sequence[str], *, customer_id: str | None = None) -> list[ProductFacts]:
        """Give what is known of products, in the order of their ids; unknown ids are left out."""

    def substitutes(
        self,
        product_id: str,
        *,
        customer_id: str | None = None,
        limit: int = 3,
        exclude: frozenset[str] = frozenset(),
        cheaper: bool = False,
    ) -> list[Recommendation]:
        """Give what to take instead of a product: of its category, most like it, in stock, never one of `exclude`.

        `cheaper` leaves only what costs less. Empty for an unknown product and for discreet categories.
        """

    def goes_with(
        self,
        product_ids: Sequence[str],
        *,
        customer_id: str | None = None,
        limit: int = 3,
        exclude: frozenset[str] = frozenset(),
    ) -> list[Recommendation]:
        """Give what is bought with products clearly more often than otherwise: in stock, of other categories."""

    def bundle(
        self, product_ids: Sequence[str], *, customer_id: str | None = None, exclude: frozenset[str] = frozenset()
    ) -> Bundle | None:
        """Give products with one or two that go with them, at the shop's price for them together; None where none is.

        Nothing is taken off where no order could be placed at that price: the shop takes none in the chat, or she has
        not ordered before.
        """

    def bundle_again(self, product_ids: Sequence[str], *, customer_id: str | None = None) -> Bundle | None:
        """Give the products of a bundle at today's prices; None where one cannot be had any more."""

    def help(self, text: str, limit: int = 3) -> list[HelpPassage]:
        """Find passages of the shop's help pages that answer a question, best first, at most one a page.

        Empty where no page is about it. The first call of a process opens the sentence encoder (half a second).
        """

    def help_pages(self) -> tuple[HelpPage, ...]:
        """Give the shop's help pages, sorted by title; none where the shop has written none."""

    def profile_after(self, profile: DialogueProfile, signal: TurnSignal) -> DialogueProfile:
        """Give the profile as it is after one more turn. Pure: the caller saves it in the turn's transaction."""


def open_analytics(
    database: Database, artifacts_dir: Path, shop: Path, *, order_system: OrderSystem | None = None
) -> Analytics:
    """Open the analytics of one shop; what a composition root hands to gateway, console and actions.

    Parameters
    ----------
    database : with all tables; analytics only reads it, but for the services of orders, accounts, complaints and lists.
    artifacts_dir : the folder of trained models; may still be empty.
    shop : the shop file (`RAPPORT_SHOP`).
    order_system : the shop's own, which then serves requests about orders; None: they are kept in the database.

    Returns
    -------
    Analytics
        Safe to share between threads. Model, search index and offers are loaded here where they exist (about two
        seconds for 70,000 products), and exchanged by themselves when the shop is imported or trained anew.

    Raises
    ------
    ValueError
        The shop file (or the synonyms or help pages beside it) is missing or wrong; the message lists every fault.
    """
    # Imported here: the implementation needs the error named above, and callers with fakes need no implementation.
    from analytics.service import ShopAnalytics  # noqa: PLC0415
    from analytics.shop.loader import load_shop  # noqa: PLC0415

    analytics = ShopAnalytics(database, artifacts_dir, load_shop(shop), order_system=order_system)
    with suppress(AnalyticsUnavailable):  # nothing imported or trained yet: each answer says so when asked
        analytics.warm_up()
    return analytics
