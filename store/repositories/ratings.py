"""Ratings of chats: one row a conversation."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Select, func, insert, select, update
from sqlalchemy.exc import IntegrityError

from store.tables import chat_ratings


@dataclass(frozen=True, slots=True, kw_only=True)
class RatingRow:
    """One rating; fields as in `store.tables.shopping`."""

    score: int | None
    comment: str
    declined: bool
    asked_at: datetime
    rated_at: datetime | None


def rating_of(connection: Connection, conversation_id: str) -> RatingRow | None:
    """Give what is kept of a conversation."""
    row = connection.execute(_ratings().where(chat_ratings.c.conversation_id == conversation_id)).first()
    return RatingRow(**row._asdict()) if row else None


def ratings_of(connection: Connection, customer_id: str) -> list[RatingRow]:
    """Give what is kept of a customer's conversations, the newest first."""
    query = _ratings().where(chat_ratings.c.customer_id == customer_id).order_by(chat_ratings.c.asked_at.desc())
    return [RatingRow(**row._asdict()) for row in connection.execute(query)]


def begin_rating(connection: Connection, conversation_id: str, customer_id: str | None, asked_at: datetime) -> bool:
    """Write the row of a conversation; False where it has one, of whichever process."""
    row = {"conversation_id": conversation_id, "customer_id": customer_id, "asked_at": asked_at, "comment": ""}
    if rating_of(connection, conversation_id) is not None:
        return False
    try:
        with connection.begin_nested():
            connection.execute(insert(chat_ratings).values(**row, declined=False))
    except IntegrityError:  # written by another process since we looked
        return False
    return True


def change_rating(connection: Connection, conversation_id: str, **values: Any) -> None:
    """Change what is kept of a conversation; nothing where there is no row."""
    which = chat_ratings.c.conversation_id == conversation_id
    connection.execute(update(chat_ratings).where(which).values(**values))


def scores_counted(connection: Connection) -> dict[int, int]:
    """Count the ratings of each score given."""
    score = chat_ratings.c.score
    query = select(score, func.count()).where(score.is_not(None)).group_by(score)
    return {int(given): int(count) for given, count in connection.execute(query)}


def _ratings() -> Select[Any]:
    columns = chat_ratings.c
    return select(columns.score, columns.comment, columns.declined, columns.asked_at, columns.rated_at)
