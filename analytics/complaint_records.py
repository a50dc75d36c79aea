"""What passes through the complaint service: complaints, the shop's policy and what it grants; frozen and typed."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal, get_args

ComplaintTopic = Literal[
    "late", "missing", "damaged", "wrong", "quality", "price", "payment", "staff", "website", "waiting", "bot", "other"
]
TOPICS: tuple[ComplaintTopic, ...] = get_args(ComplaintTopic)
#: From least to most.
Severity = Literal["minor", "serious", "severe"]
SEVERITIES: tuple[Severity, ...] = get_args(Severity)
#: What she would like to have; "" where she does not say.
Wish = Literal["refund", "replacement", "apology", "explanation", "person", ""]


@dataclass(frozen=True, slots=True, kw_only=True)
class ComplaintPolicy:
    """What the shop gives to make up for trouble, from the section `complaint_policy` of its settings file."""

    #: Credit by severity, in major currency units; nothing where it is not named.
    goodwill: dict[str, float] = field(default_factory=dict)
    #: A customer gets it once in so many days,
    once_in_days: int = 90
    #: and only with an order placed so many days ago at most.
    recent_order_days: int = 30
    #: Days for which a credit is good.
    valid_days: int = 60
    #: The complaint of a customer within `count_days`, or message about one, with which a person takes over.
    person_at: int = 3
    count_days: int = 30


@dataclass(frozen=True, slots=True, kw_only=True)
class Complaint:
    """What somebody complains about; `customer_id` None for a visitor."""

    conversation_id: str
    customer_id: str | None
    topic: ComplaintTopic
    severity: Severity
    wish: Wish = ""
    #: What a colleague should know at a glance, such as the orders concerned.
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Goodwill:
    """A credit that comes off the next order, in major currency units."""

    amount: float
    valid_until: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class TakenDown:
    """A complaint that is written down, and what follows from the shop's policy."""

    complaint_id: str
    needs_person: bool
    #: Granted with this very message; None where nothing was, or it was told before.
    goodwill: Goodwill | None = None
    repeated: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptComplaint:
    """A complaint as it stands."""

    complaint_id: str
    conversation_id: str
    customer_id: str | None
    topic: ComplaintTopic
    severity: Severity
    wish: Wish
    note: str
    #: Messages that were about it.
    times: int
    #: What was granted for it; None for nothing.
    goodwill: float | None
    made_at: datetime
    resolved_at: datetime | None
