"""What to buy again: a customer's own products, those first whose time has come by her own rhythm."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import pairwise
from statistics import median

from analytics.fading import faded
from analytics.recommendation import reasons
from analytics.recommendation.model import HALF_LIFE_DAYS
from analytics.records import Reason
from store.repositories.orders import Purchase

_DAY = 86_400.0
#: Due from this share of her rhythm on (shops are visited on fixed days, not on the hour) …
_DUE_FROM = 0.8
#: … until so many rhythms have passed: then it is a habit of before.
_DUE_UNTIL = 3.0
#: Purchases that make a rhythm.
_RHYTHM = 3
#: What is due counts for so much beside how often she buys it.
_DUE_WORTH = 0.5


@dataclass(frozen=True, slots=True, kw_only=True)
class Habit:
    """One of her products: her orders with it, oldest first; `worth` 0..1, what is due above the rest."""

    product_id: str
    moments: tuple[datetime, ...]
    due: bool
    worth: float


def habits_of(purchases: Iterable[Purchase], now: datetime) -> list[Habit]:
    """Give everything she has bought, what is due first, then by how often she buys it lately."""
    moments: dict[str, list[datetime]] = {}
    for purchase in purchases:
        if purchase.placed_at <= now:
            moments.setdefault(purchase.product_id, []).append(purchase.placed_at)
    often = {one: sum(_left(at, now) for at in all_) for one, all_ in moments.items()}
    most = max(often.values(), default=1.0)
    found = []
    for product_id, all_ in moments.items():
        due = is_due(all_, now)
        worth = _DUE_WORTH * due + (1 - _DUE_WORTH) * often[product_id] / most
        found.append(Habit(product_id=product_id, moments=tuple(sorted(all_)), due=due, worth=worth))
    return sorted(found, key=lambda one: (-one.worth, one.product_id))


def is_due(moments: Sequence[datetime], now: datetime) -> bool:
    """Tell whether her rhythm (the median time between two orders with it) says that it is time again."""
    if len(moments) < _RHYTHM:
        return False
    ordered = sorted(moments)
    rhythm = median((later - earlier).total_seconds() for earlier, later in pairwise(ordered))
    since = (now - ordered[-1]).total_seconds()
    return rhythm > 0 and _DUE_FROM * rhythm <= since <= _DUE_UNTIL * rhythm


def reason_of(habit: Habit, now: datetime) -> Reason:
    """Explain it by her own orders, and say where it is due."""
    reason = reasons.buy_again(habit.moments, now)
    if not habit.due:
        return reason
    return replace(reason, text=f"{reason.text}, so it may be time again", evidence=reason.evidence | {"due": True})


def _left(at: datetime, now: datetime) -> float:
    return faded((now - at).total_seconds() / _DAY, HALF_LIFE_DAYS)
