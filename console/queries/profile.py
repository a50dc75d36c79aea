"""The panel beside a conversation: everything the house knows of its customer."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from analytics.facade import Analytics, AnalyticsUnavailable
from analytics.records import CustomerContext, Offer, Order


@dataclass(frozen=True, slots=True, kw_only=True)
class ProfilePanel:
    """A customer on one panel; `context` None for a visitor; `fault` says why figures are missing."""

    currency: str = ""
    context: CustomerContext | None = None
    orders: list[Order] = field(default_factory=list)
    offers: list[tuple[datetime, Offer]] = field(default_factory=list)
    fault: str | None = None


def profile_panel(analytics: Analytics, customer_id: str | None) -> ProfilePanel:
    """Ask analytics for the panel; synchronous, some ten milliseconds."""
    try:
        currency = analytics.shop().currency
        if customer_id is None:
            return ProfilePanel(currency=currency)
        return ProfilePanel(
            currency=currency,
            context=analytics.customer(customer_id),
            orders=analytics.orders(customer_id, limit=5),
            offers=analytics.offers_shown(customer_id, limit=5),
        )
    except AnalyticsUnavailable as error:
        return ProfilePanel(fault=str(error))
