"""What passes through the ordering service: a basket, what it costs today, and the order that was placed; frozen."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from analytics.records import OrderLine, Product

#: Why no order was placed: the shop takes none in the chat; nothing of it can be had; it costs more than may be ordered
#: in the chat; it costs something else than she said yes to.
NotPlacedReason = Literal["off", "nothing", "too_much", "changed"]


@dataclass(frozen=True, slots=True, kw_only=True)
class OrderingPolicy:
    """Whether and how orders are placed in the chat, from the section `ordering` of the shop's settings file."""

    by_chat: bool = False
    #: The most an order placed in the chat may come to, in major currency units.
    most_total: float = 200.0
    #: Days until it is at the door; None: as the delivery promise says.
    delivery_days: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class BasketItem:
    """How many of a product are wanted, at least 1."""

    product_id: str
    quantity: int


@dataclass(frozen=True, slots=True, kw_only=True)
class BundlePrice:
    """A price that was told for one of each of these products together; amounts in major currency units."""

    product_ids: tuple[str, ...]
    #: What they cost one by one when it was told: at other prices it does not hold.
    price: float
    #: What is taken off.
    saving: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Quote:
    """What a basket comes to at today's prices; nothing has been ordered."""

    lines: tuple[OrderLine, ...]
    #: What cannot be had now: sold out, sold no more, or without a price.
    gone: tuple[Product, ...]
    #: In major currency units, delivery not included; `discount` is off already.
    total: float
    #: When it would be at her door.
    expected_at: datetime
    #: What is taken off the lines because a bundle is among them.
    discount: float = 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Placed:
    """An order that is in the store; `repeated` where it was there already, under the same key."""

    order_id: str
    total: float
    expected_at: datetime
    repeated: bool = False
    #: What was taken off for a bundle; `total` is without it.
    discount: float = 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class NotPlaced:
    """No order was placed; `quote` is what the basket comes to now."""

    reason: NotPlacedReason
    quote: Quote
