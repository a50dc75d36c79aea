"""The port through which shopping lists are kept: our SQL implementation, or a shop's own."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Protocol

from analytics.records import Product

#: Items on one list, and letters of a name, at most; more is no shopping list.
MOST_ITEMS = 100
LONGEST_NAME = 120
MOST_OF_ONE = 99


@dataclass(frozen=True, slots=True, kw_only=True)
class Shopper:
    """Whose list it is: a customer's own, wherever she writes; a visitor's lives with her conversation."""

    conversation_id: str
    customer_id: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """Something to be put on a list; linked to the catalogue where one product is plainly meant."""

    name: str
    product_id: str | None = None
    #: None where she did not say: one, or as many as are on the list already.
    quantity: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ListItem:
    """An item as it stands on a list; `product` None for free text and for what is sold no more."""

    name: str
    quantity: int
    product: Product | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """What came of adding: names put on the list, names that were on it before, names for which there was no room."""

    added: tuple[str, ...] = ()
    already: tuple[str, ...] = ()
    left_out: tuple[str, ...] = ()


class ShoppingService(Protocol):
    """What can be done with a list. Every method raises `AnalyticsUnavailable` when the store does not answer."""

    def items(self, shopper: Shopper) -> list[ListItem]:
        """Give what is on the list, in the order in which it came there."""

    def add(self, shopper: Shopper, wishes: Sequence[Wish]) -> Listed:
        """Put things on the list; what is on it already stays once, so that a repeat changes nothing."""

    def remove(self, shopper: Shopper, names: Collection[str]) -> tuple[str, ...]:
        """Take things off the list by their names, whatever the case; gives those that were on it."""

    def clear(self, shopper: Shopper) -> int:
        """Empty the list; gives how many things were on it."""
