"""Ratings on our own store: one row a conversation, harmless to repeat."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from analytics.failures import unavailable_on_database_failure
from analytics.rating_service import BEST_SCORE, LONGEST_COMMENT, ChatRating
from store.engine import Database
from store.repositories import ratings as kept


class SqlRatingService:
    """Implements `analytics.rating_service.RatingService`; in memory it is its own twin.

    Parameters
    ----------
    database : with all tables.
    clock : gives the present moment, aware.
    """

    def __init__(self, database: Database, *, clock: Callable[[], datetime]) -> None:
        self._database = database
        self._clock = clock

    @unavailable_on_database_failure
    def ask(self, conversation_id: str, customer_id: str | None) -> bool:
        """See `RatingService.ask`."""
        with self._database.write() as connection:
            return kept.begin_rating(connection, conversation_id, customer_id, self._clock())

    @unavailable_on_database_failure
    def rate(self, conversation_id: str, customer_id: str | None, score: int) -> None:
        """See `RatingService.rate`."""
        if not 1 <= score <= BEST_SCORE:
            raise ValueError(f"A score is 1 to {BEST_SCORE}, not {score}.")
        now = self._clock()
        with self._database.write() as connection:
            kept.begin_rating(connection, conversation_id, customer_id, now)
            kept.change_rating(connection, conversation_id, score=score, declined=False, rated_at=now)

    @unavailable_on_database_failure
    def comment(self, conversation_id: str, customer_id: str | None, text: str) -> None:
        """See `RatingService.comment`."""
        with self._database.write() as connection:
            kept.begin_rating(connection, conversation_id, customer_id, self._clock())
            row = kept.rating_of(connection, conversation_id)
            before = row.comment.split("\n") if row is not None and row.comment else []
            said = " ".join(text.split())
            if said and said not in before:
                words = "\n".join([*before, said])[:LONGEST_COMMENT]
                kept.change_rating(connection, conversation_id, comment=words)

    @unavailable_on_database_failure
    def decline(self, conversation_id: str) -> None:
        """See `RatingService.decline`."""
        with self._database.write() as connection:
            kept.change_rating(connection, conversation_id, declined=True)

    @unavailable_on_database_failure
    def of_conversation(self, conversation_id: str) -> ChatRating | None:
        """See `RatingService.of_conversation`."""
        with self._database.read() as connection:
            row = kept.rating_of(connection, conversation_id)
        if row is None:
            return None
        return _rating(row)

    @unavailable_on_database_failure
    def of_customer(self, customer_id: str) -> list[ChatRating]:
        """See `RatingService.of_customer`."""
        with self._database.read() as connection:
            return [_rating(row) for row in kept.ratings_of(connection, customer_id)]


def _rating(row: kept.RatingRow) -> ChatRating:
    return ChatRating(score=row.score, comment=row.comment, asked_at=row.asked_at, rated_at=row.rated_at)
