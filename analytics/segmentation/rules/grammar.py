"""What a hand-made segment may say.

```yaml
name: Lapsed coffee lovers
rule:
  all:
    - feature: recency_days
      at_least: 60
    - trait: city
      one_of: [Leeds, York]
    - event: Product Viewed
      at_least: 3
      within_days: 30
    - not:
        prediction: churn
        at_most: 0.4
    - bucket: {name: spring test, from: 0, to: 50}
```

| condition | further keys |
|---|---|
| `all`, `any`, `not` | conditions: a list, a list, one |
| `feature`: a name of `analytics.columns` | `is`, `one_of`, `at_least`, `at_most`, `known` |
| `trait`: a trait of the customer | the same |
| `prediction`: "churn" (0..1) or "value" | the same, of what is expected |
| `event`: its name ("Order Completed": every order, also imported) | `at_least` (else once), `at_most`, `within_days` |
| `segment`: the number of a found segment | |
| `time` | `from`, `until`: dates, both included; the rule fits on those days only |
| `bucket` | `name`, `from`, `to`: a random share of customers in percent, always the same for the same name |
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from analytics import columns as c

#: Deeper than this nobody reads it.
_DEEPEST = 8
#: Conditions in all: an evaluation stays quick, and a query small.
_MOST = 60
_LONGEST_NAME = 80
_PREDICTIONS = ("churn", "value")
#: Letters that the name of a trait may have: it becomes part of a path in a query.
_TRAIT = re.compile(r"[\w .:/-]{1,80}\Z")
_COMPARED = {"is", "one_of", "at_least", "at_most", "known"}
_KEYS = {
    "feature": _COMPARED,
    "trait": _COMPARED,
    "prediction": _COMPARED,
    "event": {"at_least", "at_most", "within_days"},
    "segment": set(),
    "time": set(),
    "bucket": set(),
    "all": set(),
    "any": set(),
    "not": set(),
}
FEATURES = frozenset(
    value for name, value in vars(c).items() if name.isupper() and isinstance(value, str) and name != "CUSTOMER_ID"
)


class RuleFaultError(ValueError):
    """A rule cannot be used; each line says what, where and how to mend it."""


@dataclass(frozen=True, slots=True)
class Rule:
    """A checked hand-made segment."""

    name: str
    condition: dict[str, Any]


def checked_rule(written: Any) -> Rule:
    """Check what was read from a file.

    Raises
    ------
    RuleFaultError
        With a line for every fault.
    """
    if not isinstance(written, Mapping):
        raise RuleFaultError("A rule file holds `name:` and `rule:`.")
    faults: list[str] = []
    name = written.get("name")
    if not isinstance(name, str) or not 0 < len(name.strip()) <= _LONGEST_NAME:
        faults.append(f"name: write 1 to {_LONGEST_NAME} letters.")
    faults += [f"{key}: not known; a rule file holds `name:` and `rule:`." for key in set(written) - {"name", "rule"}]
    counted = [0]
    if "rule" not in written:
        faults.append("rule: is missing.")
    else:
        _check(written["rule"], "rule", 1, counted, faults)
    if counted[0] > _MOST:
        faults.append(f"rule: {counted[0]} conditions; at most {_MOST}.")
    if faults:
        raise RuleFaultError("\n".join(faults))
    return Rule(str(name).strip(), _plain(written["rule"]))


def _check(part: Any, where: str, depth: int, counted: list[int], faults: list[str]) -> None:
    counted[0] += 1
    if not isinstance(part, Mapping):
        faults.append(f"{where}: write a condition, such as `feature: frequency` with `at_least: 3` below it.")
        return
    kinds = [key for key in part if key in _KEYS]
    if len(kinds) != 1:
        found = "none" if not kinds else ", ".join(kinds)
        faults.append(f"{where}: a condition has exactly one of {', '.join(_KEYS)}; here: {found}.")
        return
    (kind,) = kinds
    for key in part:
        if key != kind and key not in _KEYS[kind]:
            allowed = ", ".join(sorted(_KEYS[kind])) or "nothing"
            faults.append(f"{where}.{key}: not known beside `{kind}`; allowed: {allowed}.")
    if kind in ("all", "any", "not"):
        _check_parts(kind, part[kind], where, depth, counted, faults)
        return
    _CHECKS[kind](part, where, faults)


def _check_parts(kind: str, parts: Any, where: str, depth: int, counted: list[int], faults: list[str]) -> None:
    if depth >= _DEEPEST:
        faults.append(f"{where}: nested more than {_DEEPEST} deep.")
    elif kind == "not":
        _check(parts, f"{where}.not", depth + 1, counted, faults)
    elif not isinstance(parts, list) or not parts:
        faults.append(f"{where}.{kind}: write a list of conditions, each after a dash.")
    else:
        for number, inner in enumerate(parts, 1):
            _check(inner, f"{where}.{kind}[{number}]", depth + 1, counted, faults)


def _compared(part: Mapping[str, Any], where: str, faults: list[str], *, numbers: bool) -> None:
    given = _COMPARED & set(part)
    if not given:
        faults.append(f"{where}: say what it is compared with: {', '.join(sorted(_COMPARED))}.")
    for key in ("at_least", "at_most"):
        if key in part and not _number(part[key]):
            faults.append(f"{where}.{key}: write a number.")
    if "is" in part and not isinstance(part["is"], str | int | float | bool):
        faults.append(f"{where}.is: write one word or number.")
    if "one_of" in part and not (
        isinstance(part["one_of"], list)
        and part["one_of"]
        and all(isinstance(value, str | int | float) for value in part["one_of"])
    ):
        faults.append(f"{where}.one_of: write a list of words or numbers.")
    if "known" in part and not isinstance(part["known"], bool):
        faults.append(f"{where}.known: write true or false.")
    if (
        numbers
        and _number(part.get("at_least"))
        and _number(part.get("at_most"))
        and part["at_least"] > part["at_most"]
    ):
        faults.append(f"{where}: at_least is above at_most, so nobody fits.")


def _feature(part: Mapping[str, Any], where: str, faults: list[str]) -> None:
    if part["feature"] not in FEATURES:
        faults.append(f"{where}.feature: {part['feature']!r} is not one; there are: {', '.join(sorted(FEATURES))}.")
    _compared(part, where, faults, numbers=True)


def _trait(part: Mapping[str, Any], where: str, faults: list[str]) -> None:
    if not isinstance(part["trait"], str) or not _TRAIT.match(part["trait"]):
        faults.append(f"{where}.trait: write the name of a trait: letters, digits, spaces and . : / - _.")
    _compared(part, where, faults, numbers=True)


def _prediction(part: Mapping[str, Any], where: str, faults: list[str]) -> None:
    if part["prediction"] not in _PREDICTIONS:
        faults.append(f"{where}.prediction: there are {' and '.join(_PREDICTIONS)}.")
    _compared(part, where, faults, numbers=True)


def _event(part: Mapping[str, Any], where: str, faults: list[str]) -> None:
    if not isinstance(part["event"], str) or not part["event"]:
        faults.append(f"{where}.event: write the name of an event, such as `Product Viewed`.")
    for key in ("at_least", "at_most"):
        if key in part and (not isinstance(part[key], int) or isinstance(part[key], bool) or part[key] < 0):
            faults.append(f"{where}.{key}: write a whole number, 0 or more.")
    if "within_days" in part and not (_number(part["within_days"]) and part["within_days"] > 0):
        faults.append(f"{where}.within_days: write a number of days above 0.")


def _segment(part: Mapping[str, Any], where: str, faults: list[str]) -> None:
    if not isinstance(part["segment"], int) or isinstance(part["segment"], bool):
        faults.append(f"{where}.segment: write the number of a segment.")


def _time(part: Mapping[str, Any], where: str, faults: list[str]) -> None:
    window = part["time"]
    if not isinstance(window, Mapping) or not window or set(window) - {"from", "until"}:
        faults.append(f"{where}.time: write `from:` and `until:` with dates, or one of them.")
        return
    for key, value in window.items():
        if _date(value) is None:
            faults.append(f"{where}.time.{key}: write a date such as 2026-05-03.")


def _bucket(part: Mapping[str, Any], where: str, faults: list[str]) -> None:
    bucket = part["bucket"]
    if not isinstance(bucket, Mapping) or set(bucket) != {"name", "from", "to"}:
        faults.append(f"{where}.bucket: write `name:`, `from:` and `to:`.")
        return
    low, high = bucket["from"], bucket["to"]
    if not (_number(low) and _number(high) and 0 <= low < high <= 100):
        faults.append(f"{where}.bucket: from and to are percent, 0 to 100, from below to.")
    if not isinstance(bucket["name"], str) or not bucket["name"]:
        faults.append(f"{where}.bucket.name: write a name; the same name draws the same customers.")


_CHECKS: dict[str, Callable[[Mapping[str, Any], str, list[str]], None]] = {
    "feature": _feature,
    "trait": _trait,
    "prediction": _prediction,
    "event": _event,
    "segment": _segment,
    "time": _time,
    "bucket": _bucket,
}


def _number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value)


def _date(value: Any) -> date | None:
    if isinstance(value, date):
        return value
    try:
        return date.fromisoformat(value)
    except (TypeError, ValueError):
        return None


def _plain(part: Any) -> Any:
    """Give the rule as JSON can hold it: YAML reads dates as such."""
    if isinstance(part, Mapping):
        return {str(key): _plain(value) for key, value in part.items()}
    if isinstance(part, list):
        return [_plain(value) for value in part]
    return part.isoformat()[:10] if isinstance(part, date) else part
