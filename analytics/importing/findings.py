"""Collecting what is amiss while an import cleans: how many rows, how much money, a few examples."""

# ruff: noqa: S608 — every name that comes from a mapping passes `readers.quoted`, every value `literal`.
from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

import duckdb

from analytics.importing.readers import quoted
from analytics.quality_records import Done, Finding

_EXAMPLES = 3
#: Columns that say who somebody is: their values are shown by their first letter only.
PERSONAL = frozenset({"name", "email", "phone", "author", "handle", "text", "key"})


class Findings:
    """Finds rows of the cleaned tables; what it found is in `found`, in the order in which it was asked."""

    def __init__(self, connection: duckdb.DuckDBPyConnection) -> None:
        self.connection = connection
        self.found: list[Finding] = []

    def add(self, finding: Finding) -> None:
        """Add a finding unless it concerns no row."""
        if finding.found:
            self.found.append(finding)

    def look(
        self, table: str, check: str, rows: str, *, done: Done, shown: Sequence[str], money: str | None = None
    ) -> None:
        """Count rows and keep the first of them as examples.

        Parameters
        ----------
        table : of ours, cleaned (`all_<table>`).
        check : one of `CHECKS`.
        rows : SQL that gives the rows concerned, with the columns `shown` and `money`.
        shown : columns of the examples.
        money : the column that is added up.
        """
        total = f"sum({quoted(money)})" if money else "NULL"
        (found, amount) = self._one(f"SELECT count(*), {total} FROM ({rows})")
        if not found:
            return
        columns = ", ".join(f"CAST({quoted(name)} AS VARCHAR)" for name in shown)
        first = self.connection.execute(f"SELECT {columns} FROM ({rows}) LIMIT {_EXAMPLES}").fetchall()
        self.add(
            Finding(
                table=table,
                check=check,
                found=int(found),
                of=self.size(table),
                done=done,
                amount=None if amount is None else round(float(amount), 2),
                examples=tuple(shown_row(dict(zip(shown, row, strict=True))) for row in first),
            )
        )

    def size(self, table: str) -> int:
        """Count the rows that a table's source gave."""
        return int(self._one(f"SELECT count(*) FROM {quoted('all_' + table)}")[0])

    def rows(self) -> list[dict[str, Any]]:
        """Give the findings as the table `quality_findings` keeps them."""
        return [
            {
                "table_name": one.table,
                "check_name": one.check,
                "found": one.found,
                "looked_at": one.of,
                "done": one.done,
                "amount": one.amount,
                "examples": asdict(one)["examples"],
            }
            for one in self.found
        ]

    def _one(self, query: str) -> tuple[Any, ...]:
        row = self.connection.execute(query).fetchone()
        assert row is not None  # noqa: S101  (aggregates give a row)
        return tuple(row)


def shown_row(row: dict[str, str | None]) -> dict[str, str | None]:
    """Give an example as it may be shown: of what is personal only the first letter."""
    return {name: redacted(value) if name in PERSONAL else value for name, value in row.items()}


def redacted(value: str | None) -> str | None:
    """Give "a…" for "ana@example.org"; None for None."""
    return f"{value[:1]}…" if value else value
