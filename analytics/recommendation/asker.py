"""Who asks for a recommendation, as far as it may be used: her id, what she said, what she just did, her age."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection

from analytics.catalogue.words import stems_of
from analytics.customers.tastes import Tastes, tastes_of
from analytics.live.reading import live_of
from analytics.recommendation_records import RecommendContext
from store.repositories.catalogue import ProductRow
from store.repositories.customers import customer_row
from store.repositories.profiles import profile_row

#: What she looked at on the site counts for so long, and so many products of it.
_LOOKED_LATELY = timedelta(days=1)
_LOOKS = 3
#: Things in the cart that are looked at for what goes with them, the latest.
_CART = 3
#: Preferences of the profile: products refused, and what she wants less of.
_REFUSED, _LESS_OF = "refused_products", "less_of"
#: What becomes of the worth of what she wants less of: it comes up where little else speaks.
_SUNK = 0.2
_YEARS = re.compile(r"\d{1,3}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Asker:
    """One asker; `customer_id` is None for a visitor, and for one who wants nothing personal."""

    customer_id: str | None = None
    tastes: Tastes = field(default_factory=Tastes)
    refused: frozenset[str] = frozenset()
    #: Stems of what she wants less of, one set for each thing.
    less: tuple[frozenset[str], ...] = ()
    #: Ids of what she looked at and has in the cart, the newest first.
    viewed: tuple[str, ...] = ()
    cart: tuple[str, ...] = ()
    #: Years; None where unknown, or not to be used.
    age: int | None = None

    def factor(self, row: ProductRow) -> float:
        """Give by what a product's worth is multiplied: little where she wants less of such things."""
        if not self.less:
            return 1.0
        stems = set(stems_of(f"{row.name} {row.category} {row.brand or ''}"))
        return _SUNK if any(thing <= stems for thing in self.less) else 1.0


def asker_of(
    connection: Connection, customer_id: str | None, context: RecommendContext, *, personal: bool, now: datetime
) -> Asker:
    """Read what may be used of somebody.

    What she stated (tastes, refusals, what she wants less of) counts in any case: she said it to be heeded. Without
    her consent nothing else of what is kept is read: no orders, nothing she did on the site, no facts of her.

    Parameters
    ----------
    personal : whether what she bought and does may be used.
    """
    row = None if customer_id is None else profile_row(connection, customer_id)
    said = {} if row is None else row.preferences
    viewed, cart = [*reversed(context.viewed)], [*reversed(context.cart)]
    age = None
    if customer_id is not None and personal:
        known = live_of(connection, customer_id, now)
        if known is not None:
            since = (now - _LOOKED_LATELY).timestamp()
            viewed += [str(product) for product, at in known.seen.viewed if at >= since]
            cart += [*known.seen.cart]
        customer = customer_row(connection, customer_id)
        age = None if customer is None else age_of(customer.traits)
    less = (*said.get(_LESS_OF, ()), *context.less)
    return Asker(
        customer_id=customer_id if personal else None,
        tastes=tastes_of(said),
        refused=frozenset(said.get(_REFUSED, ())),
        less=tuple(stems for stems in (frozenset(stems_of(thing)) for thing in less) if stems),
        viewed=tuple(dict.fromkeys(viewed))[:_LOOKS],
        cart=tuple(dict.fromkeys(cart))[:_CART],
        age=age,
    )


def age_of(traits: Mapping[str, Any]) -> int | None:
    """Give the age that is sure: 45 of "45-54", 65 of "65+", 34 of 34; None where none is told, as by "under 25"."""
    found = _YEARS.match(str(traits.get("age") or "").strip())
    return int(found[0]) if found else None
