"""The job behind `rapport import`: a mapping file in, a filled shop and a report out."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import asdict
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import duckdb
from duckdb.func import FunctionNullHandling

from analytics.importing.cleaning import TableCleaner
from analytics.importing.clocks import report_clocks
from analytics.importing.dates import days_to_now, last_moment, move_dates
from analytics.importing.derived import derive_offers, derive_products
from analytics.importing.findings import Findings
from analytics.importing.ids import redirect, remember_ids
from analytics.importing.mapping import Mapping, load_mapping
from analytics.importing.markup import plain_text
from analytics.importing.outside import OutsideWriter
from analytics.importing.outside_targets import OUTSIDE
from analytics.importing.people import match_people
from analytics.importing.readers import MOMENT, Source, load_source, open_source
from analytics.importing.report import ImportReport, RejectedRow, count_table, first_rejected
from analytics.importing.targets import TARGETS
from analytics.importing.tidying import tidy
from analytics.importing.wording import Vocabulary, Wording, load_vocabulary, title_case
from analytics.importing.writing import Writer
from analytics.workspace import open_workspace
from store.engine import Database
from store.repositories.catalogue_write import stored_ids
from store.repositories.imports import finish_import, keep_rejected, last_shift, start_import
from store.repositories.merges import merged_away
from store.repositories.quality import keep_findings

#: Called with the name of the step and how much of the whole is done, 0..1.
Progress = Callable[[str, float], None]

#: Shares of the whole time, as measured on a year of a grocery chain.
_READING, _CLEANING, _WRITING = 0.1, 0.35, 1.0


def import_shop(database: Database, mapping_path: Path, progress: Progress, now: datetime) -> ImportReport:
    """Import a shop. Repeating it changes nothing; interrupted, it is repeated to complete it.

    Parameters
    ----------
    database : with all tables.
    mapping_path : the mapping file; paths in it start from its folder.
    progress : told of every step.
    now : aware; nothing later than this has happened yet.

    Raises
    ------
    ShopImportError
        Mapping or sources cannot be used (one line: what, why, how to mend it); nothing was written.
    """
    return _Import(database, mapping_path, progress, now).run()


class _Import:
    """One run: the steps share a DuckDB connection in memory."""

    def __init__(self, database: Database, mapping_path: Path, progress: Progress, now: datetime) -> None:
        self._database = database
        self._folder = mapping_path.parent
        self._mapping: Mapping = load_mapping(mapping_path)
        self._vocabulary: Vocabulary = load_vocabulary(self._folder, self._mapping.words)
        self._names = [name for name in TARGETS if name in self._mapping.tables]
        self._progress = progress
        self._now = now
        self._steps: dict[str, float] = {}
        self._duck = open_workspace()
        self._expected_rows = 1
        self._findings = Findings(self._duck)
        self._totals: dict[str, Any] = {}

    def run(self) -> ImportReport:
        started = time.perf_counter()
        try:
            cleaners = self._prepare()
            shifted = self._clean(cleaners)
            return self._write(cleaners, shifted, started)
        finally:
            self._duck.close()

    def _prepare(self) -> dict[str, TableCleaner]:
        """Open the sources, compile the whole mapping against them, and only then read rows."""
        began = time.perf_counter()
        self._progress("Reading the source files", 0.0)
        _register_words(self._duck, Wording(self._vocabulary))
        self._duck.execute(f"SET VARIABLE {MOMENT} = TIMESTAMP '{self._now.astimezone(UTC).replace(tzinfo=None)}'")
        sources = {
            name: open_source(self._duck, name, file, self._folder) for name, file in self._mapping.sources.items()
        }
        self._sources: dict[str, Source] = sources
        lookups = {**self._vocabulary.lookups, **self._mapping.lookups}
        cleaners = {name: TableCleaner(name, self._mapping, sources, lookups) for name in self._names}
        used = {pair for cleaner in cleaners.values() for pair in cleaner.used}
        for name, source in sources.items():
            columns = {column for owner, column in used if owner == name}
            if columns:
                load_source(self._duck, source, columns)
        self._took("read", began)
        return cleaners

    def _clean(self, cleaners: dict[str, TableCleaner]) -> int:
        """Clean table by table, references first; give the days by which dates were moved."""
        began = time.perf_counter()
        shifted, rules = 0, self._mapping.cleaning
        with self._database.read() as connection:
            kept = merged_away(connection)
        referred = {field.refers_to for cleaner in cleaners.values() for field in cleaner.target.fields}
        for index, name in enumerate(TARGETS):
            if name in cleaners:
                self._progress(f"Checking {_words(name)}", _between(_READING, _CLEANING, index / len(TARGETS)))
                cleaners[name].clean(self._duck)
                redirect(self._duck, name, kept)
                report_clocks(self._duck, [name], self._mapping.timezone, rules.earliest, self._findings)
                if name == "orders":
                    shifted = self._days()
                move_dates(self._duck, name, shifted, self._now)
            if name in referred:
                with self._database.read() as connection:
                    remember_ids(self._duck, name, stored_ids(connection, name))
        self._progress("Looking for slips and returns", _CLEANING)
        self._totals = tidy(self._duck, self._mapping, self._names, self._findings)
        if "products" in cleaners:
            derive_products(self._duck, self._mapping)
        if "offers" in cleaners:
            derive_offers(self._duck, self._mapping, self._now)
        self._took("clean", began)
        return shifted

    def _days(self) -> int:
        last = last_moment(self._duck, "orders", "placed_at")
        return days_to_now(last, self._now) if self._mapping.shift_to_now and last else 0

    def _write(self, cleaners: dict[str, TableCleaner], shifted: int, started: float) -> ImportReport:
        began = time.perf_counter()
        source = self._mapping.shop
        tables = {name: count_table(self._duck, name) for name in self._names}
        self._expected_rows = max(1, sum(count.written for count in tables.values()))
        with self._database.write() as connection:
            before = last_shift(connection, source)
            import_id = start_import(connection, source, self._now)
        moved = timedelta(days=shifted - (before if before is not None else shifted))
        own = [name for name in self._names if name not in {target.name for target in OUTSIDE}]
        Writer(self._database, self._duck, moved).write(own, self._told)
        match_people(self._database, self._duck, self._mapping, self._findings, self._now)
        OutsideWriter(self._database, self._duck, self._mapping, self._findings, now=self._now).write()
        self._took("write", began)
        report = ImportReport(
            import_id=import_id,
            source=source,
            tables=tables,
            shifted_days=shifted,
            seconds=time.perf_counter() - started,
            steps=self._steps,
            totals=self._totals,
            findings=tuple(self._findings.found),
        )
        finished = self._now + timedelta(seconds=report.seconds)
        with self._database.write() as connection:
            keep_rejected(connection, import_id, [asdict(row) for row in self._rejected(cleaners)])
            keep_findings(connection, import_id, self._findings.rows())
            finish_import(
                connection,
                import_id,
                counts=report.counts(),
                shifted_days=shifted,
                totals=report.totals,
                now=finished,
            )
        self._progress("Imported", 1.0)
        return report

    def _rejected(self, cleaners: dict[str, TableCleaner]) -> list[RejectedRow]:
        rows: list[RejectedRow] = []
        for name, cleaner in cleaners.items():
            main = cleaner.table.source
            columns = {column for owner, column in cleaner.used if owner == main}
            rows += first_rejected(self._duck, name, self._sources[main], columns, self._mapping.keep_rejected)
        return rows

    def _told(self, table: str, rows: int) -> None:
        share = min(1.0, rows / self._expected_rows)
        self._progress(f"Writing {_words(table)}", _between(_CLEANING, _WRITING, share))

    def _took(self, step: str, began: float) -> None:
        self._steps[step] = time.perf_counter() - began


def _register_words(connection: duckdb.DuckDBPyConnection, wording: Wording) -> None:
    """Make the text functions of the mapping callable from SQL."""
    functions: dict[str, tuple[Callable[..., str | None], int]] = {
        "title_case": (title_case, 1),
        "plain_text": (plain_text, 1),
        "readable": (wording.readable, 1),
        "pack_size": (wording.size, 3),
        "product_name": (wording.product_name, 4),
    }
    for name, (function, arguments) in functions.items():
        # "special": None reaches the function, which knows what to do without a code.
        handling = FunctionNullHandling.SPECIAL
        connection.create_function(name, function, ["VARCHAR"] * arguments, "VARCHAR", null_handling=handling)


def _between(low: float, high: float, share: float) -> float:
    return low + (high - low) * share


def _words(table: str) -> str:
    return table.replace("_", " ")
