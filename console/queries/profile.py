"""The panel beside a conversation: everything the house knows of its customer."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from analytics.account_records import Filed
from analytics.complaint_records import KeptComplaint
from analytics.facade import Analytics, AnalyticsUnavailable
from analytics.profile_records import CustomerProfile
from analytics.rating_service import ChatRating
from analytics.records import CustomerContext, Offer, Order
from analytics.review_service import Review


@dataclass(frozen=True, slots=True, kw_only=True)
class ProfilePanel:
    """A customer on one panel; `context` None for a visitor; `fault` says why figures are missing."""

    currency: str = ""
    context: CustomerContext | None = None
    #: Everything known of her as of now; None for a visitor.
    profile: CustomerProfile | None = None
    orders: list[Order] = field(default_factory=list)
    offers: list[tuple[datetime, Offer]] = field(default_factory=list)
    #: What she complained about and asked of the shop's people, as far as it is open.
    complaints: list[KeptComplaint] = field(default_factory=list)
    requests: list[Filed] = field(default_factory=list)
    reviews: list[Review] = field(default_factory=list)
    #: What was said of this conversation.
    rating: ChatRating | None = None
    fault: str | None = None


def profile_panel(analytics: Analytics, customer_id: str | None, conversation_id: str) -> ProfilePanel:
    """Ask analytics for the panel; synchronous, some ten milliseconds."""
    try:
        currency = analytics.shop().currency
        if customer_id is None:
            return ProfilePanel(
                currency=currency,
                complaints=analytics.complaint_service().open_in(conversation_id),
                rating=analytics.rating_service().of_conversation(conversation_id),
            )
        return ProfilePanel(
            currency=currency,
            context=analytics.customer(customer_id),
            profile=analytics.profile(customer_id),
            orders=analytics.orders(customer_id, limit=5),
            offers=analytics.offers_shown(customer_id, limit=5),
            complaints=analytics.complaint_service().open_of(customer_id),
            requests=analytics.account_service().requests(customer_id),
            rating=analytics.rating_service().of_conversation(conversation_id),
            reviews=analytics.review_service().of_customer(customer_id)[:5],
        )
    except AnalyticsUnavailable as error:
        return ProfilePanel(fault=str(error))


def settle(analytics: Analytics, panel: ProfilePanel, open_id: str) -> bool:
    """Note that a complaint or request of the panel is dealt with; False where the panel has none of this id."""
    if any(kept.complaint_id == open_id for kept in panel.complaints):
        return analytics.complaint_service().resolve(open_id)
    if any(filed.request_id == open_id for filed in panel.requests):
        return analytics.account_service().settle(open_id)
    return False
