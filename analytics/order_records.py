"""What passes through the order service: requests, outcomes, refunds and proofs of identity; frozen and typed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from analytics.records import Order

RequestKind = Literal["cancel", "return", "exchange", "address", "items", "slot", "payment", "problem"]
Problem = Literal["missing", "damaged", "wrong"]
#: Why the shop's policy refuses: too far on its way; cancelled before; sent back before; not delivered yet; too long
#: ago; of a category that is not taken back; asked before for these products; none of the products is in the order;
#: changed before, where that may be done once; changed before in a way after which nothing may follow; nothing would
#: be left of the order; not in stock; not among what the shop offers (slot, way to pay, kind of product, reason); it is
#: so already.
RefusalCode = Literal[
    "too_late", "cancelled", "returned", "not_delivered", "expired", "excluded", "already", "not_in_order",
    "once", "closed", "nothing_left", "unavailable", "not_offered", "unchanged",
]  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemChange:
    """How many of a product an order shall have; 0 takes it out, a product it does not have is put in."""

    product_id: str
    quantity: int


@dataclass(frozen=True, slots=True, kw_only=True)
class DeliverySlot:
    """A time in which an order can be brought; both moments aware."""

    slot_id: str
    starts_at: datetime
    ends_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class OrderRequest:
    """What somebody asks to be done about an order of hers."""

    customer_id: str
    order_id: str
    kind: RequestKind
    #: Products of a return or a problem; empty means everything that is in question.
    product_ids: tuple[str, ...] = ()
    problem: Problem | None = None
    address: str | None = None
    #: Of a change of items.
    changes: tuple[ItemChange, ...] = ()
    #: What comes instead of the products of an exchange; None: the same again.
    replacement: str | None = None
    slot_id: str | None = None
    payment_method: str | None = None
    #: Why it is cancelled, where the shop asks for one of its reasons.
    reason: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Allowed:
    """The policy allows it; nothing has been done yet."""

    order: Order
    product_ids: tuple[str, ...]
    #: What would be paid back, in major currency units; None where nothing is, or a person has to decide.
    amount: float | None
    #: By when it would be paid back; None without an amount.
    refund_by: datetime | None
    #: True where a person of the shop has to look at it first.
    needs_person: bool = False
    #: What the change costs her more, in major currency units; None where it costs nothing.
    to_pay: float | None = None
    #: The delivery slot she asked for.
    slot: DeliverySlot | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Done:
    """It is done and written down; `repeated` where it had been already, under the same key."""

    request_id: str
    kind: RequestKind
    order_id: str
    product_ids: tuple[str, ...]
    amount: float | None
    refund_by: datetime | None
    needs_person: bool
    repeated: bool = False
    #: What the change costs her more; None where it costs nothing.
    to_pay: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Refused:
    """The shop's policy does not allow it."""

    code: RefusalCode
    order: Order


@dataclass(frozen=True, slots=True)
class UnknownOrder:
    """No order of hers has this number; the same answer for somebody else's as for none at all."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Refund:
    """Money on its way back for one order."""

    order_id: str
    kind: RequestKind
    amount: float | None
    #: None while a person of the shop has yet to decide.
    refund_by: datetime | None
    asked_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class IdentityClaim:
    """A visitor's word that an order is hers: its number and the e-mail address it was placed with."""

    order_id: str
    email: str
    conversation_id: str
    #: Of the message that claims it: the same message taken twice is one try.
    key: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Verified:
    """The order is hers; it may be served for this order alone."""

    customer_id: str
    order_id: str


#: Not verified: number and address don't belong together; or too many tries, whatever was given.
Unverified = Literal["no_match", "throttled"]


@dataclass(frozen=True, slots=True, kw_only=True)
class OrderPolicy:
    """What the shop allows its customers, from the section `order_policy` of its settings file."""

    #: Whether an order that is on its way can still be cancelled, or sent elsewhere; one in preparation always can.
    cancel_until: Literal["being_prepared", "on_its_way"] = "being_prepared"
    address_until: Literal["being_prepared", "on_its_way"] = "being_prepared"
    items_until: Literal["being_prepared", "on_its_way"] = "being_prepared"
    slot_until: Literal["being_prepared", "on_its_way"] = "being_prepared"
    payment_until: Literal["being_prepared", "on_its_way"] = "being_prepared"
    #: Kinds of request that an order takes once only.
    once: frozenset[str] = frozenset()
    #: Kinds of request after which an order on its way can be changed or cancelled no more.
    closed_by: frozenset[str] = frozenset()
    #: Reasons for which an order is cancelled, as a customer reads them; none: no reason is asked for.
    cancel_reasons: tuple[str, ...] = ()
    #: Hours of the day between which orders are brought, "08:00-12:00"; none: no slot can be chosen.
    slot_windows: tuple[str, ...] = ()
    #: For how many days ahead slots are offered, and how many hours before its start a slot is closed.
    slot_days: int = 5
    slot_lead_hours: float = 12
    #: Ways to pay that an order can be changed to, as a customer reads them; none: it cannot be changed.
    payment_methods: tuple[str, ...] = ()
    #: Whether only a product of the same category may come instead.
    swap_within_category: bool = False
    #: Days after delivery.
    exchange_within_days: int = 30
    return_within_days: int = 30
    report_within_days: int = 14
    #: Days until money is back.
    refund_days: int = 7
    #: Reported problems up to this amount, in major currency units, are refunded at once; above it a person decides.
    refund_unseen_up_to: float = 0.0
    #: Categories that are not taken back, in lower case.
    non_returnable: frozenset[str] = frozenset()
