"""What is said of the shop elsewhere: mentions on social media, reviews on other sites."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, insert, select, update

from store.tables import mentions, metadata, outside_reviews, products

_CHUNK = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class MentionRow:
    """One mention; fields as in `store.tables.sources`."""

    mention_id: str
    network: str
    handle: str
    text: str
    url: str | None
    sentiment: float | None
    customer_id: str | None
    product_id: str | None
    written_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class OutsideReviewRow:
    """One review on another site; fields as in `store.tables.sources`."""

    review_id: str
    site: str
    product_id: str
    author: str | None
    stars: int
    text: str
    sentiment: float | None
    customer_id: str | None
    written_at: datetime


def scored_texts(connection: Connection, table: str, ids: Collection[str]) -> dict[str, tuple[str, float | None]]:
    """Give {id: (text, sentiment)} of what is stored already, of `mentions` or `outside_reviews`."""
    kept = metadata.tables[table]
    key = next(iter(kept.primary_key.columns))
    listed = sorted(ids)
    found: dict[str, tuple[str, float | None]] = {}
    for start in range(0, len(listed), _CHUNK):
        query = select(key, kept.c.text, kept.c.sentiment).where(key.in_(listed[start : start + _CHUNK]))
        found.update({row[0]: (row[1], row[2]) for row in connection.execute(query)})
    return found


def put_voices(connection: Connection, table: str, rows: Sequence[dict[str, Any]], stored: Collection[str]) -> None:
    """Write rows of `mentions` or `outside_reviews`, new or changed.

    Parameters
    ----------
    stored : ids that are there already.
    """
    kept = metadata.tables[table]
    key = next(iter(kept.primary_key.columns))
    fresh = [row for row in rows if row[key.name] not in stored]
    if fresh:
        connection.execute(insert(kept), fresh)
    for row in rows:
        if row[key.name] in stored:
            connection.execute(update(kept).where(key == row[key.name]).values(**row))


def mentions_of(connection: Connection, customer_id: str) -> list[MentionRow]:
    """Give what a customer wrote elsewhere under a handle known to be hers, the newest first."""
    query = select(mentions).where(mentions.c.customer_id == customer_id).order_by(mentions.c.written_at.desc())
    return [MentionRow(**row._asdict()) for row in connection.execute(query)]


def outside_reviews_of(connection: Connection, product_id: str) -> list[OutsideReviewRow]:
    """Give what is said of a product on other sites, the newest first."""
    columns = outside_reviews.c
    query = select(outside_reviews).where(columns.product_id == product_id).order_by(columns.written_at.desc())
    return [OutsideReviewRow(**row._asdict()) for row in connection.execute(query)]


def product_names(connection: Connection) -> dict[str, str]:
    """Give {product id: name} of all products."""
    return {row[0]: row[1] for row in connection.execute(select(products.c.product_id, products.c.name))}
