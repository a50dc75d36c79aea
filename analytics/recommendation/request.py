"""One request for recommendations: its leads, which of them may be shown, and the reason of each."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from functools import cached_property

from analytics.products import kind_of, product_record
from analytics.recommendation.again import Habit, habits_of, reason_of
from analytics.recommendation.asker import Asker
from analytics.recommendation.diversity import Candidate
from analytics.recommendation.gathering import Gatherer
from analytics.recommendation.leads import Lead, best_of
from analytics.recommendation.liking import liked_products, stated, with_liked
from analytics.recommendation.reasons import bought_too, new_in_range
from analytics.recommendation.rules import Rules, ShowCheck
from analytics.recommendation_records import RecommendContext
from analytics.records import Product, Reason, Recommendation
from store.repositories.baskets import first_order, first_sold
from store.repositories.catalogue import ProductRow, products_by_id
from store.repositories.decisions import recommended_since

#: Where something she said she likes rises: not where all that is asked for is what she buys anyway.
_WITH_LIKED = frozenset({"for_you", "new", "front_page", "campaign"})
#: Products looked at of a thing she likes.
_FOUND = 4
#: New products looked at.
_NEWS_LOOKED_AT = 12
#: What she ordered less than this ago she has, or it is on its way: it is not recommended, nor what reads like it.
_JUST_BOUGHT = timedelta(days=2)
#: The model was trained less than this ago: what she ordered since is read.
_LATELY = timedelta(days=30)
#: What was recommended to her less than this ago is not put into a mailing.
_SHOWN_LATELY = timedelta(days=30)
#: New in the range is what was first sold less than this ago.
_NEW_DAYS = 30
#: What becomes of the worth of products passed over.
_IGNORED = 0.5


class Request:
    """What is looked up for one answer, each thing once.

    Parameters
    ----------
    exclude : ids not to be shown, nor what reads like them.
    """

    def __init__(
        self, sources: Gatherer, asker: Asker, context: RecommendContext, rules: Rules, exclude: Collection[str] = ()
    ) -> None:
        self._sources = sources
        self._asker = asker
        self._context = context
        self._check = ShowCheck(rules=rules, asker=asker, mailing=context.mode == "campaign")
        self._rows: dict[str, ProductRow] = {}
        #: Her own orders of the products that are explained.
        self._own: Mapping[str, Sequence[datetime]] = {}
        self._habits = self._by_habit() if context.mode == "buy_again" else {}
        self._moment = best_of(sources.of_the_moment(asker, context))
        #: What she ordered lately, with the latest order of each.
        self._lately = sources.past.since(sources.now - _LATELY)
        self._left_out = self._read_left_out(exclude)

    def leads(self, length: int) -> list[Lead]:
        """Give what speaks for products, the best first; `length` of the ranking at most."""
        if self._context.mode == "buy_again":
            return [Lead(product_id=one.product_id, worth=one.worth) for one in self._habits.values()]
        ranked = self._sources.ranked(self._asker, self._context, length)
        news = self._news_leads() if self._context.mode == "new" else []
        leads = best_of([*self._moment.values(), *ranked, *news])
        for liked in self._sources.liked(self._asker, self._liked, ranked):
            known = leads.get(liked.product_id, replace(liked, worth=0.0))
            leads[liked.product_id] = replace(known, worth=known.worth + liked.worth)
        return sorted(leads.values(), key=lambda lead: (-lead.worth, lead.product_id))

    def candidates(self, leads: Iterable[Lead]) -> list[Candidate]:
        """Give those that may be shown and suit her, at the worth they have by the shop's rules and her words."""
        leads = list(leads)
        self._read(lead.product_id for lead in leads)
        made = [self._candidate(self._rows[lead.product_id], lead) for lead in leads if lead.product_id in self._rows]
        found = [one for one in made if one.kind not in self._left_out and self._may_show(one.row)]
        return [one for one in found if one.new] if self._context.mode == "new" else found

    def news(self) -> list[Candidate]:
        """Give what is new to her and has evidence of its own."""
        if self._asker.customer_id is None or self._context.mode == "buy_again" or self._context.category:
            return []
        return [one for one in self.candidates(self._news_leads()) if one.new]

    def with_liked(self, picks: Sequence[Recommendation], limit: int) -> list[Recommendation]:
        """Give the picks with something she likes among them, where words count in this shop."""
        liked = [product for products in self._liked for product in products]
        worth = self._sources.evidence.words_worth if liked else 0.0
        return with_liked(picks, self._asker.tastes, limit, liked, worth)

    @cached_property
    def _liked(self) -> list[list[Product]]:
        """Products that may be shown of each thing she likes, the newest thing first; who asks why needs none."""
        if self._context.mode not in _WITH_LIKED or self._context.category is not None:
            return []
        return liked_products(self._asker.tastes, self._found)

    def _found(self, words: str) -> list[Product]:
        """Give what may be shown of what is found for words, best first."""
        leads = [Lead(product_id=one.product_id, worth=1.0) for one in self._sources.found(words, self._asker, _FOUND)]
        return [product_record(one.row) for one in self.candidates(leads)]

    def reasons(self, product_ids: Sequence[str]) -> dict[str, Reason]:
        """Explain products by the strongest there is; unknown ones are absent.

        Her own orders come first, then what she likes, then this moment, then the model's evidence. Where what is
        popular was asked for, that is the reason.
        """
        self._read(product_ids)
        if self._context.mode == "popular":
            known = [self._rows[one] for one in product_ids if one in self._rows]
            return {row.product_id: self._sources.evidence.bestseller(row.product_id, row.times_sold) for row in known}
        self._own = self._sources.past.moments(product_ids)
        rows = [self._rows[one] for one in product_ids if one in self._rows]
        return {row.product_id: stated(self._reason(row), product_record(row), self._asker.tastes) for row in rows}

    def _reason(self, row: ProductRow) -> Reason:
        product_id = row.product_id
        habit = self._habits.get(product_id)
        if habit is not None:
            return reason_of(habit, self._sources.now)
        told = self._moment.get(product_id)
        if product_id not in self._own and told is not None and told.reason is not None:
            return told.reason
        reason = self._sources.evidence.reason(product_id, self._own, row.times_sold, self._sources.now)
        if reason.kind == "popular" and self._came_lately(product_id):
            return new_in_range(self._sources.evidence.customers_lately(product_id), _NEW_DAYS)
        return self._by_link(product_id) or reason if reason.kind == "popular" else reason

    def _by_link(self, product_id: str) -> Reason | None:
        """Explain by a product she buys whose other buyers take this one too."""
        found = self._sources.evidence.link(product_id)
        if found is None:
            return None
        bought, link = found
        row = products_by_id(self._sources.connection, [bought]).get(bought)
        return None if row is None else bought_too(row.name, link.both, link.buyers, link.lift)

    def _came_lately(self, product_id: str) -> bool:
        """Whether a product was first sold lately, in a shop that has sold other things for twice as long."""
        if not self._sources.evidence.may_have_come_lately(product_id):
            return False
        connection, now = self._sources.connection, self._sources.now
        oldest, first = first_order(connection), first_sold(connection, product_id)
        new = timedelta(days=_NEW_DAYS)
        return oldest is not None and first is not None and now - oldest > 2 * new and now - first < new

    def _candidate(self, row: ProductRow, lead: Lead) -> Candidate:
        worth = lead.worth * self._check.factor(row)
        worth *= _IGNORED if row.product_id in self._context.ignored else 1.0
        return Candidate(row=row, worth=worth, kind=kind_of(row), new=self._is_new(row.product_id))

    def _may_show(self, row: ProductRow) -> bool:
        wanted = self._context.category
        if wanted is not None and wanted.casefold() not in (row.category.casefold(), row.department.casefold()):
            return False
        return self._check(row)

    def _is_new(self, product_id: str) -> bool:
        if product_id in self._lately:  # the model may not know of it yet
            return False
        index = self._sources.evidence.model.product_position(product_id)
        return index is None or self._sources.evidence.is_new(index)

    def _news_leads(self) -> list[Lead]:
        return self._sources.news(_NEWS_LOOKED_AT + len(self._left_out))

    def _read(self, product_ids: Iterable[str]) -> None:
        """Read products that were not read before."""
        unread = [one for one in dict.fromkeys(product_ids) if one not in self._rows]
        if unread:
            self._rows |= products_by_id(self._sources.connection, unread)

    def _by_habit(self) -> Mapping[str, Habit]:
        return {one.product_id: one for one in habits_of(self._sources.past.purchases(), self._sources.now)}

    def _read_left_out(self, exclude: Collection[str]) -> frozenset[tuple[str, str]]:
        """Give the kinds of what is not to be shown: excluded, refused, in the cart, just bought, mailed lately."""
        ids = {*exclude, *self._asker.refused, *self._asker.cart}
        whose, now = self._asker.customer_id, self._sources.now
        if whose is not None:
            ids |= {product_id for product_id, at in self._lately.items() if at >= now - _JUST_BOUGHT}
            if self._context.mode == "campaign":
                ids |= recommended_since(self._sources.connection, whose, now - _SHOWN_LATELY)
        return frozenset(kind_of(row) for row in products_by_id(self._sources.connection, ids).values())
