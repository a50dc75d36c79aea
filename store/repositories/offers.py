"""Offers, the products each covers, who redeemed what, and which were shown to whom."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, case, distinct, func, or_, select

from store.tables import customer_features, decisions, offer_products, offers, redemptions

_OFFER = (
    offers.c.offer_id,
    offers.c.title,
    offers.c.description,
    offers.c.kind,
    offers.c.value,
    offers.c.category,
    offers.c.starts_at,
    offers.c.ends_at,
    offers.c.active,
)


@dataclass(frozen=True, slots=True)
class OfferRow:
    """One offer; open-ended where `starts_at` or `ends_at` is None."""

    offer_id: str
    title: str
    description: str
    kind: str
    value: float | None
    category: str | None
    starts_at: datetime | None
    ends_at: datetime | None
    active: bool


def offers_by_id(connection: Connection, offer_ids: Collection[str]) -> dict[str, OfferRow]:
    """Give those of the offers that exist, by id."""
    query = select(*_OFFER).where(offers.c.offer_id.in_(sorted(offer_ids)))
    return {row.offer_id: _offer(row) for row in connection.execute(query)}


def offers_not_over(connection: Connection, now: datetime) -> list[OfferRow]:
    """Give active offers that have not ended, those to come included, by id."""
    not_over = or_(offers.c.ends_at.is_(None), offers.c.ends_at > now)
    query = select(*_OFFER).where(offers.c.active, not_over).order_by(offers.c.offer_id)
    return [_offer(row) for row in connection.execute(query)]


def products_of_offers(connection: Connection, offer_ids: Collection[str]) -> dict[str, frozenset[str]]:
    """Give the products each offer covers; offers without any are absent."""
    covered: dict[str, set[str]] = {}
    query = select(offer_products.c.offer_id, offer_products.c.product_id)
    for offer_id, product_id in connection.execute(query.where(offer_products.c.offer_id.in_(sorted(offer_ids)))):
        covered.setdefault(offer_id, set()).add(product_id)
    return {offer_id: frozenset(product_ids) for offer_id, product_ids in covered.items()}


def redeemers_by_category(connection: Connection) -> list[tuple[str | None, int | None, int]]:
    """Give (offer category, segment, customers who redeemed such an offer); segment None for unsegmented customers."""
    query = (
        select(offers.c.category, customer_features.c.segment_id, func.count(distinct(redemptions.c.customer_id)))
        .select_from(redemptions)
        .join(offers, offers.c.offer_id == redemptions.c.offer_id)
        .outerjoin(customer_features, customer_features.c.customer_id == redemptions.c.customer_id)
        .group_by(offers.c.category, customer_features.c.segment_id)
    )
    return [(row[0], row[1], row[2]) for row in connection.execute(query)]


def offers_shown(connection: Connection, customer_id: str, limit: int) -> list[tuple[datetime, str]]:
    """Give (moment, offer id) of the offers made to a customer in conversations, newest first."""
    columns = decisions.c
    query = (
        select(columns.created_at, columns.chosen)
        .where(columns.customer_id == customer_id, columns.kind == "offer", columns.chosen.is_not(None))
        .order_by(columns.created_at.desc(), columns.decision_id)
        .limit(limit)
    )
    return [(row[0], row[1]) for row in connection.execute(query)]


def offers_version(connection: Connection) -> tuple[Any, ...]:
    """Give a value that changes when offers or redemptions are added, ended or switched off; for caches."""
    of_offers = select(
        func.count(),
        func.sum(case((offers.c.active, 1), else_=0)),
        func.max(offers.c.ends_at),
        func.max(offers.c.starts_at),
    )
    of_redemptions = select(func.max(redemptions.c.redemption_id))
    return (*connection.execute(of_offers).one(), connection.execute(of_redemptions).scalar())


def _offer(row: Sequence[Any]) -> OfferRow:
    return OfferRow(*row)
