"""Reviews: what may be reviewed, what was written, and writing it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import datetime

from sqlalchemy import Connection, func, insert, select, union_all, update

from store.tables import order_lines, orders, outside_reviews, reviews


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewRow:
    """One review; fields as in `store.tables.shopping`."""

    review_id: str
    key: str
    customer_id: str
    product_id: str
    stars: int
    text: str
    sentiment: float | None
    created_at: datetime


def bought_by(connection: Connection, customer_id: str) -> list[str]:
    """Give the ids of what a customer bought, each once, the latest first."""
    query = (
        select(order_lines.c.product_id)
        .join(orders, orders.c.order_id == order_lines.c.order_id)
        .where(orders.c.customer_id == customer_id)
        .group_by(order_lines.c.product_id)
        .order_by(func.max(orders.c.placed_at).desc(), order_lines.c.product_id)
    )
    return [str(product_id) for product_id in connection.execute(query).scalars()]


def reviews_of(connection: Connection, customer_id: str) -> list[ReviewRow]:
    """Give a customer's reviews, the newest first."""
    query = select(reviews).where(reviews.c.customer_id == customer_id).order_by(reviews.c.created_at.desc())
    return [ReviewRow(**row._asdict()) for row in connection.execute(query)]


def review_texts(connection: Connection, *, most: int, letters: int) -> Iterator[tuple[str, str]]:
    """Give (product, words) of the `most` latest reviews of each product, here and elsewhere, the latest first.

    Parameters
    ----------
    letters : of each review, its first ones.
    """
    sources = ((reviews, reviews.c.created_at), (outside_reviews, outside_reviews.c.written_at))
    written = union_all(
        *(
            select(
                table.c.review_id,
                table.c.product_id,
                func.substr(table.c.text, 1, letters).label("text"),
                moment.label("at"),
            ).where(table.c.text != "")
            for table, moment in sources
        )
    ).subquery()
    latest = (written.c.at.desc(), written.c.review_id)
    place = func.row_number().over(partition_by=written.c.product_id, order_by=latest).label("place")
    placed = select(written.c.product_id, written.c.text, place).subquery()
    query = select(placed.c.product_id, placed.c.text).where(placed.c.place <= most)
    for row in connection.execute(query.order_by(placed.c.product_id, placed.c.place)):
        yield row.product_id, row.text


def put_review(connection: Connection, row: ReviewRow) -> None:
    """Write a review over the one of this customer and product, if there is one; hold the customer before."""
    own = (reviews.c.customer_id == row.customer_id) & (reviews.c.product_id == row.product_id)
    values = {name: value for name, value in asdict(row).items() if name != "review_id"}
    if connection.execute(select(reviews.c.review_id).where(reviews.c.key == row.key)).first():
        return
    if connection.execute(update(reviews).where(own).values(**values)).rowcount == 0:
        connection.execute(insert(reviews).values(**asdict(row)))
