"""What passes through the order service: requests, outcomes, refunds and proofs of identity; frozen and typed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from analytics.records import Order

RequestKind = Literal["cancel", "return", "address", "problem"]
Problem = Literal["missing", "damaged", "wrong"]
#: Why the shop's policy refuses: too far on its way; cancelled before; sent back before; not delivered yet; too long
#: ago; of a category that is not taken back; asked before for these products; none of the products is in the order.
RefusalCode = Literal[
    "too_late", "cancelled", "returned", "not_delivered", "expired", "excluded", "already", "not_in_order"
]


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
    #: Days after delivery.
    return_within_days: int = 30
    report_within_days: int = 14
    #: Days until money is back.
    refund_days: int = 7
    #: Reported problems up to this amount, in major currency units, are refunded at once; above it a person decides.
    refund_unseen_up_to: float = 0.0
    #: Categories that are not taken back, in lower case.
    non_returnable: frozenset[str] = frozenset()
