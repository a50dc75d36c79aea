"""The next offer for one customer: what is running, what fits, whether it is the moment, and one drawn."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from math import sqrt
from typing import Any

from sqlalchemy import Connection

from analytics.customers.tastes import Goods
from analytics.offers.book import OfferBook, read_book
from analytics.offers.choice import choose, happens
from analytics.offers.habits import Habits, habits_of
from analytics.offers.policy import Addressee, generosity
from analytics.offers.wording import because_of_habit, because_of_others
from analytics.records import Offer, OfferDecision
from analytics.snapshot import CHECK_EVERY, Snapshot
from store.engine import Database
from store.repositories.catalogue import catalogue_version, products_by_id
from store.repositories.offers import OfferRow, offers_by_id, offers_shown, offers_version
from store.repositories.profiles import features_row, features_version, profile_row

#: Below this mood of the present message, or below this running mood, nothing is sold: help comes first.
MOOD_NOW, MOOD_LATELY = -0.3, -0.5
#: Candidates the choice is drawn from, of different categories.
CANDIDATES = 5
#: What an offer is worth to somebody who never bought what it covers, beside habits of 0..1.
_CURIOSITY = 0.05
#: Products of a habit looked up to name it.
_NAMED_BY = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class _Candidate:
    row: OfferRow
    worth: float


class OfferDesk:
    """Makes or withholds offers; holds the book of offers and renews it when offers or segments change.

    Parameters
    ----------
    left_out : categories (lower case) in which the shop makes no offers on its own accord.
    """

    def __init__(
        self,
        database: Database,
        *,
        clock: Callable[[], datetime],
        left_out: frozenset[str] = frozenset(),
        check_every: float = CHECK_EVERY,
    ) -> None:
        self._clock = clock
        self._book: Snapshot[OfferBook] = Snapshot(
            database,
            version=lambda connection: (
                offers_version(connection),
                features_version(connection),
                catalogue_version(connection),
            ),
            build=lambda connection: read_book(connection, clock(), left_out),
            check_every=check_every,
        )

    def load(self) -> OfferBook:
        """Give the book of offers, reading it where it has changed."""
        return self._book.get()

    def next_offer(
        self, connection: Connection, to: Addressee, *, mood: float | None, recent: frozenset[str]
    ) -> OfferDecision:
        """Choose an offer, or withhold it; see `Analytics.next_offer`."""
        whose = to.customer_id if to.personal else None
        features = None if whose is None else features_row(connection, whose)
        segment_id = None if features is None else features.segment_id
        now = self._clock()
        seed = f"{to.customer_id}|{now.isoformat()}|{','.join(sorted(recent))}"
        if _is_upset(connection, to.customer_id, mood):
            return _withheld("mood", "not while the customer is upset", segment_id)
        book = self._book.get()
        left = [row for row in book.running(now) if row.offer_id not in recent and _suits(row, to)]
        if not left:
            return _nothing_left(book.running(now), segment_id)
        kept_back = _kept_back(to, segment_id, seed)
        if kept_back is not None:
            return kept_back
        habits = None if whose is None else habits_of(connection, whose, book, now)
        candidates = _candidates(book, left, habits, segment_id, generous=to.rule == "win_back")
        choice = choose([candidate.worth for candidate in candidates], seed)
        chosen = candidates[choice.index].row
        tried = 1.0 - to.withheld_share if to.rule == "buys_anyway" else 1.0
        return OfferDecision(
            offer=offer_record(chosen),
            withheld=None,
            reason=_reason(connection, book, chosen, habits, segment_id, now),
            propensity=choice.probabilities[choice.index] * tried,
            candidates=[
                *_no_offer(1.0 - tried),
                *(
                    {"offer_id": candidate.row.offer_id, "probability": probability * tried}
                    for candidate, probability in zip(candidates, choice.probabilities, strict=True)
                ),
            ],
            segment_id=segment_id,
            rule=to.rule,
        )

    def why(self, connection: Connection, customer_id: str | None, offer_id: str) -> str | None:
        """Say why an offer fits her, one clause; None for one that is over or unknown."""
        book, now = self._book.get(), self._clock()
        row = book.offers.get(offer_id)
        if row is None:
            return None
        features = None if customer_id is None else features_row(connection, customer_id)
        habits = None if customer_id is None else habits_of(connection, customer_id, book, now)
        return _reason(connection, book, row, habits, None if features is None else features.segment_id, now)


def shown_offers(connection: Connection, customer_id: str, limit: int) -> list[tuple[datetime, Offer]]:
    """Give the offers made to a customer in conversations, newest first; those since deleted are left out."""
    shown = offers_shown(connection, customer_id, limit)
    rows = offers_by_id(connection, {offer_id for _, offer_id in shown})
    return [(moment, offer_record(rows[offer_id])) for moment, offer_id in shown if offer_id in rows]


def offer_record(row: OfferRow) -> Offer:
    """Give the record of a stored offer."""
    return Offer(
        offer_id=row.offer_id,
        title=row.title,
        description=row.description,
        kind=row.kind,
        value=row.value,
        category=row.category,
        ends_at=row.ends_at,
    )


def _candidates(
    book: OfferBook, rows: Sequence[OfferRow], habits: Habits | None, segment_id: int | None, *, generous: bool
) -> list[_Candidate]:
    """Give the most promising offers, one per category: worth = (curiosity + habit) × √ redemption rate.

    The root, because a category's rate also tells how many such offers there were. Without a history the habit is
    everybody's: how much the covered products sell. A `generous` choice counts what an offer takes off as well.
    """
    most_sold = max((book.sold.get(row.offer_id, 0) for row in rows), default=0) or 1
    by_category: dict[str | None, _Candidate] = {}
    for row in rows:
        habit = book.sold.get(row.offer_id, 0) / most_sold if habits is None else habits.strength(row.offer_id)
        worth = (_CURIOSITY + habit) * sqrt(book.redemptions.rate(row.category or "", segment_id))
        worth *= generosity(row) if generous else 1.0
        best = by_category.get(row.category)
        if best is None or worth > best.worth:
            by_category[row.category] = _Candidate(row=row, worth=worth)
    return sorted(by_category.values(), key=lambda one: (-one.worth, one.row.offer_id))[:CANDIDATES]


def _reason(
    connection: Connection,
    book: OfferBook,
    row: OfferRow,
    habits: Habits | None,
    segment_id: int | None,
    now: datetime,
) -> str:
    habit = None if habits is None else habits.by_offer.get(row.offer_id)
    if habit is None or habits is None:
        return because_of_others(book.redemptions, row.category, segment_id)
    often = [product_id for product_id, _ in habit.products.most_common(_NAMED_BY)]
    rows = products_by_id(connection, often)
    weights: dict[str, int] = {}
    for product in rows.values():
        weights[product.category] = weights.get(product.category, 0) + habit.products[product.product_id]
    category = max(weights, key=lambda name: (weights[name], name)) if weights else None
    return because_of_habit(habit, habits.strength(row.offer_id), category, now)


def _is_upset(connection: Connection, customer_id: str | None, mood: float | None) -> bool:
    if mood is not None and mood < MOOD_NOW:
        return True
    profile = None if customer_id is None else profile_row(connection, customer_id)
    return profile is not None and profile.sentiment is not None and profile.sentiment < MOOD_LATELY


def _suits(row: OfferRow, to: Addressee) -> bool:
    return to.tastes.suits(Goods(name=row.title, category=row.category or ""))


def _nothing_left(running: Sequence[OfferRow], segment_id: int | None) -> OfferDecision:
    if running:
        return _withheld("recently_offered", "every offer was made already", segment_id)
    return _withheld("no_offer", "no offer is running", segment_id)


def _kept_back(to: Addressee, segment_id: int | None, seed: str) -> OfferDecision | None:
    """Withhold by the shop's rules: always of a group without offers, mostly of one who buys anyway."""
    if to.rule == "segment":
        return replace(_withheld("segment", "of a group that is made no offers", segment_id), rule=to.rule)
    if to.rule != "buys_anyway" or not happens(to.withheld_share, seed):
        return None
    text = "comes anyway and pays full prices"
    decision = _withheld("buys_anyway", text, segment_id)
    return replace(decision, propensity=to.withheld_share, candidates=_no_offer(to.withheld_share), rule=to.rule)


def _no_offer(probability: float) -> list[dict[str, Any]]:
    return [{"offer_id": None, "probability": probability}] if probability > 0 else []


def _withheld(why: str, text: str, segment_id: int | None) -> OfferDecision:
    return OfferDecision(offer=None, withheld=why, reason=text, propensity=1.0, segment_id=segment_id)
