"""The part of the door that recommends: what to buy, why, what is like it, what goes with it, what to ask."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import Path

from analytics.catalogue.instead import instead_of
from analytics.catalogue.search import ProductSearch
from analytics.catalogue.synonyms import load_synonyms
from analytics.customers.tastes import stated_tastes
from analytics.failures import unavailable_on_database_failure
from analytics.knowledge import Knowledge
from analytics.products import product_record
from analytics.recommendation.liking import stated, with_liked
from analytics.recommendation.questions import taste_questions
from analytics.recommendation.service import Recommender, active_version
from analytics.recommendation.shelves import Shelf, Shelves
from analytics.recommendation.together import Together
from analytics.recommendation_records import NO_CONTEXT, RecommendContext, TasteQuestion
from analytics.records import Product, Reason, Recommendation
from analytics.shop.loader import Shop
from analytics.snapshot import CHECK_EVERY, Snapshot
from store.engine import Database
from store.repositories.catalogue import catalogue_version, priced_products, products_by_id
from store.repositories.orders import purchases_of

#: Products looked at for each that is wanted: some may not be to her taste.
_LOOKED_AT = 4


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
        left_out = shop.discreet_categories
        self._search = ProductSearch(database, load_synonyms(shop.folder / "synonyms.yml"), check_every=check_every)
        self._recommender = Recommender(
            database, artifacts_dir, clock=clock, left_out=left_out, check_every=check_every
        )
        self._together = Together(database, left_out=left_out, check_every=check_every)
        self._shelves = Snapshot(
            database,
            version=lambda connection: (catalogue_version(connection), active_version(connection)),
            build=lambda connection: Shelves.of(priced_products(connection), self._recommender.load()),
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
        exclude = exclude | frozenset(context.ignored)
        with self._database.read() as connection:
            whose = self._personal(connection, customer_id)
            tastes = stated_tastes(connection, customer_id)
            picks = self._recommender.recommend(connection, whose, limit=limit, exclude=exclude, tastes=tastes)

            def find(words: str) -> list[Product]:
                found = self._search.search(connection, words, customer_id=whose, limit=_LOOKED_AT)
                return [one for one in found if may_show(one)]

            def may_show(one: Product) -> bool:
                hidden = one.category.lower() in self._shop.discreet_categories
                return one.in_stock and one.product_id not in exclude and not hidden

            return with_liked(picks, tastes, limit, find)

    @unavailable_on_database_failure
    def why(self, customer_id: str | None, product_id: str, context: RecommendContext = NO_CONTEXT) -> Reason | None:
        """See `Analytics.why`."""
        del context
        with self._database.read() as connection:
            reason = self._recommender.why(connection, self._personal(connection, customer_id), product_id)
            row = products_by_id(connection, [product_id]).get(product_id)
            if reason is None or row is None:
                return None
            return stated(reason, product_record(row), stated_tastes(connection, customer_id))

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
            tastes = stated_tastes(connection, customer_id)
            found = instead_of(
                connection,
                product_id,
                whose,
                limit=limit * _LOOKED_AT,
                cheaper=cheaper,
                exclude=exclude,
                left_out=hidden,
            )
        return [one for one in found if tastes.suits(one.product)][:limit]

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
            tastes = stated_tastes(connection, customer_id)
            return self._together.goes_with(connection, product_ids, whose, limit=limit, exclude=exclude, tastes=tastes)

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
        return self.substitutes(product_id, customer_id=customer_id, limit=limit, exclude=exclude)

    @unavailable_on_database_failure
    def taste_questions(self, customer_id: str | None, wanted: tuple[str, ...] = ()) -> list[TasteQuestion]:
        """See `Analytics.taste_questions`."""
        with self._database.read() as connection:
            whose = self._personal(connection, customer_id)
            if whose is not None and purchases_of(connection, whose):
                return []
        shelves = [one for one in self._shelves.get().by_category.values() if self._may_ask_about(one)]
        departments = {one.department: one.department_share for one in shelves}
        return taste_questions(departments, {one.category: (one.department, one.share) for one in shelves}, wanted)

    def _may_ask_about(self, shelf: Shelf) -> bool:
        return shelf.category.lower() not in self._shop.discreet_categories
