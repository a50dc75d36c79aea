"""What a customer did on the site, as trackers told it: a line for each visit, not one for each page."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import datetime, timedelta

from sqlalchemy import Connection, select

from analytics.insight_records import Told
from store.tables import events

#: Silence that ends a visit, as the live profile counts sessions.
_PAUSE = timedelta(minutes=30)
#: The last events that are read.
_READ = 1000
#: What is told of a visit, in this order: of one, of several; other events, pages among them, are not told.
_DONE = {
    "Products Searched": ("searched once", "searched {} times"),
    "Product Viewed": ("viewed a product", "viewed {} products"),
    "Product Added to Wishlist": ("put a product on the wish list", "put {} products on the wish list"),
    "Product Added": ("put a product into the cart", "put {} products into the cart"),
    "Product Removed": ("took a product out of the cart", "took {} products out of the cart"),
    "Coupon Applied": ("used a coupon", "used {} coupons"),
    "Checkout Started": ("went to the checkout", "went to the checkout {} times"),
    "Order Completed": ("ordered", "ordered {} times"),
    "Order Cancelled": ("cancelled an order", "cancelled {} orders"),
    "Order Refunded": ("got money back", "got money back {} times"),
    "Product Reviewed": ("wrote a review", "wrote {} reviews"),
}


def visits_of(connection: Connection, customer_id: str) -> list[Told]:
    """Tell her last visits in which something happened, each at the moment it began."""
    columns = events.c
    query = (
        select(columns.occurred_at, columns.name)
        .where(columns.customer_id == customer_id, columns.type == "track", columns.name.in_(_DONE))
        .order_by(columns.occurred_at.desc())
        .limit(_READ)
    )
    return told_visits((at, name) for at, name in reversed(connection.execute(query).all()))


def told_visits(happened: Iterable[tuple[datetime, str]]) -> list[Told]:
    """Put (moment, event name) into visits, the oldest first."""
    visits: list[tuple[datetime, Counter[str]]] = []
    last: datetime | None = None
    for at, name in happened:
        if last is None or at - last > _PAUSE:
            visits.append((at, Counter()))
        last = at
        visits[-1][1][name] += 1
    return [Told(at=began, kind="event", text=_text(counts)) for began, counts in visits]


def _text(counts: Counter[str]) -> str:
    done = [words for name, words in _DONE.items() if counts[name]]
    numbers = [counts[name] for name in _DONE if counts[name]]
    told = [one if number == 1 else many.format(number) for (one, many), number in zip(done, numbers, strict=True)]
    return f"On the site: {', '.join(told)}"
