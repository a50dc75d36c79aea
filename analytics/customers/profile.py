"""The customer profile, put together from indexed reads: a turn, an order or an event of a moment ago is in it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import TypeVar
from zoneinfo import ZoneInfo

from sqlalchemy import Connection

from analytics.accounts.consents import consents_now
from analytics.customers.context import profile_of, segment_of
from analytics.customers.engagement import engagement_of, freshness
from analytics.customers.rfm import habits_of, rfm_now
from analytics.loyalty.points import balance_of
from analytics.orders.states import reported_state
from analytics.profile_records import Browsing, CustomerProfile, Engagement, Loyalty, Preferences
from analytics.records import DialogueProfile
from analytics.shop.loader import Shop
from store.repositories.complaints import open_complaints
from store.repositories.contacts import conversations_held, rated_at, reviewed_at
from store.repositories.customers import customer_row
from store.repositories.order_history import PastOrder, lines_by_category, order_history
from store.repositories.profiles import features_row

#: Orders looked at for her tastes: what she bought years ago says little.
ORDERS_OF_TASTE = 50
#: Categories told of her.
CATEGORIES_TOLD = 12
_NOT_KEPT = frozenset({"cancelled", "returned"})

_Key = TypeVar("_Key", int, str)


def customer_profile(connection: Connection, customer_id: str, *, shop: Shop, now: datetime) -> CustomerProfile | None:
    """Give everything known of a customer; None for an unknown id."""
    row = customer_row(connection, customer_id)
    if row is None:
        return None
    features = features_row(connection, customer_id)
    dialogue = profile_of(connection, customer_id)
    placed = [one for one in order_history(connection, customer_id) if reported_state(one.status) not in _NOT_KEPT]
    contacts = conversations_held(connection, customer_id)
    return CustomerProfile(
        customer_id=customer_id,
        name=row.name,
        demographics=dict(row.traits),
        preferences=_preferences(connection, customer_id, dialogue),
        rfm=rfm_now(features, placed, now),
        rfm_class=None,
        discount_share=_discount_share(placed),
        browsing=Browsing(),
        engagement=_engagement(connection, customer_id, placed, contacts, shop, now),
        hours=_hours(placed, ZoneInfo(shop.timezone)),
        channels=_shares(Counter(channel for channel, _ in contacts)),
        dialogue=dialogue,
        complaints_open=len(open_complaints(connection, customer_id=customer_id)),
        unmet_requests=tuple(dialogue.unmet_requests),
        loyalty=_loyalty(connection, customer_id, shop, now),
        consents={
            str(purpose): consent.granted
            for purpose, consent in consents_now(connection, customer_id, shop.account_policy, now).items()
        },
        segment=segment_of(connection, features),
        segment_history=(),
        rule_segments=(),
        predictions=None,
        behaviour={} if features is None else habits_of(features),
        updated_at=_latest(placed, contacts, dialogue, None if features is None else features.computed_at),
    )


def _preferences(connection: Connection, customer_id: str, dialogue: DialogueProfile) -> Preferences:
    lines = lines_by_category(connection, customer_id, ORDERS_OF_TASTE)
    told = dict(list(_shares(lines).items())[:CATEGORIES_TOLD])
    stated = {name: tuple(values) for name, values in dialogue.preferences.items() if values}
    return Preferences(stated=stated, inferred=told)


def _engagement(
    connection: Connection,
    customer_id: str,
    placed: Sequence[PastOrder],
    contacts: Sequence[tuple[str, datetime]],
    shop: Shop,
    now: datetime,
) -> Engagement:
    moments = {
        "orders": [order.placed_at for order in placed],
        "conversations": [at for _, at in contacts],
        "reviews": reviewed_at(connection, customer_id),
        "ratings": rated_at(connection, customer_id),
    }
    policy = shop.engagement
    return engagement_of({kind: freshness(at, now, policy.half_life_days) for kind, at in moments.items()}, policy)


def _discount_share(placed: Sequence[PastOrder]) -> float | None:
    """Give discount ÷ (paid + discount), as the feature job does; None where nothing was paid."""
    full_price = sum(order.total + order.discount for order in placed)
    return round(sum(order.discount for order in placed) / full_price, 3) if full_price > 0 else None


def _hours(placed: Sequence[PastOrder], zone: ZoneInfo) -> dict[int, float]:
    return _shares(Counter(order.placed_at.astimezone(zone).hour for order in placed))


def _loyalty(connection: Connection, customer_id: str, shop: Shop, now: datetime) -> Loyalty | None:
    if shop.loyalty is None:
        return None
    return Loyalty(points=balance_of(connection, customer_id, shop.loyalty, now).points)


def _shares(counted: Mapping[_Key, int]) -> dict[_Key, float]:
    """Give each its share of all, most first."""
    everything = sum(counted.values())
    ordered = sorted(counted.items(), key=lambda one: (-one[1], one[0]))
    return {key: round(count / everything, 4) for key, count in ordered}


def _latest(
    placed: Sequence[PastOrder],
    contacts: Sequence[tuple[str, datetime]],
    dialogue: DialogueProfile,
    computed: datetime | None,
) -> datetime | None:
    moments = [placed[-1].placed_at if placed else None, dialogue.last_contact_at, computed]
    moments += [at for _, at in contacts]
    return max((moment for moment in moments if moment is not None), default=None)
