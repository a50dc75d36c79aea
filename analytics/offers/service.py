"""The next offer for one customer: what is running, what fits, whether it is the moment, and one drawn."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from math import sqrt

from sqlalchemy import Connection

from analytics.offers.book import OfferBook, read_book
from analytics.offers.choice import choose
from analytics.offers.habits import Habits, habits_of
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
        self,
        connection: Connection,
        customer_id: str | None,
        *,
        mood: float | None,
        recent: frozenset[str],
        personal: bool = True,
    ) -> OfferDecision:
        """Choose an offer, or withhold it; see `Analytics.next_offer`. What she bought is used only if `personal`."""
        whose = customer_id if personal else None
        features = None if whose is None else features_row(connection, whose)
        segment_id = None if features is None else features.segment_id
        if _is_upset(connection, customer_id, mood):
            return _withheld("mood", "not while the customer is upset", segment_id)
        book, now = self._book.get(), self._clock()
        running = book.running(now)
        left = [row for row in running if row.offer_id not in recent]
        if not left:
            why = "recently_offered" if running else "no_offer"
            text = "every offer was made already" if running else "no offer is running"
            return _withheld(why, text, segment_id)
        habits = None if whose is None else habits_of(connection, whose, book, now)
        candidates = _candidates(book, left, habits, segment_id)
        seed = f"{customer_id}|{now.isoformat()}|{','.join(sorted(recent))}"
        choice = choose([candidate.worth for candidate in candidates], seed)
        chosen = candidates[choice.index].row
        return OfferDecision(
            offer=offer_record(chosen),
            withheld=None,
            reason=_reason(connection, book, chosen, habits, segment_id, now),
            propensity=choice.probabilities[choice.index],
            candidates=[
                {"offer_id": candidate.row.offer_id, "probability": probability}
                for candidate, probability in zip(candidates, choice.probabilities, strict=True)
            ],
            segment_id=segment_id,
        )


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
    book: OfferBook, rows: Sequence[OfferRow], habits: Habits | None, segment_id: int | None
) -> list[_Candidate]:
    """Give the most promising offers, one per category: worth = (curiosity + habit) × √ redemption rate.

    The root, because a category's rate also tells how many such offers there were. Without a history the habit is
    everybody's: how much the covered products sell.
    """
    most_sold = max((book.sold.get(row.offer_id, 0) for row in rows), default=0) or 1
    by_category: dict[str | None, _Candidate] = {}
    for row in rows:
        habit = book.sold.get(row.offer_id, 0) / most_sold if habits is None else habits.strength(row.offer_id)
        worth = (_CURIOSITY + habit) * sqrt(book.redemptions.rate(row.category or "", segment_id))
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


def _withheld(why: str, text: str, segment_id: int | None) -> OfferDecision:
    return OfferDecision(offer=None, withheld=why, reason=text, propensity=1.0, segment_id=segment_id)
