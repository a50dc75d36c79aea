"""Events of a file, taken in by the very rules by which a tracker's batch is taken in."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any

from pydantic_core import to_json

from analytics.event_records import LONGEST_BATCH, Fault, Source
from analytics.events.calls import read_call
from analytics.events.taking import take
from analytics.importing.findings import Findings
from analytics.importing.mapping import Mapping
from analytics.live.shop_clock import ShopClock
from analytics.quality_records import Finding
from store.engine import Database

#: Events of one transaction: a conversation waits no longer for one than for a tracker's batch.
_BATCH = 500
_EXAMPLES = 3
Row = dict[str, Any]


def take_events(database: Database, mapping: Mapping, rows: Sequence[Row], findings: Findings, now: datetime) -> None:
    """Take events in, the earliest first; those that were taken before change nothing.

    Parameters
    ----------
    rows : good rows of `all_events`, moments aware.
    """
    source, clock = Source(name=mapping.shop[:80], kind="server"), ShopClock(mapping.timezone)
    refused: Counter[str] = Counter()
    examples: list[dict[str, str | None]] = []
    for body in bodies(sorted(rows, key=lambda row: row["occurred_at"])):
        call = read_call(body, None, source, now)
        refused.update(fault.code for fault in call.refused)
        examples += [_shown(fault) for fault in call.refused[: _EXAMPLES - len(examples)]]
        with database.write() as connection:
            take(connection, call, clock, None)
    findings.add(
        Finding(
            table="events",
            check="refused_events",
            found=refused.total(),
            of=findings.size("events"),
            done="left out",
            examples=tuple(examples),
        )
    )


def bodies(rows: Sequence[Row]) -> Iterator[bytes]:
    """Give batches as a tracker would send them."""
    batch: list[bytes] = []
    length = 0
    for row in rows:
        event = to_json(_event(row))
        if batch and (len(batch) == _BATCH or length + len(event) > LONGEST_BATCH):
            yield _batch(batch)
            batch, length = [], 0
        batch.append(event)
        length += len(event) + 1
    if batch:
        yield _batch(batch)


def _batch(events: Sequence[bytes]) -> bytes:
    return b'{"batch": [' + b",".join(events) + b"]}"


def _event(row: Row) -> Row:
    kind = row.get("type") or "track"
    data = {name: _value(text) for name, text in json.loads(row.get("properties") or "{}").items()}
    event = {
        "messageId": row["message_id"],
        "type": kind,
        "userId": row.get("customer_id"),
        "anonymousId": row.get("anonymous_id"),
        "timestamp": row["occurred_at"].isoformat(),
        "traits" if kind == "identify" else "properties": data,
    }
    if row.get("channel"):
        event["channel"] = row["channel"]
    if row.get("name"):
        event["event" if kind == "track" else "name"] = row["name"]
    return event


def _value(text: str) -> Any:
    """Read a list or an object that stands in a column as JSON; all else stays text, which the catalogue reads."""
    if text[:1] in "[{":
        try:
            return json.loads(text)
        except ValueError:
            return text
    return text


def _shown(fault: Fault) -> dict[str, str | None]:
    return {"message_id": fault.message_id, "why": fault.message}
