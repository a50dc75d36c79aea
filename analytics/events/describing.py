"""What an identify tells of a customer: name, e-mail address, traits."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import Connection

from analytics.event_records import Event, KeyKind
from store.repositories.event_customers import customers_described, describe_customer

_LONGEST_NAME, _LONGEST_EMAIL = 200, 320
#: Traits of one customer; whoever sends more keeps the first.
_MOST_TRAITS = 100
_LONGEST_TRAIT = 500
#: Told in columns of their own.
_NAMES = frozenset({"name", "firstName", "lastName", "first_name", "last_name", "email"})


def describe(connection: Connection, key: KeyKind, told: Sequence[tuple[str, Event]]) -> None:
    """Write what identify calls tell, in the caller's transaction.

    A server is believed: what it says replaces what was there. With a page's key, which anybody can read, only what is
    missing is filled in, and never the e-mail address: by that people are recognised.

    Parameters
    ----------
    told : (customer id, event), in the order of time.
    """
    known = customers_described(connection, sorted({customer_id for customer_id, _ in told}))
    now: dict[str, dict[str, Any]] = {}
    for customer_id, event in told:
        row = known.get(customer_id)
        if row is None:
            continue
        stands = now.setdefault(customer_id, {"name": row.name, "email": row.email, "traits": dict(row.traits or {})})
        _work_in(stands, event.properties, believed=key == "server")
    for customer_id, stands in now.items():
        row = known[customer_id]
        if (row.name, row.email, row.traits) != (stands["name"], stands["email"], stands["traits"]):
            describe_customer(connection, customer_id, **stands)


def _work_in(stands: dict[str, Any], traits: Mapping[str, Any], *, believed: bool) -> None:
    name, email = _name(traits), _text(traits.get("email"), _LONGEST_EMAIL)
    if name and (believed or not stands["name"]):
        stands["name"] = name
    if email and "@" in email and believed:
        stands["email"] = email
    kept = stands["traits"]
    for trait, value in traits.items():
        if trait in _NAMES or len(trait) > 100 or not isinstance(value, (str, int, float, bool)):
            continue
        if (believed or trait not in kept) and (trait in kept or len(kept) < _MOST_TRAITS):
            kept[trait] = value[:_LONGEST_TRAIT] if isinstance(value, str) else value


def _name(traits: Mapping[str, Any]) -> str:
    whole = _text(traits.get("name"), _LONGEST_NAME)
    if whole:
        return whole
    first = _text(traits.get("firstName") or traits.get("first_name"), _LONGEST_NAME)
    last = _text(traits.get("lastName") or traits.get("last_name"), _LONGEST_NAME)
    return f"{first} {last}".strip()[:_LONGEST_NAME]


def _text(value: Any, longest: int) -> str:
    return " ".join(value.split())[:longest] if isinstance(value, str) else ""
