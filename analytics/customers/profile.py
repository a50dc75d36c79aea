"""The customer profile, put together from indexed reads: a turn, an order or an event of a moment ago is in it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Literal, TypeVar, cast
from zoneinfo import ZoneInfo

from sqlalchemy import Connection

from analytics.accounts.consents import consents_now
from analytics.customers.context import profile_of, segment_of
from analytics.customers.engagement import engagement_of, freshness
from analytics.customers.rfm import habits_of, rfm_now
from analytics.live.reading import live_of
from analytics.live.state import LiveState
from analytics.loyalty.points import balance
from analytics.orders.states import reported_state
from analytics.prediction.reading import predictions_of
from analytics.profile_records import (
    Browsing,
    CustomerProfile,
    Engagement,
    Loyalty,
    Preferences,
    SegmentMove,
)
from analytics.records import DialogueProfile
from analytics.segmentation.rfm_classes import rfm_class
from analytics.segmentation.rules.reading import rule_segments_of
from analytics.shop.loader import Shop
from analytics.shop.today import STALE, today_of
from store.repositories.complaints import complaints_open
from store.repositories.contacts import conversations_held, rated_at, reviewed_at
from store.repositories.customers import customer_row
from store.repositories.order_history import CategoryLines, PastOrder, lines_by_category, order_history
from store.repositories.points import Earning
from store.repositories.profiles import features_row
from store.repositories.segment_moves import SegmentMoveRow, moves_of

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
    history = order_history(connection, customer_id)
    placed = [one for one in history if reported_state(one.status) not in _NOT_KEPT]
    lines = lines_by_category(connection, customer_id) if placed else []
    contacts = conversations_held(connection, customer_id)
    live = live_of(connection, customer_id, now) or LiveState()
    is_here = not placed or now - placed[-1].placed_at <= STALE  # then the shop's last order is no older
    rfm = rfm_now(features, placed, now if is_here else today_of(connection, now))
    done = _moments(placed, contacts)
    changed_at = [
        *done["orders"][-1:],
        *done["conversations"],
        dialogue.last_contact_at,
        live.last_seen_at,
        None if features is None else features.computed_at,
    ]
    return CustomerProfile(
        customer_id=customer_id,
        name=row.name,
        demographics=dict(row.traits),
        preferences=_preferences(placed, lines, dialogue, live),
        rfm=rfm,
        rfm_class=None if rfm is None else rfm_class(rfm.recency_score, rfm.frequency_score, rfm.monetary_score),
        discount_share=_discount_share(placed),
        browsing=browsing_of(live),
        engagement=_engagement(connection, customer_id, done, live.actions(now), shop, now),
        hours=_rounded(live.hours()) or _hours(placed, ZoneInfo(shop.timezone)),
        channels=_rounded(live.channels()) or _shares(Counter(channel for channel, _ in contacts)),
        dialogue=dialogue,
        complaints_open=complaints_open(connection, customer_id),
        unmet_requests=tuple(dialogue.unmet_requests),
        loyalty=_loyalty(history, lines, shop, now),
        consents={
            str(purpose): consent.granted
            for purpose, consent in consents_now(connection, customer_id, shop.account_policy, now).items()
        },
        segment=segment_of(connection, features),
        segment_history=tuple(_move(row) for row in reversed(moves_of(connection, customer_id))),
        rule_segments=rule_segments_of(connection, customer_id, now),
        predictions=predictions_of(connection, customer_id),
        behaviour={} if features is None else habits_of(features),
        updated_at=max((at for at in changed_at if at is not None), default=None),
    )


def browsing_of(live: LiveState) -> Browsing:
    """Give what she does on the site, as trackers told it."""
    seen = live.seen
    return Browsing(
        views=seen.views,
        carts=seen.carts,
        carts_abandoned=seen.carts_abandoned,
        cart=tuple(seen.cart),
        last_viewed=tuple(str(product) for product, _ in seen.viewed),
        last_seen_at=live.last_seen_at,
    )


def _move(row: SegmentMoveRow) -> SegmentMove:
    why = cast("Literal['rebuild', 'event', 'rollback', 'first']", row.why)
    return SegmentMove(segment_id=row.to_segment, name=row.name, at=row.at, why=why)


def _preferences(
    placed: Sequence[PastOrder], lines: Sequence[CategoryLines], dialogue: DialogueProfile, live: LiveState
) -> Preferences:
    latest = {order.order_id for order in placed[-ORDERS_OF_TASTE:]}
    counted: Counter[str] = Counter()
    for held in lines:
        if held.order_id in latest:
            counted[held.category] += held.lines
    told = dict(list((_shares(counted) or _rounded(live.categories())).items())[:CATEGORIES_TOLD])
    stated = {name: tuple(values) for name, values in dialogue.preferences.items() if values}
    return Preferences(stated=stated, inferred=told)


def _engagement(
    connection: Connection,
    customer_id: str,
    moments: Mapping[str, Sequence[datetime]],
    tracked: Mapping[str, float],
    shop: Shop,
    now: datetime,
) -> Engagement:
    """Weigh what she did: what is kept here by its moments, the rest as trackers' counters have it."""
    own = {
        **moments,
        "reviews": reviewed_at(connection, customer_id),
        "ratings": rated_at(connection, customer_id),
    }
    policy = shop.engagement
    fresh = {kind: freshness(at, now, policy.half_life_days) for kind, at in own.items()}
    return engagement_of({**tracked, **fresh}, policy)


def _moments(placed: Sequence[PastOrder], contacts: Sequence[tuple[str, datetime]]) -> dict[str, list[datetime]]:
    return {"orders": [order.placed_at for order in placed], "conversations": [at for _, at in contacts]}


def _discount_share(placed: Sequence[PastOrder]) -> float | None:
    """Give discount ÷ (paid + discount), as the feature job does; None where nothing was paid."""
    full_price = sum(order.total + order.discount for order in placed)
    return round(sum(order.discount for order in placed) / full_price, 3) if full_price > 0 else None


def _hours(placed: Sequence[PastOrder], zone: ZoneInfo) -> dict[int, float]:
    return _shares(Counter(order.placed_at.astimezone(zone).hour for order in placed))


def _loyalty(history: Sequence[PastOrder], lines: Sequence[CategoryLines], shop: Shop, now: datetime) -> Loyalty | None:
    if shop.loyalty is None:
        return None
    taken_off: dict[str, float] = {}
    for held in lines:
        if held.category.lower() in shop.loyalty.without:
            taken_off[held.order_id] = taken_off.get(held.order_id, 0.0) + held.amount
    earned = [Earning(one.placed_at, one.total - taken_off.get(one.order_id, 0.0), one.status) for one in history]
    return Loyalty(points=balance(earned, shop.loyalty, now).points)


def _shares(counted: Mapping[_Key, int]) -> dict[_Key, float]:
    """Give each its share of all, most first."""
    everything = sum(counted.values())
    ordered = sorted(counted.items(), key=lambda one: (-one[1], one[0]))
    return {key: round(count / everything, 4) for key, count in ordered}


def _rounded(shares: Mapping[_Key, float]) -> dict[_Key, float]:
    return {key: round(share, 4) for key, share in shares.items()}
