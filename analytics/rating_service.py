"""The port through which customers say how a chat was: our SQL implementation, or a shop's own."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

#: The best score; the worst is 1. From `GOOD_FROM` on she was satisfied.
BEST_SCORE = 5
GOOD_FROM = 4
#: Letters of all comments on one chat; what is longer is cut.
LONGEST_COMMENT = 2000


@dataclass(frozen=True, slots=True, kw_only=True)
class ChatRating:
    """What was said of one conversation; `score` None while she gave none."""

    score: int | None
    comment: str
    asked_at: datetime
    rated_at: datetime | None


class RatingService(Protocol):
    """What can be done with ratings. Every method raises `AnalyticsUnavailable` when the store does not answer."""

    def ask(self, conversation_id: str, customer_id: str | None) -> bool:
        """Note that she is asked now; False where she was asked in this conversation before, or has rated it."""

    def rate(self, conversation_id: str, customer_id: str | None, score: int) -> None:
        """Keep her score; a later one of the same conversation replaces it.

        Raises
        ------
        ValueError : `score` is not 1 to 5.
        """

    def comment(self, conversation_id: str, customer_id: str | None, text: str) -> None:
        """Keep her words, after those she wrote of this conversation before; the same words again change nothing."""

    def decline(self, conversation_id: str) -> None:
        """Note that she would rather not say."""

    def of_conversation(self, conversation_id: str) -> ChatRating | None:
        """Give what was said of a conversation; None where she was never asked and said nothing."""

    def of_customer(self, customer_id: str) -> list[ChatRating]:
        """Give what a customer said of her conversations, the newest first."""
