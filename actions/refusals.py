"""What a customer has turned down, in this conversation and before."""

from __future__ import annotations

from actions import slots
from actions.turn import Turn
from analytics.facade import Analytics

#: Key of the profile's preferences under which refused products are kept.
REFUSED = "refused_products"


def refused_products(turn: Turn, analytics: Analytics) -> frozenset[str]:
    """Give the ids of products not to show her again."""
    now = frozenset(turn.slot_list(slots.REFUSED_PRODUCTS))
    known = analytics.customer(turn.customer_id) if turn.customer_id else None
    before = known.profile.preferences.get(REFUSED, []) if known else []
    return now | frozenset(before)
