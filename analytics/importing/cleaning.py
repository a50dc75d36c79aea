"""Rows that keep the rules of their table, and the others with the first rule they break.

Every table of ours that the mapping feeds becomes a DuckDB table `all_<name>`: the typed fields, the row's number in
its source, and `_reason`, NULL for a good row.
"""

# ruff: noqa: S608 — every name that comes from a mapping passes `readers.quoted`, every value `literal`.
from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

import duckdb

from analytics.importing.errors import MappingError
from analytics.importing.expressions import compile_expression
from analytics.importing.fields import Field, Target
from analytics.importing.ids import mark_duplicates
from analytics.importing.mapping import Mapping, TableMapping
from analytics.importing.readers import ROW, Source, literal, quoted
from analytics.importing.scope import Scope, as_text
from analytics.importing.targets import TARGETS
from analytics.importing.values import CHECKED, clock, missing, out_of_range, somebody, typed

Lookups = dict[str, dict[str, str]]


class TableCleaner:
    """Compiles one table's mapping, and runs it once the sources are loaded.

    Raises
    ------
    MappingError, SourceError
        On construction, before any row is read: an expression or a column is unknown.
    """

    def __init__(self, name: str, mapping: Mapping, sources: dict[str, Source], lookups: Lookups) -> None:
        self.target: Target = TARGETS[name]
        self.table: TableMapping = mapping.tables[name]
        self.used: set[tuple[str, str]] = set()
        self._zone = mapping.timezone
        self._rules = mapping.cleaning
        self._decimal = mapping.sources[self.table.source].decimal
        self._joined = {key: sources[key] for key in (self.table.source, *self.table.join)}
        self._lookups = lookups
        for column in self.table.group_by:
            self._compile(column, f"tables.{name}.group_by", grouped=False)
        for source, pairs in self.table.join.items():
            for theirs, ours in pairs.items():
                self._compile(f"{source}.{theirs}", f"tables.{name}.join.{source}", grouped=False)
                self._compile(ours, f"tables.{name}.join.{source}", grouped=False)
        for column in self.table.not_for_sale:
            self._compile(column, f"tables.{name}.not_for_sale", grouped=False)
        self._values = {
            field.name: self._value(field) for field in self.target.fields if field.name in self.table.fields
        }

    def clean(self, connection: duckdb.DuckDBPyConnection) -> None:
        """Make the table `all_<name>`; the tables it refers to are made already."""
        mapped = [field for field in self.target.fields if field.name in self._values]
        raw = ", ".join(f"{sql} AS {quoted('raw_' + name)}" for name, sql in self._values.items())
        flag = f", {self._not_for_sale()} AS _not_for_sale" if self.target.name == "products" else ""
        fields_typed = ", ".join(f"{self._typed(field)} AS {quoted(field.name)}" for field in mapped)
        asides = self._asides(mapped)
        kept = "".join(f", {quoted('raw_' + field.name)}" for field in mapped if field.kind in CHECKED)
        flag_kept = ", _not_for_sale" if flag else ""
        fields = "".join(f", typed.{quoted(field.name)}" for field in mapped) + flag_kept
        fields += "".join(f", typed.{quoted(name)}" for name in re.findall(r'AS "((?:clock|early)_\w+)"', asides))
        name = quoted(f"all_{self.target.name}")
        connection.execute(
            f"CREATE TABLE {name} AS WITH raw AS (SELECT {self._row()} AS {ROW}, {raw}{flag} {self._from()}), "
            f"typed AS (SELECT {ROW}, {fields_typed}{asides}{kept}{flag_kept} FROM raw) "
            f"SELECT typed.{ROW}{fields}, {self._reason(mapped)} AS _reason FROM typed {self._references(mapped)}"
        )
        keys = [key for key in (self.target.key, tuple(self.table.unique)) if key]
        for key in dict.fromkeys(keys):
            mark_duplicates(connection, self.target.name, key)

    def _compile(self, expression: Any, key: str, *, grouped: bool = True) -> str:
        group_by = frozenset(self.table.group_by) if grouped else frozenset()
        scope = Scope(key, self._joined, self.table.source, group_by, self._lookups, self.used)
        return compile_expression(expression, scope)

    def _value(self, field: Field) -> str:
        body = self.table.fields[field.name]
        key = f"tables.{self.target.name}.fields.{field.name}"
        if field.kind != "facts":
            return self._compile(body, key)
        if not isinstance(body, dict) or not body:
            raise MappingError(f"{key}: give names and columns, such as age: demographics.age.")
        pairs = [
            f"{literal(str(name))}, {as_text(self._compile(part, f'{key}.{name}'))}" for name, part in body.items()
        ]
        # The patch drops what is empty: a customer without demographics has {}.
        return f"CAST(json_merge_patch('{{}}', json_object({', '.join(pairs)})) AS VARCHAR)"

    def _row(self) -> str:
        row = f"{quoted(self.table.source)}.{ROW}"
        return f"min({row})" if self.table.group_by else row

    def _from(self) -> str:
        main = self.table.source
        sql = f"FROM {quoted('src_' + main)} AS {quoted(main)}"
        for source, pairs in self.table.join.items():
            equal = " AND ".join(
                f"{quoted(source)}.{quoted(theirs)} = {quoted(main)}.{quoted(ours)}" for theirs, ours in pairs.items()
            )
            sql += f" LEFT JOIN {quoted('src_' + source)} AS {quoted(source)} ON {equal}"
        if self.table.group_by:
            sql += " GROUP BY " + ", ".join(f"{quoted(main)}.{quoted(column)}" for column in self.table.group_by)
        return sql

    def _not_for_sale(self) -> str:
        tests = []
        for column, values in self.table.not_for_sale.items():
            text = as_text(f"{quoted(self.table.source)}.{quoted(column)}")
            named = ", ".join(literal(value) for value in values if value is not None)
            tests += [f"coalesce({text} IN ({named}), false)"] if named else []
            tests += [f"{text} IS NULL"] if None in values else []
        return " OR ".join(tests) if tests else "false"

    def _typed(self, field: Field) -> str:
        raw = quoted("raw_" + field.name)
        read = typed(field, raw, self.table.fields[field.name], self._decimal, self._zone)
        if field.name == "customer_id":
            return somebody(read, self._rules.nobody)
        if field.kind == "moment" and not field.required:
            return f"CASE WHEN {read} >= TIMESTAMP '{self._rules.earliest}' THEN {read} END"
        return read

    def _asides(self, mapped: Iterable[Field]) -> str:
        """Keep beside a moment what the clock showed, and whether it cannot be; for the report."""
        sql = ""
        for field in mapped:
            if field.kind == "moment":
                raw = quoted("raw_" + field.name)
                if self._zone != "UTC":
                    sql += f", {clock(raw)} AS {quoted('clock_' + field.name)}"
                if not field.required:
                    early = f"{typed(field, raw, None, self._decimal, self._zone)} < TIMESTAMP '{self._rules.earliest}'"
                    sql += f", coalesce({early}, false) AS {quoted('early_' + field.name)}"
        return sql

    def _references(self, mapped: Iterable[Field]) -> str:
        joins = ""
        for field in mapped:
            if field.refers_to:
                ids = quoted(f"ids_{field.refers_to}")
                joins += f" LEFT JOIN {ids} AS {quoted('ref_' + field.name)}"
                joins += f" ON {quoted('ref_' + field.name)}.id = typed.{quoted(field.name)}"
        return joins

    def _reason(self, mapped: list[Field]) -> str:
        cases: list[str] = []
        for field in mapped:
            cases += missing(field)
        for field in mapped:
            cases += out_of_range(field, self._rules.earliest)
        for field in mapped:
            if field.refers_to:
                one = TARGETS[field.refers_to].one
                reference = quoted("ref_" + field.name)
                cases.append(f"WHEN {reference}.id IS NULL THEN 'unknown {one}'")
                cases.append(f"WHEN NOT {reference}.ok THEN 'its {one} was rejected'")
        return f"CASE {' '.join(cases)} END"
