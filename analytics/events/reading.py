"""Reading one call of a tracker: the Segment spec in, one `Event` out, or the fault told so that it can be mended."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import uuid4

from pydantic_core import to_json

from analytics.event_records import LONGEST_EVENT, Event, KeyKind
from analytics.events.catalogue import CATALOGUE
from analytics.events.kinds import LONGEST_ID, WrongPlace, WrongValue, an_id, read_properties

_LONGEST_MESSAGE_ID = 100
_LONGEST_ANONYMOUS = 128
_LONGEST_NAME = 200
#: 2000-01-01 UTC: nothing that happened before was tracked.
_EARLIEST = 946684800.0
KEPT_TYPES = frozenset({"identify", "track", "page"})
#: Understood, as the spec has them, but nothing here follows from them.
LEFT_OUT = frozenset({"alias", "group", "screen"})
_CHANNELS = {"browser": "web", "web": "web", "mobile": "app", "app": "app", "email": "email", "server": "server"}
_MAILS = frozenset({"mail_open", "mail_click"})
_NO_DATA: dict[str, Any] = {}


class EventFault(ValueError):  # noqa: N818 (told to the sender as such)
    """One event cannot be taken: `code` for programs, the text for people, `field` where it is."""

    def __init__(self, code: str, message: str, field: str | None = None) -> None:
        super().__init__(message)
        self.code = code
        self.field = field


def read_event(raw: Any, kind: str | None, received_at: float, sent_at: float | None, key: KeyKind) -> Event | None:
    """Read one event.

    Parameters
    ----------
    raw : a parsed JSON value.
    kind : the type by the address it was sent to; None: it tells its type itself, as in a batch.
    received_at : our clock, seconds since 1970.
    sent_at : the sender's clock when the whole was sent, seconds since 1970; an event's own `sentAt` wins.
    key : a "page" key sends from browsers unless the event says otherwise.

    Returns
    -------
    Event or None
        None for a type that is understood and left out (`LEFT_OUT`).

    Raises
    ------
    EventFault
        With what is wrong and where.
    """
    if not isinstance(raw, dict):
        raise EventFault("bad_event", "An event must be a JSON object.")
    kind = kind or raw.get("type")
    if not isinstance(kind, str) or kind not in KEPT_TYPES:
        if isinstance(kind, str) and kind in LEFT_OUT:
            return None
        raise EventFault("bad_type", "type must be identify, track or page.", "type")
    user_id, anonymous_id = _who(raw)
    data = _object(raw, "traits" if kind == "identify" else "properties")
    name, action = "", None
    if kind == "track":
        name, action, data = _track(raw, data)
    elif kind == "page":
        name = _name(raw.get("name") or "", "name")
    text = to_json(data)
    if len(text) > LONGEST_EVENT:
        raise EventFault("too_large", f"An event may have {LONGEST_EVENT // 1024} KB.")
    return Event(
        message_id=_message_id(raw),
        type=kind,  # type: ignore[arg-type]  # one of KEPT_TYPES
        name=name,
        action=action,
        user_id=user_id,
        anonymous_id=anonymous_id,
        at=_happened(raw, received_at, sent_at),
        received_at=received_at,
        channel=_channel(raw, kind, action, key),
        properties=data,
        text=text.decode(),
    )


def moment(value: Any, field: str) -> float | None:
    """Read an ISO 8601 moment as seconds since 1970; without a zone it is UTC; None where it is absent."""
    if value is None:
        return None
    try:
        parsed = datetime.fromisoformat(value)
        seconds = (parsed if parsed.tzinfo else datetime.fromisoformat(f"{parsed.isoformat()}+00:00")).timestamp()
    except (TypeError, ValueError, OverflowError):
        raise EventFault(
            "bad_timestamp", f"{field} must be an ISO 8601 moment such as 2026-05-03T12:30:00Z.", field
        ) from None
    if seconds < _EARLIEST:
        raise EventFault("bad_timestamp", f"{field} lies before the year 2000.", field)
    return seconds


def _who(raw: dict[str, Any]) -> tuple[str | None, str | None]:
    user_id, anonymous_id = raw.get("userId"), raw.get("anonymousId")
    if user_id is not None and user_id != "":
        try:
            user_id = an_id(user_id)
        except WrongValue:
            raise EventFault("bad_user", f"userId must be a text of 1 to {LONGEST_ID} letters.", "userId") from None
    if anonymous_id is not None and anonymous_id != "":
        anonymous_id = str(anonymous_id) if isinstance(anonymous_id, int) else anonymous_id
        if not isinstance(anonymous_id, str) or not _is_plain(anonymous_id, _LONGEST_ANONYMOUS):
            text = f"anonymousId must be a text of 1 to {_LONGEST_ANONYMOUS} letters."
            raise EventFault("bad_user", text, "anonymousId")
    if not user_id and not anonymous_id:
        raise EventFault("no_user", "An event needs a userId or an anonymousId.", "userId")
    return user_id or None, anonymous_id or None


def _message_id(raw: dict[str, Any]) -> str:
    given = raw.get("messageId")
    if given is None or given == "":
        return f"rapport-{uuid4()}"  # a tracker that gives none cannot send it again either
    if not isinstance(given, str) or not _is_plain(given, _LONGEST_MESSAGE_ID):
        text = f"messageId must be a text of at most {_LONGEST_MESSAGE_ID} letters."
        raise EventFault("bad_message_id", text, "messageId")
    return given


def _object(raw: dict[str, Any], field: str) -> dict[str, Any]:
    data = raw.get(field)
    if data is None:
        return _NO_DATA
    if not isinstance(data, dict):
        raise EventFault("bad_event", f"{field} must be a JSON object.", field)
    return data


def _track(raw: dict[str, Any], data: dict[str, Any]) -> tuple[str, str | None, dict[str, Any]]:
    name = _name(raw.get("event"), "event")
    if not name:
        raise EventFault("no_name", "A track call needs the name of its event.", "event")
    known = CATALOGUE.get(name.lower())
    if known is None:
        return name, None, data
    try:
        read = read_properties(data, known.properties)
    except WrongPlace as wrong:
        field = f"properties.{wrong.place}"
        raise EventFault("bad_property", f"{known.name}: {wrong.place} must be {wrong}.", field) from None
    for needed in known.needs:
        if needed not in read:
            raise EventFault("missing_property", f"{known.name} needs {needed}.", f"properties.{needed}")
    return known.name, known.action, read


def _name(value: Any, field: str) -> str:
    if value is None:
        return ""
    if not isinstance(value, str) or len(value) > _LONGEST_NAME:
        raise EventFault("bad_name", f"{field} must be a text of at most {_LONGEST_NAME} letters.", field)
    return " ".join(value.split())


def _happened(raw: dict[str, Any], received_at: float, sent_at: float | None) -> float:
    """Give when it happened by our clock, as Segment does: received − (sent − happened by the sender's clock)."""
    own = moment(raw.get("sentAt"), "sentAt") if "sentAt" in raw else sent_at
    first, second = ("originalTimestamp", "timestamp") if own is not None else ("timestamp", "originalTimestamp")
    told = moment(raw.get(first), first)
    if told is None:
        told = moment(raw.get(second), second)
    if told is None:
        return received_at
    corrected = told if own is None else received_at - (own - told)
    return round(min(max(corrected, _EARLIEST), received_at), 3)


def _channel(raw: dict[str, Any], kind: str, action: str | None, key: KeyKind) -> str:
    if action in _MAILS:
        return "email"
    context = raw.get("context")
    if not isinstance(context, dict):
        context = _NO_DATA
    told = raw.get("channel") or context.get("channel")
    if isinstance(told, str) and told in _CHANNELS:
        return _CHANNELS[told]
    if "app" in context or "device" in context:
        return "app"
    return "web" if kind == "page" or key == "page" or "page" in context or "userAgent" in context else "server"


def _is_plain(text: str, longest: int) -> bool:
    return len(text) <= longest and text.isprintable()
