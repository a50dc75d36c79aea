"""When a customer wrote to us, on which channel, and when she reviewed or rated: moments alone, no words."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection, bindparam, select

from store.tables import chat_ratings, conversations, reviews

# Made once: making a statement anew costs SQLAlchemy more than running it.
_CONVERSATIONS = select(conversations.c.channel, conversations.c.last_message_at).where(
    conversations.c.customer_id == bindparam("whose"), conversations.c.last_seq > 0
)
_REVIEWED = select(reviews.c.created_at).where(reviews.c.customer_id == bindparam("whose"))
_RATED = select(chat_ratings.c.rated_at).where(
    chat_ratings.c.customer_id == bindparam("whose"), chat_ratings.c.rated_at.is_not(None)
)


def conversations_held(connection: Connection, customer_id: str) -> list[tuple[str, datetime]]:
    """Give (channel, moment of the last message) of each of her conversations."""
    return [(channel, at) for channel, at in connection.execute(_CONVERSATIONS, {"whose": customer_id})]


def reviewed_at(connection: Connection, customer_id: str) -> list[datetime]:
    """Give when she wrote each of her reviews."""
    return list(connection.execute(_REVIEWED, {"whose": customer_id}).scalars())


def rated_at(connection: Connection, customer_id: str) -> list[datetime]:
    """Give when she rated each chat that she rated."""
    return [at for at in connection.execute(_RATED, {"whose": customer_id}).scalars() if at is not None]
