"""Gathering what speaks for products, for one asker in one moment; which sources are asked depends on the mode."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection

from analytics.catalogue.search import ProductSearch
from analytics.products import product_record
from analytics.recommendation.asker import Asker
from analytics.recommendation.evidence import Evidence
from analytics.recommendation.leads import POPULAR, RANKED, Lead, beside, like_viewed, of_wishes
from analytics.recommendation.liking import heard
from analytics.recommendation.past import Past
from analytics.recommendation.shelves import Shelves
from analytics.recommendation.together import Together
from analytics.recommendation_records import RecommendContext
from analytics.records import Product, Recommendation
from store.repositories.catalogue import ProductRow, products_by_id

#: Ranked products looked at where only one category is wanted.
_FAR_DOWN = 3000
#: The worth of a product in the wanted category of which the ranking knows nothing.
_UNRANKED = 0.01


@dataclass(frozen=True, slots=True, kw_only=True)
class Gatherer:
    """The sources, opened for one request."""

    connection: Connection
    evidence: Evidence
    search: ProductSearch
    together: Together
    shelves: Shelves
    past: Past
    now: datetime

    def of_the_moment(self, asker: Asker, context: RecommendContext) -> list[Lead]:
        """Give what her words, her looks and her cart speak for."""
        if context.mode in ("buy_again", "popular") or not (context.wanted or asker.viewed or asker.cart):
            return []
        leads = of_wishes(context.wanted, lambda words, limit: self.found(words, asker, limit))
        rows = products_by_id(self.connection, {*asker.viewed, *asker.cart})
        viewed = _in_order(asker.viewed, rows)
        leads += like_viewed(viewed, self.shelves)
        if context.mode != "campaign":  # the basket of today says little of the day on which a mailing is read
            leads += beside(_in_order(asker.cart, rows), self._goes_with(asker), in_cart=True)
        if asker.customer_id is None:  # of a newcomer nothing else is known
            leads += beside(viewed[:1], self._goes_with(asker), in_cart=False)
        return leads

    def ranked(self, asker: Asker, context: RecommendContext, length: int) -> list[Lead]:
        """Give the model's ranking, for a newcomer what is popular; of one category where one is wanted."""
        if context.category is not None:
            return self._of_category(context.category)
        if context.mode == "popular":
            return self._scaled(self.evidence.bestsellers(length), POPULAR)
        return self._scaled(self.evidence.ranking(length), _weight(asker))

    def liked(self, asker: Asker, products: Sequence[Sequence[Product]], ranked: Sequence[Lead]) -> list[Lead]:
        """Give what her words of taste add to products, on the scale of the ranking.

        Parameters
        ----------
        products : of each thing she likes, the newest first. ranked : the ranking's leads, the best first.
        """
        worth = {lead.product_id: lead.worth for lead in ranked}
        added = heard(products, worth, _weight(asker) * self.evidence.words_worth) if products else {}
        return [Lead(product_id=one, worth=more) for one, more in added.items()]

    def news(self, length: int) -> list[Lead]:
        """Give what is new to her and has evidence of its own."""
        return self._scaled(self.evidence.news(length), RANKED)

    def _scaled(self, entries: Sequence[tuple[int, float]], weight: float) -> list[Lead]:
        best = max((score for _, score in entries), default=1.0)
        products = self.evidence.model.products
        return [Lead(product_id=str(products[index]), worth=weight * score / best) for index, score in entries]

    def _of_category(self, name: str) -> list[Lead]:
        known = {lead.product_id: lead for lead in self._scaled(self.evidence.ranking(_FAR_DOWN), RANKED)}
        listed = [row.product_id for shelf in self.shelves.named(name) for row in shelf.best]
        leads = [known.get(one) or Lead(product_id=one, worth=_UNRANKED) for one in listed]
        return sorted(leads, key=lambda lead: -lead.worth)

    def found(self, words: str, asker: Asker, limit: int) -> list[Product]:
        """Find what she names; of a whole category or department what people buy there now, not what it is called."""
        if not self.shelves.named(words):
            return self.search.search(self.connection, words, customer_id=asker.customer_id, limit=limit)
        ids = [lead.product_id for lead in self._of_category(words)[: limit * 2]]
        rows = products_by_id(self.connection, ids)
        return [product_record(rows[one]) for one in ids if one in rows][:limit]

    def _goes_with(self, asker: Asker) -> Callable[[str, int], list[Recommendation]]:
        def beside_one(product_id: str, limit: int) -> list[Recommendation]:
            return self.together.goes_with(self.connection, [product_id], asker, limit=limit)

        return beside_one


def _weight(asker: Asker) -> float:
    return POPULAR if asker.customer_id is None else RANKED


def _in_order(ids: Sequence[str], rows: dict[str, ProductRow]) -> list[ProductRow]:
    return [rows[one] for one in ids if one in rows]
