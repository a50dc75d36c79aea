"""What becomes of two rows of which a customer has but one: her own first, the other's where she has none."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

Row = Mapping[str, Any]


def combined_customer(kept: Row, merged: Row) -> dict[str, Any]:
    """Give name, e-mail address and traits of the one who stays, filled up from the other; the earlier joining day."""
    return {
        "name": kept["name"] if kept["name"] is not None else merged["name"],
        "email": kept["email"] if kept["email"] is not None else merged["email"],
        "joined_at": _earlier(kept["joined_at"], merged["joined_at"]),
        "traits": {**merged["traits"], **kept["traits"]},
    }


def combined_details(kept: Row, merged: Row) -> dict[str, Any]:
    """Give details she changed herself: those of the later change, filled up from the earlier."""
    first, second = (merged, kept) if merged["changed_at"] > kept["changed_at"] else (kept, merged)
    names = [name for name in kept if name not in ("customer_id", "key", "changed_at")]
    filled = {name: first[name] if first[name] is not None else second[name] for name in names}
    return {**filled, "key": first["key"], "changed_at": first["changed_at"]}


def combined_profile(kept: Row, merged: Row) -> dict[str, Any]:
    """Give what both conversations told: turns and topics added up, mood and last topic of the later contact.

    Further columns: lists are joined, objects united, of other values the later contact's counts.
    """
    later, earlier = (merged, kept) if _at(merged) > _at(kept) else (kept, merged)
    both: dict[str, Any] = {}
    for name in kept:
        if name == "customer_id":
            continue
        if name == "turns":
            both[name] = kept[name] + merged[name]
        elif name == "topics":
            both[name] = _added(kept[name], merged[name])
        else:
            both[name] = _united(earlier[name], later[name])
    return both


def _at(row: Row) -> float:
    moment: datetime | None = row["last_contact_at"]
    return float("-inf") if moment is None else moment.timestamp()


def _added(*counts: Mapping[str, int]) -> dict[str, int]:
    total: dict[str, int] = {}
    for one in counts:
        for name, count in one.items():
            total[name] = total.get(name, 0) + count
    return total


def _united(earlier: Any, later: Any) -> Any:
    if isinstance(earlier, list) and isinstance(later, list):
        return _once([*earlier, *later])
    if isinstance(earlier, dict) and isinstance(later, dict):
        return {
            name: _united(earlier.get(name), later.get(name)) for name in [*earlier, *sorted(set(later) - set(earlier))]
        }
    return earlier if later is None else later


def _once(values: Iterable[Any]) -> list[Any]:
    kept: list[Any] = []
    for value in values:
        if value not in kept:
            kept.append(value)
    return kept


def _earlier(one: datetime | None, other: datetime | None) -> datetime | None:
    moments = [moment for moment in (one, other) if moment is not None]
    return min(moments) if moments else None
