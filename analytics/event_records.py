"""Events as trackers send them, and what became of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Literal

#: What is kept; "alias", "group" and "screen" of the Segment spec are understood and left out.
EventType = Literal["identify", "track", "page"]
#: A secret of the shop's servers, or a key that anybody can read in the shop's pages.
KeyKind = Literal["server", "page"]

#: As Segment's: bytes of one event as JSON, and of a batch.
LONGEST_EVENT = 32 * 1024
LONGEST_BATCH = 500 * 1024


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """Who sends: the name of the write key, and how far it is believed."""

    name: str
    kind: KeyKind


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """One event that was understood. Moments are seconds since 1970, by our clock."""

    message_id: str
    type: EventType
    #: "Product Viewed", …; of a page its name; "" of an identify.
    name: str
    #: What the catalogue of known events calls it ("view", "add", …); None for a free event.
    action: str | None
    user_id: str | None
    anonymous_id: str | None
    at: float
    received_at: float
    #: "web", "app", "email", "server" or a channel of the chat.
    channel: str
    #: Properties, or the traits of an identify; those of known events are of the right types.
    properties: dict[str, Any] = field(default_factory=dict)
    #: The same as JSON text, to be kept.
    text: str = "{}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """Why one event of a batch was refused, or what of it could not be done though it was kept."""

    index: int
    message_id: str | None
    code: str
    message: str
    field: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class EventCall:
    """One call that was read: its events, each with its place in the call, and what cannot be taken."""

    source: Source
    received_at: datetime
    events: Sequence[tuple[int, Event]] = ()
    refused: tuple[Fault, ...] = ()
    left_out: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Taken:
    """What became of the events of one call."""

    #: Written now.
    kept: int = 0
    #: Written before: the same message id again changes nothing.
    duplicates: int = 0
    #: Understood, but of a type that is not kept.
    left_out: int = 0
    refused: tuple[Fault, ...] = ()
    #: Kept, but not all could be done: an order of somebody unknown, a refund of an order that is not there.
    notes: tuple[Fault, ...] = ()
