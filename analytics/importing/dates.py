"""Moving a demonstration shop's year to the present, by whole weeks so that weekdays stay what they were."""

# ruff: noqa: S608 — every name that comes from a mapping passes `readers.quoted`, every value `literal`.
from __future__ import annotations

import math
from datetime import UTC, datetime, timedelta

import duckdb

from analytics.importing.readers import quoted
from analytics.importing.targets import TARGETS

_WEEK = timedelta(days=7)


def days_to_now(last_order: datetime, now: datetime) -> int:
    """Give the whole weeks, in days, that bring the last order to now or less than a week beyond it.

    Beyond, because the shop is to look alive at every hour: orders that the move puts after `now` are not placed
    yet and are left out, so the newest order that stays is as recent as on a real day.

    Parameters
    ----------
    last_order, now : aware moments.
    """
    return math.ceil((now - last_order) / _WEEK) * 7


def last_moment(connection: duckdb.DuckDBPyConnection, table: str, column: str) -> datetime | None:
    """Give the latest moment of the good rows of `all_<table>`; None where there are none."""
    found = connection.execute(
        f"SELECT max({quoted(column)}) FROM {quoted('all_' + table)} WHERE _reason IS NULL"
    ).fetchone()
    return found[0].replace(tzinfo=UTC) if found and found[0] else None


def move_dates(connection: duckdb.DuckDBPyConnection, table: str, days: int, now: datetime) -> None:
    """Add the days to every moment of `all_<table>`, and reject what then lies after `now`.

    Windows of offers may lie in the future; what has happened (orders, redemptions) may not.
    """
    target = TARGETS[table]
    name = quoted(f"all_{table}")
    present = {row[0] for row in connection.execute(f"DESCRIBE {name}").fetchall()}
    moments = [field.name for field in target.fields if field.kind == "moment" and field.name in present]
    if days and moments:
        moved = ", ".join(f"{quoted(column)} = {quoted(column)} + INTERVAL {int(days)} DAY" for column in moments)
        connection.execute(f"UPDATE {name} SET {moved}")
    for column in set(moments) & {"placed_at", "redeemed_at"}:
        connection.execute(
            f"UPDATE {name} SET _reason = ? WHERE _reason IS NULL AND {quoted(column)} > ?",
            [after_now(column), now.astimezone(UTC).replace(tzinfo=None)],
        )


def after_now(column: str) -> str:
    """Give the reason for a row that has not happened yet."""
    return f"{column} lies after the moment of import"
