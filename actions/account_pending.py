"""What she asks to be done about her account or data, until she has said yes: kept in a slot between messages."""

from __future__ import annotations

import time
from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace

from rasa_sdk.events import EventType, SlotSet

from actions import slots
from actions.turn import Turn

#: The intent in which each kind is asked for.
INTENT_OF_KIND = {
    "create": "create_account",
    "edit": "edit_account",
    "delete": "delete_account",
    "export": "privacy_request",
    "erase": "privacy_request",
    "personal_off": "privacy_request",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class AccountPending:
    """One request on its way from the first word to the yes."""

    kind: str
    #: Under which it is carried out: of the message that began it, so that a yes taken twice acts once.
    key: str
    #: What we asked last: "detail", "value" (of the detail, or the address for a sign-up) or "confirm".
    step: str = ""
    detail: str = ""
    value: str = ""
    #: How often we came back to it after she had spoken of something else.
    reminders: int = 0
    #: Seconds since 1970 when we asked last.
    asked_at: float = 0.0


def pending_of(turn: Turn) -> AccountPending | None:
    """Give the request under way, None where there is none."""
    kept_before = turn.slot(slots.ACCOUNT_REQUEST)
    return AccountPending(**kept_before) if isinstance(kept_before, Mapping) else None


def begun(turn: Turn, kind: str) -> AccountPending:
    """Begin a request with the present message."""
    return AccountPending(kind=kind, key=turn.key(kind))


def kept(pending: AccountPending, step: str) -> list[EventType]:
    """Keep the request, and know that the next message may answer `step`."""
    asked = replace(pending, step=step, asked_at=time.time())
    return [SlotSet(slots.ACCOUNT_REQUEST, asdict(asked)), SlotSet(slots.OPEN_QUESTION, slots.ASKED_ACCOUNT)]


def dropped(turn: Turn, asked: str | None = None) -> list[EventType]:
    """Forget the request, if there is one; `asked` is another question that is open now."""
    before = [SlotSet(slots.ACCOUNT_REQUEST, None)] if turn.slot(slots.ACCOUNT_REQUEST) else []
    return [*before, SlotSet(slots.OPEN_QUESTION, asked)]
