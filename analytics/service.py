"""The implementation behind the facade: each answer is one read of the database by one of the desks beside it."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import Connection

from analytics.account_records import Purpose
from analytics.account_service import AccountService
from analytics.accounts.consents import allows
from analytics.accounts.service import SqlAccountService
from analytics.catalogue.facts import facts_of
from analytics.catalogue.instead import instead_of
from analytics.catalogue.search import ProductSearch
from analytics.catalogue.synonyms import load_synonyms
from analytics.complaint_service import ComplaintService
from analytics.complaints.service import SqlComplaintService
from analytics.customers.context import context_of, segment_of, standing_of
from analytics.dialogue.profile import profile_after
from analytics.failures import unavailable_on_database_failure
from analytics.help.desk import HelpDesk
from analytics.help.pages import load_help
from analytics.help_records import HelpPage, HelpPassage
from analytics.loyalty.points import balance_of
from analytics.loyalty_records import LoyaltyBalance, LoyaltyProgramme
from analytics.offers.service import OfferDesk, shown_offers
from analytics.opinions import Opinions
from analytics.order_service import OrderService, OrderSystem
from analytics.ordering_service import OrderingService
from analytics.orders.opening import orders_kept, orders_placed
from analytics.orders.tracking import order_of, orders_of
from analytics.products import product_record
from analytics.recommendation.service import Recommender
from analytics.recommendation.together import Together
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
from analytics.shop.loader import Shop
from analytics.shopping.service import SqlShoppingService
from analytics.shopping_service import ShoppingService
from analytics.snapshot import CHECK_EVERY
from store.engine import Database
from store.repositories.catalogue import products_by_id
from store.repositories.profiles import features_row


def utc_now() -> datetime:
    """Give the present moment."""
    return datetime.now(UTC)


class ShopAnalytics(Opinions):
    """Implements `analytics.facade.Analytics`; safe to share between threads.

    Parameters
    ----------
    database : with all tables; only read here, but for the services of orders, accounts, complaints and lists.
    artifacts_dir : where the models lie.
    shop : the shop's facts; its folder may hold `synonyms.yml` and the folder `help`.
    clock : gives the present moment, aware.
    check_every : seconds between two looks whether models, catalogue or offers have changed.
    order_system : the shop's own, asked over HTTP; None: orders are changed in the database.
    """

    def __init__(
        self,
        database: Database,
        artifacts_dir: Path,
        shop: Shop,
        *,
        clock: Callable[[], datetime] = utc_now,
        check_every: float = CHECK_EVERY,
        order_system: OrderSystem | None = None,
    ) -> None:
        self._database = database
        self._shop = shop
        self._clock = clock
        left_out = shop.discreet_categories
        self._search = ProductSearch(database, load_synonyms(shop.folder / "synonyms.yml"), check_every=check_every)
        self._help = HelpDesk(load_help(shop.folder / "help"), artifacts_dir / "help")
        self._recommender = Recommender(
            database, artifacts_dir, clock=clock, left_out=left_out, check_every=check_every
        )
        self._together = Together(database, left_out=left_out, check_every=check_every)
        self._order_service = orders_kept(database, shop, order_system, clock)
        self._ordering_service = orders_placed(database, shop, order_system, clock)
        self._account_service = SqlAccountService(database, shop.account_policy, clock=clock)
        self._complaint_service = SqlComplaintService(database, shop.complaint_policy, clock=clock)
        self._shopping_service = SqlShoppingService(database, clock=clock)
        super().__init__(database, clock)
        self._offers = OfferDesk(database, clock=clock, left_out=left_out, check_every=check_every)

    @unavailable_on_database_failure
    def warm_up(self) -> None:
        """Load model, search index and offers now, so that no customer waits for it.

        Raises
        ------
        AnalyticsUnavailable
            No model was built, or the database is away; answers that do not need it work all the same.
        """
        self._search.load()
        self._together.load()
        self._offers.load()
        self._recommender.load()

    def shop(self) -> ShopFacts:
        """See `Analytics.shop`."""
        return self._shop.facts

    @unavailable_on_database_failure
    def customer(self, customer_id: str) -> CustomerContext | None:
        """See `Analytics.customer`."""
        with self._database.read() as connection:
            return context_of(connection, customer_id, shop=self._shop, now=self._clock())

    @unavailable_on_database_failure
    def standing(self, customer_id: str) -> Standing:
        """See `Analytics.standing`."""
        with self._database.read() as connection:
            return standing_of(connection, customer_id)

    @unavailable_on_database_failure
    def segment_of(self, customer_id: str) -> Segment | None:
        """See `Analytics.segment_of`."""
        with self._database.read() as connection:
            return segment_of(connection, features_row(connection, customer_id))

    @unavailable_on_database_failure
    def recommend(
        self, customer_id: str | None, *, limit: int = 3, exclude: frozenset[str] = frozenset()
    ) -> list[Recommendation]:
        """See `Analytics.recommend`."""
        with self._database.read() as connection:
            whose = self._personal(connection, customer_id)
            return self._recommender.recommend(connection, whose, limit=limit, exclude=exclude)

    @unavailable_on_database_failure
    def why(self, customer_id: str | None, product_id: str) -> Reason | None:
        """See `Analytics.why`."""
        with self._database.read() as connection:
            return self._recommender.why(connection, self._personal(connection, customer_id), product_id)

    @unavailable_on_database_failure
    def next_offer(self, customer_id: str | None, *, mood: float | None, recent: frozenset[str]) -> OfferDecision:
        """See `Analytics.next_offer`."""
        with self._database.read() as connection:
            if not self._allows(connection, customer_id, "chat_offers"):
                return OfferDecision(offer=None, withheld="opted_out", reason="she wants no offers", propensity=1.0)
            personal = self._allows(connection, customer_id, "personalisation")
            return self._offers.next_offer(connection, customer_id, mood=mood, recent=recent, personal=personal)

    @unavailable_on_database_failure
    def offers_shown(self, customer_id: str, limit: int = 10) -> list[tuple[datetime, Offer]]:
        """See `Analytics.offers_shown`."""
        with self._database.read() as connection:
            return shown_offers(connection, customer_id, limit)

    @unavailable_on_database_failure
    def orders(self, customer_id: str, limit: int = 5) -> list[Order]:
        """See `Analytics.orders`."""
        now, promise = self._clock(), self._shop.promise
        with self._database.read() as connection:
            return orders_of(connection, customer_id, limit=limit, now=now, promise=promise)

    @unavailable_on_database_failure
    def order(self, order_id: str, customer_id: str) -> Order | None:
        """See `Analytics.order`."""
        now, promise = self._clock(), self._shop.promise
        with self._database.read() as connection:
            return order_of(connection, order_id, customer_id, now=now, promise=promise)

    def order_service(self) -> OrderService:
        """See `Analytics.order_service`."""
        return self._order_service

    def ordering_service(self) -> OrderingService:
        """See `Analytics.ordering_service`."""
        return self._ordering_service

    def account_service(self) -> AccountService:
        """See `Analytics.account_service`."""
        return self._account_service

    def complaint_service(self) -> ComplaintService:
        """See `Analytics.complaint_service`."""
        return self._complaint_service

    def shopping_service(self) -> ShoppingService:
        """See `Analytics.shopping_service`."""
        return self._shopping_service

    def loyalty(self) -> LoyaltyProgramme | None:
        """See `Analytics.loyalty`."""
        return self._shop.loyalty

    @unavailable_on_database_failure
    def loyalty_balance(self, customer_id: str) -> LoyaltyBalance | None:
        """See `Analytics.loyalty_balance`."""
        if self._shop.loyalty is None:
            return None
        with self._database.read() as connection:
            return balance_of(connection, customer_id, self._shop.loyalty, self._clock())

    @unavailable_on_database_failure
    def products_by_id(self, product_ids: Collection[str]) -> dict[str, Product]:
        """See `Analytics.products_by_id`."""
        with self._database.read() as connection:
            found = products_by_id(connection, product_ids)
        return {key: product_record(row) for key, row in found.items()}

    @unavailable_on_database_failure
    def search_products(
        self, text: str, *, customer_id: str | None = None, limit: int = 3, price: PriceWish | None = None
    ) -> list[Product]:
        """See `Analytics.search_products`."""
        with self._database.read() as connection:
            whose = self._personal(connection, customer_id)
            return self._search.search(connection, text, customer_id=whose, limit=limit, price=price)

    @unavailable_on_database_failure
    def product_facts(self, product_ids: Sequence[str], *, customer_id: str | None = None) -> list[ProductFacts]:
        """See `Analytics.product_facts`."""
        with self._database.read() as connection:
            return facts_of(connection, product_ids, self._personal(connection, customer_id))

    @unavailable_on_database_failure
    def substitutes(
        self,
        product_id: str,
        *,
        customer_id: str | None = None,
        limit: int = 3,
        exclude: frozenset[str] = frozenset(),
        cheaper: bool = False,
    ) -> list[Recommendation]:
        """See `Analytics.substitutes`."""
        hidden = self._shop.discreet_categories
        with self._database.read() as connection:
            whose = self._personal(connection, customer_id)
            return instead_of(
                connection, product_id, whose, limit=limit, cheaper=cheaper, exclude=exclude, left_out=hidden
            )

    @unavailable_on_database_failure
    def goes_with(
        self,
        product_ids: Sequence[str],
        *,
        customer_id: str | None = None,
        limit: int = 3,
        exclude: frozenset[str] = frozenset(),
    ) -> list[Recommendation]:
        """See `Analytics.goes_with`."""
        with self._database.read() as connection:
            whose = self._personal(connection, customer_id)
            return self._together.goes_with(connection, product_ids, whose, limit=limit, exclude=exclude)

    def help(self, text: str, limit: int = 3) -> list[HelpPassage]:
        """See `Analytics.help`."""
        return self._help.find(text, limit)

    def help_pages(self) -> tuple[HelpPage, ...]:
        """See `Analytics.help_pages`."""
        return self._help.pages

    def profile_after(self, profile: DialogueProfile, signal: TurnSignal) -> DialogueProfile:
        """See `Analytics.profile_after`."""
        return profile_after(profile, signal)

    def _personal(self, connection: Connection, customer_id: str | None) -> str | None:
        """Give the id under which her purchases may be used; None, a visitor's, where she wants nothing personal."""
        return customer_id if self._allows(connection, customer_id, "personalisation") else None

    def _allows(self, connection: Connection, customer_id: str | None, purpose: Purpose) -> bool:
        policy, now = self._shop.account_policy, self._clock()
        return customer_id is None or allows(connection, customer_id, purpose, policy, now)
