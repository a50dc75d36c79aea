"""Whom campaigns and the chat's offers spoke to, and who answered: the columns from which answers are foretold."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import Connection

from store.repositories.bulk import Row, read_columns

_OFFERS = "SELECT offer_id, campaign_id, starts_at, ends_at FROM offers"
_PRODUCTS = "SELECT offer_id, product_id FROM offer_products"
_REDEMPTIONS = "SELECT customer_id, offer_id, redeemed_at FROM redemptions"
_SHOWN = """
SELECT customer_id, chosen, created_at FROM decisions
WHERE kind = 'offer' AND chosen IS NOT NULL AND customer_id IS NOT NULL
"""


def offer_columns(connection: Connection) -> Iterator[list[Row]]:
    """Give (offer id, campaign id or None, starts, ends) of every offer, moments as the driver has them, in batches."""
    return read_columns(connection, _OFFERS)


def offered_columns(connection: Connection) -> Iterator[list[Row]]:
    """Give (offer id, product id) of everything an offer covers, in batches."""
    return read_columns(connection, _PRODUCTS)


def redemption_columns(connection: Connection) -> Iterator[list[Row]]:
    """Give (customer id, offer id, moment) of every redemption, in batches."""
    return read_columns(connection, _REDEMPTIONS)


def shown_columns(connection: Connection) -> Iterator[list[Row]]:
    """Give (customer id, offer id, moment) of every offer that was shown to a known customer, in batches."""
    return read_columns(connection, _SHOWN)
