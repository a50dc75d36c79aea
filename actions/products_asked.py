"""Which products a question is about: some of those shown, or others that she names."""

from __future__ import annotations

from dataclasses import dataclass, field

from actions import slots
from actions.pointing import by_order, by_words, in_mind, products_shown, speaks_of_shown
from actions.turn import Turn
from analytics.facade import Analytics
from analytics.records import Product

#: Products looked at for each name.
_FOUND = 3


@dataclass
class Asked:
    """What a question is about, in her order."""

    #: Ids of products that were shown, or that a quick reply names.
    pointed: list[str] = field(default_factory=list)
    #: What the shop has for each other name, best first.
    found: dict[str, list[Product]] = field(default_factory=dict)
    #: Names for which it has nothing.
    missing: list[str] = field(default_factory=list)

    @property
    def best(self) -> list[str]:
        """Ids of those pointed at, and of the best of each name."""
        return list(dict.fromkeys([*self.pointed, *(found[0].product_id for found in self.found.values())]))

    @property
    def undecided(self) -> bool:
        """Whether a name may mean several products."""
        return any(len(found) > 1 for found in self.found.values())


def products_asked(turn: Turn, analytics: Analytics, *, in_stock: bool = False) -> Asked:
    """Read what a question is about; where it names nothing, that is what was spoken of last, or all that was shown.

    Parameters
    ----------
    in_stock : whether products of a name that are sold out are left out where others are there.
    """
    chosen = turn.entity(slots.PRODUCT_ID)
    if chosen:
        return Asked(pointed=[chosen])
    shown = products_shown(turn)
    placed = [item.product_id for item in by_order(turn.text, shown)]
    asked = Asked(pointed=placed)
    named = turn.entities(slots.PRODUCT_QUERY)
    for query in named:
        here = by_words(query, shown)
        if here and not placed:
            asked.pointed += [item.product_id for item in here]
        elif len(here) == 1:
            asked.pointed.append(here[0].product_id)
        elif here:  # "the second pizza": her words name what the place has told already
            continue
        else:
            _look_for(query, turn, analytics, asked, in_stock=in_stock)
    unnamed = not named or (not asked.found and not asked.pointed and speaks_of_shown(turn.text) and bool(shown))
    if unnamed and not placed:  # "how mcuh is it": what is no product of ours may be no product at all
        single = in_mind(turn, shown)
        return Asked(pointed=[item.product_id for item in ([single] if single else shown)])
    return asked


def _look_for(query: str, turn: Turn, analytics: Analytics, asked: Asked, *, in_stock: bool) -> None:
    found = analytics.search_products(query, customer_id=turn.customer_id, limit=_FOUND)
    there = [product for product in found if product.in_stock] if in_stock else []
    if found:
        asked.found[query] = there or found
    else:
        asked.missing.append(query)
