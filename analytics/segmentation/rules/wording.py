"""Rules in words: "ordered at least 6 times and within the last 40 days"."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from analytics import columns as c

#: How a figure reads: at least, at most, between; `{}` takes the bounds.
_FIGURES = {
    c.FREQUENCY: ("ordered at least {} times", "ordered at most {} times", "ordered {} to {} times"),
    c.RECENCY_DAYS: (
        "ordered nothing within the last {} days",
        "ordered within the last {} days",
        "last ordered {} to {} days ago",
    ),
    c.MONETARY: ("spent at least {}", "spent at most {}", "spent {} to {}"),
    c.BASKET_VALUE: ("baskets of at least {}", "baskets of at most {}", "baskets of {} to {}"),
    c.DAYS_BETWEEN_ORDERS: (
        "at least {} days between orders",
        "at most {} days between orders",
        "{} to {} days between orders",
    ),
    c.CATEGORIES_BOUGHT: (
        "bought from at least {} categories",
        "bought from at most {} categories",
        "bought from {} to {} categories",
    ),
    c.DISCOUNT_SHARE: ("discounts of at least {}", "discounts of at most {}", "discounts of {} to {}"),
    c.WEEKEND_SHARE: (
        "at least {} of orders at weekends",
        "at most {} of orders at weekends",
        "{} to {} of orders at weekends",
    ),
}
_SHARES = {c.DISCOUNT_SHARE, c.WEEKEND_SHARE}


def said(condition: Mapping[str, Any]) -> str:
    """Say a checked condition in words."""
    if "all" in condition:
        return _joined(condition["all"], " and ")
    if "any" in condition:
        return _joined(condition["any"], ", or ") or "nobody"
    if "not" in condition:
        return f"not ({said(condition['not'])})"
    kind = next(name for name in _KINDS if name in condition)
    return _KINDS[kind](condition)


def _joined(parts: list[Mapping[str, Any]], word: str) -> str:
    mixed = len(parts) > 1
    return word.join(f"({said(part)})" if mixed and _mixed(part) and word == " and " else said(part) for part in parts)


def _mixed(part: Mapping[str, Any]) -> bool:
    return len(part.get("any", ())) > 1


def _feature(condition: Mapping[str, Any]) -> str:
    name = condition["feature"]
    low, high = condition.get("at_least"), condition.get("at_most")
    if low is None and high is None:
        return f"{name.replace('_', ' ')} {_compared(condition)}"
    show = _percent if name in _SHARES else _number
    at_least, at_most, between = _FIGURES.get(name, _plain(name))
    if low is not None and low == high and name == c.FREQUENCY:
        return "ordered once" if low == 1 else f"ordered {show(low)} times"
    if low is not None and high is not None:
        return between.format(show(low), show(high))
    said_so = at_most.format(show(high or 0)) if low is None else at_least.format(show(low))
    return said_so.replace(" 1 times", " once").replace(" 1 days", " day").replace(" 1 categories", " 1 category")


def _plain(name: str) -> tuple[str, str, str]:
    words = name.replace("_", " ")
    return f"{words} at least {{}}", f"{words} at most {{}}", f"{words} {{}} to {{}}"


def _trait(condition: Mapping[str, Any]) -> str:
    return f"{condition['trait']} {_compared(condition)}"


def _event(condition: Mapping[str, Any]) -> str:
    low, high = condition.get("at_least"), condition.get("at_most")
    if high == 0:
        times = "never"
    elif low is None and high is None:
        times = "at least once"
    else:
        bounds = [f"at least {low}" if low is not None else "", f"at most {high}" if high is not None else ""]
        times = " and ".join(bound for bound in bounds if bound) + " times"
    within = f" within {_number(condition['within_days'])} days" if "within_days" in condition else ""
    return f"did “{condition['event']}” {times}{within}"


def _prediction(condition: Mapping[str, Any]) -> str:
    return f"predicted {condition['prediction'].replace('_', ' ')} {_compared(condition)}"


def _segment(condition: Mapping[str, Any]) -> str:
    return f"in segment {condition['segment']}"


def _time(condition: Mapping[str, Any]) -> str:
    window = condition["time"]
    bounds = [
        f"from {window['from']}" if "from" in window else "",
        f"until {window['until']}" if "until" in window else "",
    ]
    return "any day " + " ".join(bound for bound in bounds if bound)


def _bucket(condition: Mapping[str, Any]) -> str:
    bucket = condition["bucket"]
    return f"a random {_number(bucket['to'] - bucket['from'])}% (“{bucket['name']}”)"


_KINDS = {
    "feature": _feature,
    "trait": _trait,
    "event": _event,
    "prediction": _prediction,
    "segment": _segment,
    "time": _time,
    "bucket": _bucket,
}


def _compared(condition: Mapping[str, Any]) -> str:
    parts = []
    if "is" in condition:
        parts.append(f"is {condition['is']}")
    if "one_of" in condition:
        parts.append("is one of " + ", ".join(str(value) for value in condition["one_of"]))
    if "known" in condition:
        parts.append("is known" if condition["known"] else "is not known")
    if "at_least" in condition:
        parts.append(f"at least {_number(condition['at_least'])}")
    if "at_most" in condition:
        parts.append(f"at most {_number(condition['at_most'])}")
    return " and ".join(parts)


def _number(value: float) -> str:
    return f"{value:,.0f}" if float(value).is_integer() else f"{value:,g}"


def _percent(value: float) -> str:
    return f"{value * 100:.3g}%"
