"""Reading the body of a call: one event, or a batch of which each event is read for itself."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from pydantic_core import from_json

from analytics.event_records import Event, EventCall, Fault, Source
from analytics.event_service import EventsRefused
from analytics.events.reading import LEFT_OUT, EventFault, moment, read_event

#: PostgreSQL takes no NUL in texts; nothing that means anything holds one.
_NUL, _INSTEAD = b"\\u0000", b"\\ufffd"


def read_call(body: bytes, kind: str | None, source: Source, received_at: datetime) -> EventCall:
    """Read a body; see `EventService.read`."""
    told = parse(body)
    if kind is not None:
        return _single(told, kind, source, received_at)
    items = told.get("batch")
    if not isinstance(items, list):
        raise EventsRefused("bad_batch", 'A batch needs a list of events: {"batch": [...]}.', "batch")
    received = round(received_at.timestamp(), 3)
    try:
        sent_at = moment(told.get("sentAt"), "sentAt")
    except EventFault as fault:
        raise EventsRefused(fault.code, str(fault), fault.field) from None
    events: list[tuple[int, Event]] = []
    refused: list[Fault] = []
    left_out = 0
    for index, item in enumerate(items):
        try:
            event = read_event(item, None, received, sent_at, source.kind)
        except EventFault as fault:
            refused.append(_refusal(index, item, fault))
            continue
        if event is None:
            left_out += 1
        else:
            events.append((index, event))
    return EventCall(source=source, received_at=received_at, events=events, refused=tuple(refused), left_out=left_out)


def parse(body: bytes) -> dict[str, Any]:
    """Read the JSON of a call.

    Raises
    ------
    EventsRefused
        It is no JSON object.
    """
    try:
        told = from_json(body.replace(_NUL, _INSTEAD), allow_inf_nan=False)
    except ValueError as error:
        raise EventsRefused("bad_json", f"The body is no JSON: {error}.") from None
    if not isinstance(told, dict):
        raise EventsRefused("bad_json", "The body must be a JSON object.")
    return told


def _single(told: dict[str, Any], kind: str, source: Source, received_at: datetime) -> EventCall:
    if kind in LEFT_OUT:
        return EventCall(source=source, received_at=received_at, left_out=1)
    try:
        event = read_event(told, kind, round(received_at.timestamp(), 3), None, source.kind)
    except EventFault as fault:
        raise EventsRefused(fault.code, str(fault), fault.field) from None
    return EventCall(source=source, received_at=received_at, events=[] if event is None else [(0, event)])


def _refusal(index: int, item: Any, fault: EventFault) -> Fault:
    given = item.get("messageId") if isinstance(item, dict) else None
    message_id = given[:100] if isinstance(given, str) else None
    return Fault(index=index, message_id=message_id, code=fault.code, message=str(fault), field=fault.field)
