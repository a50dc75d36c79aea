"""Where an expression of a mapping stands: its sources, and how columns and values read there."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from analytics.importing.errors import MappingError, SourceError
from analytics.importing.readers import ROW, Source, quoted


@dataclass(frozen=True, slots=True)
class Scope:
    """Where an expression stands: its table's source first, joined sources after it."""

    #: For messages: "tables.orders.fields.total".
    key: str
    sources: Mapping[str, Source]
    main: str
    group_by: frozenset[str]
    lookups: Mapping[str, Mapping[str, str]]
    #: Filled while compiling: (source, column) of everything that is read.
    used: set[tuple[str, str]] = field(default_factory=set)
    #: True within an aggregate, where columns stand for single rows.
    within_group: bool = False

    def rows(self) -> Scope:
        """Give the scope inside an aggregate."""
        if not self.group_by or self.within_group:
            raise MappingError(f"{self.key}: aggregates need group_by, and cannot stand within each other.")
        return replace(self, within_group=True)


def column_of(reference: str, scope: Scope) -> str:
    """Give the SQL of a column ("paid", or "goods.price" of a joined source); in a group, of its first value."""
    source_name, column = scope.main, reference
    if reference not in scope.sources[scope.main].columns and "." in reference:
        source_name, column = reference.split(".", 1)
    source = scope.sources.get(source_name)
    if source is None or column not in source.columns:
        file = source.file if source else f"source {source_name}"
        named = reference if source_name == scope.main else column
        raise SourceError(f"{file} has no column {named!r}, which {scope.key} needs; correct the mapping or the file.")
    scope.used.add((source_name, column))
    sql = f"{quoted(source_name)}.{quoted(column)}"
    if not scope.group_by or scope.within_group or (source_name == scope.main and column in scope.group_by):
        return sql
    return f"arg_min({sql}, {quoted(scope.main)}.{ROW})"


def as_text(sql: str) -> str:
    """Read a value as text; whole numbers that a file keeps as fractions (17850.0) lose the fraction."""
    return (
        f"CASE WHEN typeof({sql}) IN ('DOUBLE', 'FLOAT') THEN regexp_replace(CAST({sql} AS VARCHAR), '\\.0$', '') "
        f"ELSE nullif(trim(CAST({sql} AS VARCHAR)), '') END"
    )


def as_number(sql: str, expression: Any, decimal: str) -> str:
    """Read a value as a number; a column's own text has its source's decimal point, what is computed has none."""
    if decimal == "," and isinstance(expression, str):
        return f"TRY_CAST(replace(replace(CAST({sql} AS VARCHAR), '.', ''), ',', '.') AS DOUBLE)"
    return f"TRY_CAST({sql} AS DOUBLE)"
