"""The part of the door that recommends: what to buy, why, what is like it, what goes with it, what to ask."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import Path

from sqlalchemy import Connection

from analytics.catalogue.search import ProductSearch
from analytics.catalogue.synonyms import load_synonyms
from analytics.failures import unavailable_on_database_failure
from analytics.knowledge import Knowledge
from analytics.recommendation.alike import alike, instead_of
from analytics.recommendation.asker import Asker, asker_of
from analytics.recommendation.device.desk import DeviceDesk
from analytics.recommendation.questions import taste_questions
from analytics.recommendation.rules import Rules, ShowCheck
from analytics.recommendation.service import Recommender
from analytics.recommendation.together import Together
from analytics.recommendation_records import NO_CONTEXT, DeviceExport, RecommendContext, TasteQuestion
from analytics.records import Product, Reason, Recommendation
from analytics.shop.loader import Shop
from analytics.snapshot import CHECK_EVERY
from store.engine import Database
from store.repositories.orders import latest_orders

#: Products looked for where a category holds too little that is alike.
_FOUND = 12


class Recommending(Knowledge):
    """The part of `analytics.facade.Analytics` that recommends products.

    Parameters
    ----------
    artifacts_dir : where the models lie.
    check_every : seconds between two looks whether model or catalogue have changed.
    """

    def __init__(
        self,
        database: Database,
        shop: Shop,
        clock: Callable[[], datetime],
        artifacts_dir: Path,
        *,
        check_every: float = CHECK_EVERY,
    ) -> None:
        Knowledge.__init__(self, database, shop, clock, artifacts_dir)
        self._rules = Rules(policy=shop.recommendations, discreet=shop.discreet_categories)
        self._search = ProductSearch(database, load_synonyms(shop.folder / "synonyms.yml"), check_every=check_every)
        self._together = Together(database, rules=self._rules, check_every=check_every)
        self._recommender = Recommender(
            database,
            artifacts_dir,
            clock=clock,
            rules=self._rules,
            search=self._search,
            together=self._together,
            check_every=check_every,
        )
        self._device = DeviceDesk(
            database,
            self._recommender.load,
            rules=self._rules,
            currency=shop.facts.currency,
            check_every=check_every,
        )

    @unavailable_on_database_failure
    def recommend(
        self,
        customer_id: str | None,
        context: RecommendContext = NO_CONTEXT,
        *,
        limit: int = 3,
        exclude: frozenset[str] = frozenset(),
    ) -> list[Recommendation]:
        """See `Analytics.recommend`."""
        with self._database.read() as connection:
            asker = self._asker(connection, customer_id, context)
            return self._recommender.recommend(connection, asker, context, limit=limit, exclude=exclude)

    @unavailable_on_database_failure
    def why(self, customer_id: str | None, product_id: str, context: RecommendContext = NO_CONTEXT) -> Reason | None:
        """See `Analytics.why`."""
        with self._database.read() as connection:
            asker = self._asker(connection, customer_id, context)
            return self._recommender.why(connection, asker, product_id, context)

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
        with self._database.read() as connection:
            asker = self._asker(connection, customer_id)
            check = ShowCheck(rules=self._rules, asker=asker, exclude=exclude)
            return instead_of(connection, product_id, asker.customer_id, limit=limit, cheaper=cheaper, check=check)

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
            asker = self._asker(connection, customer_id)
            return self._together.goes_with(connection, product_ids, asker, limit=limit, exclude=exclude)

    @unavailable_on_database_failure
    def similar(
        self,
        product_id: str,
        *,
        customer_id: str | None = None,
        limit: int = 3,
        exclude: frozenset[str] = frozenset(),
    ) -> list[Recommendation]:
        """See `Analytics.similar`."""
        with self._database.read() as connection:
            asker = self._asker(connection, customer_id)
            check = ShowCheck(rules=self._rules, asker=asker, exclude=exclude)

            def find(words: str) -> list[Product]:
                return self._search.search(connection, words, customer_id=asker.customer_id, limit=_FOUND)

            return alike(
                connection, product_id, asker.customer_id, limit=limit, check=check, find=find, now=self._clock()
            )

    @unavailable_on_database_failure
    def taste_questions(self, customer_id: str | None, wanted: tuple[str, ...] = ()) -> list[TasteQuestion]:
        """See `Analytics.taste_questions`."""
        with self._database.read() as connection:
            asker = self._asker(connection, customer_id)
            known = asker.customer_id is not None and latest_orders(connection, asker.customer_id, 1)
            if known or asker.tastes.likes:
                return []
        of_age = self._rules.of_age(asker.age)
        shelves = [
            one
            for one in self._recommender.shelves().by_category.values()
            if self._rules.allow_names(one.names, of_age=of_age)
        ]
        departments = {one.department: one.of_department for one in shelves}
        return taste_questions(departments, {one.category: (one.department, one.appeal) for one in shelves}, wanted)

    @unavailable_on_database_failure
    def device_export(self) -> DeviceExport:
        """See `Analytics.device_export`."""
        return self._device.export()

    def _asker(self, connection: Connection, customer_id: str | None, context: RecommendContext = NO_CONTEXT) -> Asker:
        personal = self._allows(connection, customer_id, "personalisation")
        return asker_of(connection, customer_id, context, personal=personal, now=self._clock())
