"""What an import writes: customers, products, orders, offers and what belongs to them. Every write can be repeated."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from datetime import datetime, timedelta
from itertools import islice

from sqlalchemy import Connection, Table, bindparam, delete, func, insert, select, update

from store.repositories.bulk import Row
from store.tables import metadata, offers, order_lines, orders, redemptions

_CHUNK = 500


def stored_ids(connection: Connection, table: str) -> list[str]:
    """Give all ids of `customers`, `products`, `orders` or `offers`."""
    key = next(iter(metadata.tables[table].primary_key.columns))
    return list(connection.execute(select(key)).scalars())


def has_orders(connection: Connection) -> bool:
    """Whether anything was ever ordered; an import into an empty shop may take the faster way."""
    return connection.execute(select(orders.c.order_id).limit(1)).first() is not None


def drop_indexes(connection: Connection, tables: Iterable[Table]) -> None:
    """Drop the secondary indexes; loading first and indexing once is twice as fast. In the caller's transaction."""
    for table in tables:
        for index in table.indexes:
            index.drop(connection, checkfirst=True)


def make_indexes(connection: Connection, tables: Iterable[Table]) -> None:
    """Make whatever index is missing."""
    for table in tables:
        for index in table.indexes:
            index.create(connection, checkfirst=True)


def withdraw_orders(connection: Connection, order_ids: Sequence[str]) -> None:
    """Delete orders with their lines: a demonstration shop's later import places them later."""
    for chunk in _chunks(order_ids):
        connection.execute(delete(order_lines).where(order_lines.c.order_id.in_(chunk)))
        connection.execute(delete(orders).where(orders.c.order_id.in_(chunk)))


def drop_surplus_lines(connection: Connection, lengths: dict[str, int]) -> int:
    """Delete lines that orders no longer have; give how many orders that touched.

    Parameters
    ----------
    lengths : {order id: number of lines it has now}; other orders are left alone.
    """
    stored = connection.execute(select(order_lines.c.order_id, func.max(order_lines.c.line)).group_by("order_id"))
    longer = [{"order": row[0], "last": lengths[row[0]]} for row in stored if row[1] > lengths.get(row[0], row[1])]
    if longer:
        surplus = (order_lines.c.order_id == bindparam("order")) & (order_lines.c.line > bindparam("last"))
        connection.execute(delete(order_lines).where(surplus), longer)
    return len(longer)


def replace_offer_products(connection: Connection, offer_ids: Sequence[str]) -> None:
    """Forget which products the offers cover; the caller writes them anew in the same transaction."""
    covered = metadata.tables["offer_products"]
    for chunk in _chunks(offer_ids):
        connection.execute(delete(covered).where(covered.c.offer_id.in_(chunk)))


def merge_redemptions(connection: Connection, rows: Iterable[Row], moved: timedelta) -> None:
    """Add redemptions that are not stored yet.

    Parameters
    ----------
    rows : (customer id, offer id, aware moment).
    moved : how much later the same import would have put a stored row than it did then (demonstration shops).
    """
    columns = redemptions.c
    stored: dict[tuple[str, str, datetime], int] = {
        (row.customer_id, row.offer_id, row.redeemed_at): row.redemption_id
        for row in connection.execute(select(redemptions))
    }
    fresh, shifted = [], []
    for customer_id, offer_id, redeemed_at in rows:
        if (customer_id, offer_id, redeemed_at) in stored:
            continue
        before = stored.get((customer_id, offer_id, redeemed_at - moved)) if moved else None
        if before is not None:
            shifted.append({"row": before, "moment": redeemed_at})
        else:
            fresh.append({"customer_id": customer_id, "offer_id": offer_id, "redeemed_at": redeemed_at})
    if shifted:
        known = update(redemptions).where(columns.redemption_id == bindparam("row"))
        connection.execute(known.values(redeemed_at=bindparam("moment")), shifted)
    if fresh:
        connection.execute(insert(redemptions), fresh)


def refresh_active_offers(connection: Connection, now: datetime) -> None:
    """Set `active` of every offer that has a window by whether it covers `now`."""
    windowed = offers.c.starts_at.is_not(None) | offers.c.ends_at.is_not(None)
    covers = (func.coalesce(offers.c.starts_at, now) <= now) & (func.coalesce(offers.c.ends_at, now) >= now)
    connection.execute(update(offers).where(windowed, offers.c.active != covers).values(active=covers))


def _chunks(ids: Collection[str]) -> Iterable[list[str]]:
    iterator = iter(ids)
    while chunk := list(islice(iterator, _CHUNK)):
        yield chunk
