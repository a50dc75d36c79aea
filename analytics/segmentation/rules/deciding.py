"""Whether one customer fits a rule, in microseconds: a rule becomes a function of what is known of her."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """What is known of one customer.

    `events` : moments of each event by its name, aware.
    `predictions` : expected values by kind.
    """

    customer_id: str
    features: Mapping[str, Any] = field(default_factory=dict)
    traits: Mapping[str, Any] = field(default_factory=dict)
    predictions: Mapping[str, float] = field(default_factory=dict)
    events: Mapping[str, Sequence[datetime]] = field(default_factory=dict)
    segment_id: int | None = None
    now: datetime


Decides = Callable[[Known], bool]


def bucket_of(name: str, customer_id: str) -> float:
    """Give a customer's place in a random order that the name draws: 0 up to, not including, 100."""
    digest = hashlib.md5(f"{name}:{customer_id}".encode(), usedforsecurity=False).hexdigest()
    return (int(digest[:8], 16) % 10_000) / 100


def decider(condition: Mapping[str, Any]) -> Decides:
    """Turn a checked condition into a function."""
    if "all" in condition:
        parts = [decider(part) for part in condition["all"]]
        return lambda known: all(part(known) for part in parts)
    if "any" in condition:
        parts = [decider(part) for part in condition["any"]]
        return lambda known: any(part(known) for part in parts)
    if "not" in condition:
        inner = decider(condition["not"])
        return lambda known: not inner(known)
    kind = next(name for name in _KINDS if name in condition)
    return _KINDS[kind](condition)


def _compared(condition: Mapping[str, Any], value: Callable[[Known], Any]) -> Decides:
    tests: list[Callable[[Any], bool]] = []
    if "is" in condition:
        tests.append(lambda found, wanted=condition["is"]: _same(found, wanted))  # type: ignore[misc]
    if "one_of" in condition:
        tests.append(lambda found, wanted=condition["one_of"]: any(_same(found, one) for one in wanted))  # type: ignore[misc]
    if "at_least" in condition:
        tests.append(lambda found, least=condition["at_least"]: _is_number(found) and found >= least)  # type: ignore[misc]
    if "at_most" in condition:
        tests.append(lambda found, most=condition["at_most"]: _is_number(found) and found <= most)  # type: ignore[misc]
    if "known" in condition:
        tests.append(lambda found, wanted=condition["known"]: (found is not None) == wanted)  # type: ignore[misc]
    return lambda known: all(test(value(known)) for test in tests)


def _same(found: Any, wanted: Any) -> bool:
    """Words are the same whatever their case; what is not known is like nothing."""
    if found is None:
        return False
    if isinstance(found, bool) or isinstance(wanted, bool):
        return found is wanted
    if isinstance(found, str) or isinstance(wanted, str):
        return str(found).lower() == str(wanted).lower()
    return bool(found == wanted)


def _is_number(found: Any) -> bool:
    return isinstance(found, int | float) and not isinstance(found, bool)


def _feature(condition: Mapping[str, Any]) -> Decides:
    name = condition["feature"]
    return _compared(condition, lambda known: known.features.get(name))


def _trait(condition: Mapping[str, Any]) -> Decides:
    name = condition["trait"]
    return _compared(condition, lambda known: known.traits.get(name))


def _prediction(condition: Mapping[str, Any]) -> Decides:
    kind = condition["prediction"]
    return _compared(condition, lambda known: known.predictions.get(kind))


def _event(condition: Mapping[str, Any]) -> Decides:
    name = condition["event"]
    least, most = bounds_of(condition)
    within = timedelta(days=condition["within_days"]) if "within_days" in condition else None

    def decides(known: Known) -> bool:
        moments = known.events.get(name, ())
        times = len(moments) if within is None else sum(1 for at in moments if at > known.now - within)
        return times >= least and (most is None or times <= most)

    return decides


def bounds_of(condition: Mapping[str, Any]) -> tuple[int, int | None]:
    """Give how often an event is asked for; once at least where nothing is said."""
    if "at_least" not in condition and "at_most" not in condition:
        return 1, None
    return condition.get("at_least", 0), condition.get("at_most")


def _segment(condition: Mapping[str, Any]) -> Decides:
    wanted = condition["segment"]
    return lambda known: known.segment_id == wanted


def _time(condition: Mapping[str, Any]) -> Decides:
    window = condition["time"]
    first = date.fromisoformat(window["from"]) if "from" in window else date.min
    last = date.fromisoformat(window["until"]) if "until" in window else date.max
    return lambda known: first <= known.now.date() <= last


def _bucket(condition: Mapping[str, Any]) -> Decides:
    bucket = condition["bucket"]
    return lambda known: bucket["from"] <= bucket_of(bucket["name"], known.customer_id) < bucket["to"]


_KINDS: dict[str, Callable[[Mapping[str, Any]], Decides]] = {
    "feature": _feature,
    "trait": _trait,
    "prediction": _prediction,
    "event": _event,
    "segment": _segment,
    "time": _time,
    "bucket": _bucket,
}
