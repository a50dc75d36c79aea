"""Numbers of the moment in SQL that is compiled once: the moment of computing and the zone's changes of clock.

Compiling an Ibis expression costs a tenth of a second, more than running it on a small shop. So the expression holds
named gaps instead of numbers, and the text is filled before each run. Every engine folds a cast of a constant.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime

import ibis
from ibis.expr.types import IntegerValue, TimestampValue


def number(name: str) -> IntegerValue:
    """Give a whole number that is filled in later."""
    return ibis.literal(_gap(name)).cast("int64")


def moment(name: str, zone: str | None = None) -> TimestampValue:
    """Give a moment that is filled in later: naive in UTC, or aware of a zone."""
    return ibis.literal(_gap(name)).cast(f"timestamp('{zone}')" if zone else "timestamp")


def filled(sql: str, values: Mapping[str, int | datetime]) -> str:
    """Fill all gaps of a compiled statement.

    Parameters
    ----------
    sql : from an expression with `number` and `moment` in it.
    values : by name; moments are aware. Only numbers and moments come in, so nothing needs to be escaped.
    """
    for name, value in values.items():
        text = f"{value.astimezone(UTC):%Y-%m-%d %H:%M:%S.%f}+00:00" if isinstance(value, datetime) else str(int(value))
        sql = sql.replace(_gap(name), text)
    return sql


def _gap(name: str) -> str:
    return f"«{name}»"
