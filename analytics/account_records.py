"""What passes through the account service: details, consents and requests; frozen and typed."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal, get_args

#: What she may be written to about, or have her data used for; each is hers to switch.
Purpose = Literal["newsletter", "order_emails", "order_texts", "chat_offers", "personalisation"]
PURPOSES: tuple[Purpose, ...] = get_args(Purpose)
#: What she may change about herself.
DetailName = Literal["name", "email", "phone", "address"]
DETAIL_NAMES: tuple[DetailName, ...] = get_args(DetailName)
#: What the shop has to do for her: make an account, close it, send or delete her data, confirm a new e-mail address.
FilingKind = Literal["create", "delete", "export", "erase", "email"]


@dataclass(frozen=True, slots=True, kw_only=True)
class AccountPolicy:
    """How the shop deals with accounts and data, from the section `account` of its settings file."""

    #: Where she does it herself; empty where the shop has no such page.
    sign_up_url: str = ""
    password_reset_url: str = ""
    messages_url: str = ""
    #: Days until an account is closed or data are deleted, and until a copy of the data is there.
    deletion_days: int = 30
    export_days: int = 30
    #: Working days until a person answers a request.
    answer_days: int = 1
    #: True where a new e-mail address counts only once she has opened the link that the shop's system sends to it.
    email_by_link: bool = False
    #: What a customer gets and agrees to unless she has said otherwise.
    consents: dict[str, bool] = field(default_factory=lambda: dict.fromkeys(PURPOSES, True))


@dataclass(frozen=True, slots=True, kw_only=True)
class AccountDetails:
    """What the house knows of her own details; what she changed in the chat wins over the last import."""

    customer_id: str
    name: str | None
    email: str | None
    phone: str | None
    address: str | None
    joined_at: datetime | None
    #: Orders placed so far.
    orders: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Consent:
    """Whether she agrees to one purpose; `since` None where it is only the shop's default."""

    purpose: Purpose
    granted: bool
    since: datetime | None = None
    #: A pause ends by itself; None: until she says otherwise.
    until: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Filing:
    """A request for the account service: who asks for what. A visitor has no `customer_id`."""

    kind: FilingKind
    conversation_id: str
    customer_id: str | None = None
    #: Of a sign-up, or the new one.
    email: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Filed:
    """A request as it is written down; `repeated` where the same one was open already."""

    request_id: str
    kind: FilingKind
    status: Literal["open", "withdrawn", "done"]
    asked_at: datetime
    due_at: datetime
    customer_id: str | None = None
    email: str | None = None
    repeated: bool = False


#: What came of changing a detail: it counts; it counts after the link was opened; there is no such customer.
Changed = Literal["changed", "to_confirm", "unknown"]
