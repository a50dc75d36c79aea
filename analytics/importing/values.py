"""How a raw value is read as a field's kind, and which rule of the field it may break; all of it SQL."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from analytics.importing.fields import Field
from analytics.importing.readers import literal, quoted
from analytics.importing.scope import as_number, as_text

_OFFSET = "([zZ]|[+-]\\d\\d:?\\d\\d)$"
#: Kinds that a text may fail to be, and how that is told.
CHECKED = {
    "number": "is not a number",
    "whole": "is not a whole number",
    "moment": "is not a date",
    "flag": "is neither yes nor no",
}


def typed(field: Field, raw: str, expression: Any, decimal: str, zone: str) -> str:
    """Read a raw value.

    Parameters
    ----------
    raw : SQL of the value as the mapping gives it; `expression` is what the mapping says.
    decimal : the decimal point of the source's texts.
    zone : of moments that carry none.
    """
    if field.kind in ("id", "text", "facts"):
        return as_text(raw)
    if field.kind == "moment":
        return moment(raw, zone)
    if field.kind == "flag":
        return _flag(raw)
    number = as_number(raw, expression, decimal)
    if field.kind == "whole":
        return f"CASE WHEN {number} = floor({number}) THEN TRY_CAST({number} AS BIGINT) END"
    return f"CASE WHEN isfinite({number}) THEN {number} END"


def moment(raw: str, zone: str) -> str:
    """Read a moment as naive UTC; text that carries an offset keeps it, all else is in the zone."""
    read = f"TRY_CAST({raw} AS TIMESTAMP)"
    if zone == "UTC":
        return read
    local = f"({read} AT TIME ZONE {literal(zone)}) AT TIME ZONE 'UTC'"
    return f"CASE WHEN {_has_offset(raw)} THEN {read} ELSE {local} END"


def clock(raw: str) -> str:
    """Read what a clock on the wall showed; NULL where the text carries an offset."""
    return f"CASE WHEN NOT ({_has_offset(raw)}) THEN TRY_CAST({raw} AS TIMESTAMP) END"


def somebody(sql: str, nobody: Sequence[str]) -> str:
    """Read a customer's id; NULL where it stands for nobody."""
    if not nobody:
        return sql
    listed = ", ".join(literal(one.strip().lower()) for one in nobody)
    return f"CASE WHEN lower({sql}) IN ({listed}) THEN NULL ELSE {sql} END"


def missing(field: Field) -> list[str]:
    """Give the cases in which a value is absent or is not of its kind."""
    name = f"typed.{quoted(field.name)}"
    raw = f"typed.{quoted('raw_' + field.name)}"
    if field.kind not in CHECKED:
        return [f"WHEN {name} IS NULL THEN 'missing {field.name}'"] if field.required else []
    given = f"nullif(trim(CAST({raw} AS VARCHAR)), '')"
    cases = [f"WHEN {given} IS NULL THEN 'missing {field.name}'"] if field.required else []
    # An optional moment that cannot be is read as none; the report tells of it.
    readable = (
        f" AND NOT typed.{quoted('early_' + field.name)}" if field.kind == "moment" and not field.required else ""
    )
    return [*cases, f"WHEN {given} IS NOT NULL AND {name} IS NULL{readable} THEN '{field.name} {CHECKED[field.kind]}'"]


def out_of_range(field: Field, earliest: date) -> list[str]:
    """Give the cases in which a value is one that cannot be."""
    name = f"typed.{quoted(field.name)}"
    if field.kind == "moment" and field.required:
        return [f"WHEN {name} < TIMESTAMP '{earliest}' THEN {literal(before_all(field.name, earliest))}"]
    cases = []
    if field.at_least is not None:
        cases.append(f"WHEN {name} < 0 THEN 'negative {field.name}'")
        if field.at_least > 0:
            cases.append(f"WHEN {name} < {field.at_least} THEN '{field.name} is zero'")
    if field.at_most is not None:
        cases.append(f"WHEN {name} > {field.at_most} THEN '{field.name} is above {field.at_most}'")
    return cases


def before_all(column: str, earliest: date) -> str:
    """Give the reason for a row that lies before the shop's first possible day."""
    return f"{column} lies before {earliest}"


def _has_offset(raw: str) -> str:
    return f"typeof({raw}) = 'TIMESTAMP WITH TIME ZONE' OR regexp_matches(CAST({raw} AS VARCHAR), '{_OFFSET}')"


def _flag(raw: str) -> str:
    text = f"lower(trim(CAST({raw} AS VARCHAR)))"
    yes, no = "('true', 'yes', 'y', '1')", "('false', 'no', 'n', '0')"
    return f"CASE WHEN {text} IN {yes} THEN true WHEN {text} IN {no} THEN false END"
