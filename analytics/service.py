"""The implementation behind the facade: each answer is one read of the database by one of the desks beside it."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import Connection

from analytics.bundling import Bundling
from analytics.catalogue.facts import facts_of
from analytics.customers.profile import customer_profile
from analytics.customers.tastes import stated_tastes
from analytics.dialogue.profile import profile_after
from analytics.failures import unavailable_on_database_failure
from analytics.help.desk import HelpDesk
from analytics.help.pages import load_help
from analytics.help_records import HelpPage, HelpPassage
from analytics.offers.policy import Addressee, rule_for, situation_of
from analytics.offers.service import OfferDesk, shown_offers
from analytics.order_service import OrderSystem
from analytics.ports import Ports
from analytics.products import product_record
from analytics.recommending import Recommending
from analytics.records import (
    DialogueProfile,
    Offer,
    OfferDecision,
    PriceWish,
    Product,
    ProductFacts,
    ShopFacts,
    TurnSignal,
)
from analytics.shop.loader import Shop
from analytics.snapshot import CHECK_EVERY
from store.engine import Database
from store.repositories.catalogue import products_by_id

#: Products looked at for each that is wanted: some may not be to her taste.
_LOOKED_AT = 4


def utc_now() -> datetime:
    """Give the present moment."""
    return datetime.now(UTC)


class ShopAnalytics(Bundling):
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
        Recommending.__init__(self, database, shop, clock, artifacts_dir, check_every=check_every)
        Ports.__init__(self, database, artifacts_dir, shop, order_system, clock)
        self._help = HelpDesk(load_help(shop.folder / "help"), artifacts_dir / "help")
        left_out = shop.discreet_categories
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
    def next_offer(self, customer_id: str | None, *, mood: float | None, recent: frozenset[str]) -> OfferDecision:
        """See `Analytics.next_offer`."""
        with self._database.read() as connection:
            if not self._allows(connection, customer_id, "chat_offers"):
                return OfferDecision(offer=None, withheld="opted_out", reason="she wants no offers", propensity=1.0)
            to = self._addressee(connection, customer_id)
            return self._offers.next_offer(connection, to, mood=mood, recent=recent)

    @unavailable_on_database_failure
    def why_offer(self, customer_id: str | None, offer_id: str) -> str | None:
        """See `Analytics.why_offer`."""
        with self._database.read() as connection:
            return self._offers.why(connection, self._personal(connection, customer_id), offer_id)

    @unavailable_on_database_failure
    def offers_shown(self, customer_id: str, limit: int = 10) -> list[tuple[datetime, Offer]]:
        """See `Analytics.offers_shown`."""
        with self._database.read() as connection:
            return shown_offers(connection, customer_id, limit)

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

    def help(self, text: str, limit: int = 3) -> list[HelpPassage]:
        """See `Analytics.help`."""
        return self._help.find(text, limit)

    def help_pages(self) -> tuple[HelpPage, ...]:
        """See `Analytics.help_pages`."""
        return self._help.pages

    def _addressee(self, connection: Connection, customer_id: str | None) -> Addressee:
        """Give the rule that holds for her; without her consent only what she said herself counts."""
        tastes = stated_tastes(connection, customer_id)
        if customer_id is None or not self._allows(connection, customer_id, "personalisation"):
            return Addressee(customer_id=customer_id, personal=customer_id is None, tastes=tastes)
        profile = customer_profile(connection, customer_id, shop=self._shop, now=self._clock())
        policy = self._shop.offers
        rule = rule_for(situation_of(profile), policy)
        return Addressee(customer_id=customer_id, rule=rule, withheld_share=policy.withheld_share, tastes=tastes)

    def profile_after(self, profile: DialogueProfile, signal: TurnSignal) -> DialogueProfile:
        """See `Analytics.profile_after`."""
        return profile_after(profile, signal)
