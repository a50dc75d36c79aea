"""How requests and answers of the order service are written as JSON, and how a call is signed.

Records are written as they are, field by field, so that a field that is added to one passes without a change here. An
answer names which record it is in `outcome`. The page docs/how-to/plug-in-your-order-system.md describes it to shops.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import math
from collections.abc import Hashable, Iterator
from dataclasses import fields, is_dataclass
from datetime import datetime
from functools import cache
from typing import Any

from pydantic import TypeAdapter, ValidationError

from analytics.order_records import Allowed, DeliverySlot, Done, Refund, Refused, UnknownOrder, Verified

SIGNATURE_HEADER = "X-Rapport-Signature"
KEY_HEADER = "Idempotency-Key"
CHECK, REQUESTS, REFUNDS, SLOTS, IDENTIFY = "check", "requests", "refunds", "slots", "identify"

#: What `outcome` calls each record; the other outcomes are plain words.
_OUTCOMES: dict[str, type[Any]] = {
    "allowed": Allowed,
    "done": Done,
    "refused": Refused,
    "unknown_order": UnknownOrder,
    "verified": Verified,
}
_WORDS = frozenset({"no_match", "throttled"})
_LISTS: dict[str, Any] = {REFUNDS: dict[str, list[Refund]], SLOTS: dict[str, list[DeliverySlot]]}


class UnreadableAnswerError(ValueError):
    """An answer is not what the page for shops describes; the message says where."""


def signature(secret: str, moment: int, path: str, key: str, body: bytes) -> str:
    """Sign a call: HMAC-SHA256 over moment, path, key and body, joined by full stops.

    Parameters
    ----------
    moment : seconds since 1970; the shop refuses what is older than five minutes.
    path : of the address that is called, as sent.
    key : the idempotency key, empty where there is none.

    Returns
    -------
    str
        The header's value, `t=…,v1=…`.
    """
    signed = f"{moment}.{path}.{key}.".encode() + body
    return f"t={moment},v1={hmac.new(secret.encode(), signed, hashlib.sha256).hexdigest()}"


def written(record: Any) -> bytes:
    """Write a record, with all its fields, as JSON."""
    return _adapter(type(record)).dump_json(record)


def outcome_written(outcome: Any) -> bytes:
    """Write an answer as a shop gives it; the Python side of a shop's adapter, and our tests, use it."""
    if isinstance(outcome, str):
        return json.dumps({"outcome": outcome}).encode()
    names = {record: name for name, record in _OUTCOMES.items()}
    told = _adapter(type(outcome)).dump_python(outcome, mode="json")
    return json.dumps({"outcome": names[type(outcome)], **told}).encode()


def read(record: Any, body: bytes) -> Any:
    """Read one record.

    Raises
    ------
    UnreadableAnswerError
        It is no JSON, a field is missing or wrong, a moment has no zone, or a number is none.
    """
    try:
        found = _adapter(record).validate_json(body)
    except ValidationError as error:
        raise UnreadableAnswerError(_first_fault(error)) from error
    _check_values(found)
    return found


def read_outcome(body: bytes, expected: frozenset[str]) -> Any:
    """Read an answer that names its outcome: a record, or "no_match" or "throttled".

    Parameters
    ----------
    expected : the outcomes that make sense here.

    Raises
    ------
    UnreadableAnswerError
        As in `read`, or the outcome is none of `expected`.
    """
    try:
        told = json.loads(body)
    except ValueError as error:
        raise UnreadableAnswerError("it is not JSON") from error
    name = told.get("outcome") if isinstance(told, dict) else None
    if name not in expected:
        raise UnreadableAnswerError(f"outcome must be one of {', '.join(sorted(expected))}")
    return name if name in _WORDS else read(_OUTCOMES[name], body)


def read_list(body: bytes, what: str) -> list[Any]:
    """Read `{"refunds": [...]}` or `{"slots": [...]}`.

    Raises
    ------
    UnreadableAnswerError
        As in `read`, or there is no such list.
    """
    told = read(_LISTS[what], body)
    if what not in told:
        raise UnreadableAnswerError(f"it has no {what}")
    found: list[Any] = told[what]
    return found


def list_written(records: list[Any], what: str) -> bytes:
    """Write such a list as a shop gives it."""
    return _adapter(_LISTS[what]).dump_json({what: records})


def _adapter(record: Any) -> TypeAdapter[Any]:
    return _made(record)


@cache
def _made(record: Hashable) -> TypeAdapter[Any]:
    return TypeAdapter(record)


def _first_fault(error: ValidationError) -> str:
    """Say where and what; never the value, which may be a customer's."""
    fault = error.errors(include_input=False, include_url=False)[0]
    where = ".".join(str(part) for part in fault["loc"]) or "answer"
    return f"{where}: {fault['msg']}"


def _check_values(record: Any) -> None:
    for where, value in _values(record, "answer"):
        if isinstance(value, datetime) and value.tzinfo is None:
            raise UnreadableAnswerError(f"{where}: a moment needs its zone, such as 2026-05-04T12:00:00Z")
        if isinstance(value, float) and not math.isfinite(value):
            raise UnreadableAnswerError(f"{where}: not a number")


def _values(value: Any, where: str) -> Iterator[tuple[str, Any]]:
    """Walk through a record to its plain values."""
    if is_dataclass(value):
        for each in fields(value):
            yield from _values(getattr(value, each.name), each.name)
    elif isinstance(value, dict):
        for name, part in value.items():
            yield from _values(part, str(name))
    elif isinstance(value, (list, tuple, frozenset)):
        for part in value:
            yield from _values(part, where)
    else:
        yield where, value
