"""Whom a rule finds, in one query: its condition as an expression over customers, features, events and predictions."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import (
    BigInteger,
    ColumnElement,
    Connection,
    Float,
    String,
    and_,
    case,
    cast,
    false,
    func,
    literal,
    not_,
    or_,
    select,
    true,
)
from sqlalchemy.types import UserDefinedType

from store.repositories.rule_segments import ORDER_EVENT
from store.tables import customer_features, customers, events, orders, predictions

_PLAIN = {name: customer_features.c[name] for name in ("recency_days", "frequency", "monetary")}

Says = ColumnElement[bool]


def members_of(connection: Connection, condition: Mapping[str, Any], now: datetime) -> list[str]:
    """Give the ids of all customers whom a checked condition finds, in order."""
    query = _query(connection, condition, now, customers.c.customer_id)
    return list(connection.execute(query.order_by(customers.c.customer_id)).scalars())


def count_members(connection: Connection, condition: Mapping[str, Any], now: datetime) -> int:
    """Count the customers whom a checked condition finds."""
    found: int = connection.execute(_query(connection, condition, now, func.count())).scalar_one()
    return found


def _query(connection: Connection, condition: Mapping[str, Any], now: datetime, what: Any) -> Any:
    postgres = connection.dialect.name == "postgresql"
    if not postgres:
        driver: Any = connection.connection.driver_connection
        driver.create_function("rapport_bucket", 2, _bucket_of, deterministic=True)
        driver.create_function("rapport_lower", 1, _lower, deterministic=True)
    joined = customers.outerjoin(customer_features, customer_features.c.customer_id == customers.c.customer_id)
    if "prediction" in _kinds(condition):
        joined = joined.outerjoin(predictions, predictions.c.customer_id == customers.c.customer_id)
    return select(what).select_from(joined).where(_Translator(postgres, now).of(condition))


@dataclass(frozen=True, slots=True)
class _Translator:
    """Conditions to SQL, each either true or false: what is not known is neither less nor more than anything."""

    postgres: bool
    now: datetime

    def of(self, condition: Mapping[str, Any]) -> Says:
        if "all" in condition:
            return and_(true(), *(self.of(part) for part in condition["all"]))
        if "any" in condition:
            return or_(false(), *(self.of(part) for part in condition["any"]))
        if "not" in condition:
            return not_(self.of(condition["not"]))
        kind = next(name for name in ("feature", "trait", "prediction", "event", "segment", "time", "bucket")
                    if name in condition)  # fmt: skip
        says: Says = getattr(self, f"_{kind}")(condition)
        certain: Says = func.coalesce(says, false())
        return certain

    def _feature(self, condition: Mapping[str, Any]) -> Says:
        name = condition["feature"]
        if name in _PLAIN:
            return self._compared(condition, _PLAIN[name], cast(_PLAIN[name], String), _PLAIN[name].is_not(None))
        return self._in_json(condition, customer_features.c.behaviour, name)

    def _trait(self, condition: Mapping[str, Any]) -> Says:
        return self._in_json(condition, customers.c.traits, condition["trait"])

    def _prediction(self, condition: Mapping[str, Any]) -> Says:
        value = predictions.c[condition["prediction"]]
        return self._compared(condition, value, cast(value, String), value.is_not(None))

    def _event(self, condition: Mapping[str, Any]) -> Says:
        name = condition["event"]
        is_order = name == ORDER_EVENT
        source, at = (orders, orders.c.placed_at) if is_order else (events, events.c.occurred_at)
        asked = select(func.count()).select_from(source).where(source.c.customer_id == customers.c.customer_id)
        if not is_order:
            asked = asked.where(events.c.name == name)
        if "within_days" in condition:
            asked = asked.where(at > self.now - timedelta(days=condition["within_days"]))
        times = asked.correlate(customers).scalar_subquery()
        bounded = "at_least" in condition or "at_most" in condition
        says = [times >= condition.get("at_least", 0 if bounded else 1)]
        if "at_most" in condition:
            says.append(times <= condition["at_most"])
        return and_(*says)

    def _segment(self, condition: Mapping[str, Any]) -> Says:
        says: Says = customer_features.c.segment_id == condition["segment"]
        return says

    def _time(self, condition: Mapping[str, Any]) -> Says:
        window = condition["time"]
        first = date.fromisoformat(window["from"]) if "from" in window else date.min
        last = date.fromisoformat(window["until"]) if "until" in window else date.max
        return true() if first <= self.now.date() <= last else false()

    def _bucket(self, condition: Mapping[str, Any]) -> Says:
        bucket = condition["bucket"]
        if self.postgres:
            digest = func.md5(literal(f"{bucket['name']}:", String) + customers.c.customer_id)
            bits = literal("x", String) + func.substr(digest, 1, 8)
            # Eight hex digits as a number, as `int(digest[:8], 16)` reads them.
            number = cast(cast(bits, _Bits()), BigInteger)
            drawn: ColumnElement[Any] = cast(number % 10_000, Float) / 100
        else:
            drawn = func.rapport_bucket(bucket["name"], customers.c.customer_id)
        return and_(drawn >= bucket["from"], drawn < bucket["to"])

    def _in_json(self, condition: Mapping[str, Any], source: Any, name: str) -> Says:
        if self.postgres:
            kind = func.jsonb_typeof(source[name])
            text = source[name].as_string()
            number = case((kind == "number", cast(text, Float)))
            known = and_(kind.is_not(None), kind != "null")
        else:
            path = f'$."{name}"'
            kind = func.json_type(source, path)
            found = func.json_extract(source, path)
            text = case((kind.in_(("true", "false")), kind), else_=cast(found, String))
            number = case((kind.in_(("integer", "real")), found))
            known = and_(kind.is_not(None), kind != "null")
        return self._compared(condition, number, text, known)

    def _compared(self, condition: Mapping[str, Any], number: Any, text: Any, known: Any) -> Says:
        says: list[Any] = []
        if "is" in condition:
            says.append(self._same(condition["is"], number, text))
        if "one_of" in condition:
            says.append(or_(false(), *(self._same(wanted, number, text) for wanted in condition["one_of"])))
        if "at_least" in condition:
            says.append(number >= condition["at_least"])
        if "at_most" in condition:
            says.append(number <= condition["at_most"])
        if "known" in condition:
            says.append(known if condition["known"] else not_(func.coalesce(known, false())))
        return and_(*says)

    def _same(self, wanted: Any, number: Any, text: Any) -> Any:
        if isinstance(wanted, bool):
            return text == ("true" if wanted else "false")
        lower = func.lower(text) if self.postgres else func.rapport_lower(text)
        as_words = func.coalesce(lower == str(wanted).lower(), false())
        if isinstance(wanted, str):
            return as_words
        return or_(func.coalesce(number == wanted, false()), as_words)


class _Bits(UserDefinedType[str]):
    """PostgreSQL's `bit(32)`, which reads hexadecimal digits."""

    cache_ok = True

    def get_col_spec(self, **_: Any) -> str:
        """Give its name."""
        return "BIT(32)"


def _kinds(condition: Mapping[str, Any]) -> set[str]:
    parts = [*condition.get("all", ()), *condition.get("any", ()), *([condition["not"]] if "not" in condition else [])]
    return set(condition).union(*(_kinds(part) for part in parts))


def _bucket_of(name: str, customer_id: str) -> float:
    digest = hashlib.md5(f"{name}:{customer_id}".encode(), usedforsecurity=False).hexdigest()
    return (int(digest[:8], 16) % 10_000) / 100


def _lower(text: str | None) -> str | None:
    return None if text is None else str(text).lower()
