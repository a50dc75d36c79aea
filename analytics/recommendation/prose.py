"""What is told of products beyond their names: the shop's descriptions, and the words of reviews.

It only tells which products are alike; nothing of it is kept in the model.
"""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import Connection

from store.repositories.catalogue import product_descriptions
from store.repositories.reviews import review_texts

#: Reviews read of a product, the latest; letters of each, so that none speaks for all; letters of all together.
REVIEWS_READ, LETTERS_OF_ONE, LETTERS_OF_ALL = 50, 400, 2_000


def read_prose(connection: Connection, product_ids: Sequence[str]) -> tuple[str, ...] | None:
    """Give what is told of each product, "" where nothing is; None where nothing is told of any."""
    reviewed: dict[str, str] = {}
    for product_id, text in review_texts(connection, most=REVIEWS_READ, letters=LETTERS_OF_ONE):
        reviewed[product_id] = f"{reviewed.get(product_id, '')} {text}".lstrip()[:LETTERS_OF_ALL]
    described = product_descriptions(connection)
    told = tuple(f"{described.get(one, '')} {reviewed.get(one, '')}".strip() for one in product_ids)
    return told if any(told) else None
