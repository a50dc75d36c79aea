"""Sources as DuckDB tables: CSV, Parquet and JSON files, a glob of them, inside an installed package, or a query."""

# ruff: noqa: S608 — every name that comes from a mapping passes `readers.quoted`, every value `literal`.
from __future__ import annotations

import importlib.util
from dataclasses import dataclass
from pathlib import Path

import duckdb
import pyarrow as pa

from analytics.importing import json_files
from analytics.importing.errors import SourceError
from analytics.importing.mapping import SourceFile
from analytics.importing.sql_sources import SqlSource

_PACKAGE = "package:"
#: DuckDB's variable with the moment of the import, naive UTC.
MOMENT = "import_moment"
#: Name of the row number that every source table carries, from 1 in the order of the files.
ROW = "_row"


@dataclass(frozen=True, slots=True)
class Source:
    """An opened source: where it is and which columns it has, by DuckDB type."""

    name: str
    #: As the mapping says it; for messages.
    file: str
    #: The SQL that scans it.
    scan: str
    columns: dict[str, str]
    #: The decimal point of its texts, "." or ",".
    decimal: str = "."
    #: Of JSON: read already, and waiting to be loaded.
    rows: tuple[json_files.Row, ...] | None = None
    #: Of a query: how its rows are read.
    query: SqlSource | None = None


def open_source(connection: duckdb.DuckDBPyConnection, name: str, source: SourceFile, folder: Path) -> Source:
    """Find a source's files and read their columns, not yet their rows.

    Parameters
    ----------
    name : the source's name in the mapping.
    folder : where the mapping file lies; relative paths start there.

    Raises
    ------
    SourceError
        No such file or package, an unknown ending, or a file that cannot be read.
    """
    if source.query:
        asked = SqlSource(name, source.query, source.address)
        columns = dict.fromkeys(asked.columns(), "VARCHAR")
        return Source(name, f"the query of {name}", quoted(f"sql_{name}"), columns, source.decimal, query=asked)
    files = find_files(name, source, folder)
    if {path.suffix.lower() for path in files} <= json_files.ENDINGS:
        return _open_json(name, source, files)
    if source.records or source.each:
        raise SourceError(f"sources.{name}: records and each are for JSON files; {source.file} is none.")
    scan = _scan(files, source)
    try:
        described = connection.execute(f"DESCRIBE SELECT * FROM {scan}").fetchall()
    except duckdb.Error as error:
        raise SourceError(f"sources.{name}: {source.file} cannot be read: {_first_line(error)}") from error
    return Source(name, source.file, scan, {row[0]: row[1] for row in described}, source.decimal)


def load_source(connection: duckdb.DuckDBPyConnection, source: Source, used: set[str]) -> int:
    """Load the used columns into the table `src_<name>` with a row number; give the number of rows.

    Raises
    ------
    SourceError
        A row cannot be read; the message says which.
    """
    columns = "".join(f", {quoted(column)}" for column in sorted(used))
    if source.rows is not None:
        texts = {column: pa.array([row.get(column) for row in source.rows], pa.string()) for column in sorted(used)}
        connection.register(f"json_{source.name}", pa.table(texts))
    if source.query is not None:
        connection.register(f"sql_{source.name}", source.query.read(sorted(used)))
    table = quoted(f"src_{source.name}")
    statement = f"CREATE TABLE {table} AS SELECT row_number() OVER () AS {ROW}{columns} FROM {source.scan}"
    try:
        connection.execute(statement)
    except duckdb.Error as error:
        raise SourceError(f"sources.{source.name}: {source.file}: {_first_line(error)}") from error
    counted = connection.execute(f"SELECT count(*) FROM {table}").fetchone()
    return int(counted[0]) if counted else 0


def _open_json(name: str, source: SourceFile, files: list[Path]) -> Source:
    try:
        rows = json_files.read_rows(files, source.encoding, source.records, source.each)
    except json_files.NestingError as error:
        raise SourceError(f"sources.{name}: {error}.") from error
    columns = json_files.columns_of(rows)
    if not columns:
        what = f" under {source.each!r}" if source.each else ""
        raise SourceError(f"sources.{name}: {source.file} has no rows{what}; check records and each.")
    return Source(name, source.file, quoted(f"json_{name}"), columns, source.decimal, tuple(rows))


def find_files(name: str, source: SourceFile, folder: Path) -> list[Path]:
    """Give the files that a source names, sorted.

    Raises
    ------
    SourceError
        There is none.
    """
    if source.file.startswith(_PACKAGE):
        root, relative = _package_folder(name, source.file)
    else:
        root, relative = folder, source.file
    pattern = Path(relative)
    if pattern.is_absolute():
        root, relative = Path(pattern.anchor), str(pattern.relative_to(pattern.anchor))
    files = sorted(path for path in root.glob(relative) if path.is_file())
    if not files:
        raise SourceError(f"sources.{name}: there is no file {source.file}; check the path in the mapping.")
    return files


def _package_folder(name: str, file: str) -> tuple[Path, str]:
    package, _, relative = file.removeprefix(_PACKAGE).partition("/")
    found = importlib.util.find_spec(package) if package.isidentifier() else None
    if found is None or not found.submodule_search_locations or not relative:
        raise SourceError(f"sources.{name}: the package {package!r} of {file} is not installed; install it first.")
    return Path(found.submodule_search_locations[0]), relative


def _scan(files: list[Path], source: SourceFile) -> str:
    paths = "[" + ", ".join(literal(str(path)) for path in files) + "]"
    endings = {path.suffix.lower() for path in files}
    if endings <= {".parquet", ".pq"}:
        return f"read_parquet({paths}, union_by_name = true)"
    if endings <= {".csv", ".tsv", ".txt", ".gz"}:
        options = ["all_varchar = true", "header = true", "union_by_name = true", "null_padding = true"]
        options.append(f"encoding = {literal(source.encoding)}")
        if source.delimiter:
            options.append(f"delim = {literal(source.delimiter)}")
        return f"read_csv({paths}, {', '.join(options)})"
    raise SourceError(
        f"{source.file}: the ending {', '.join(sorted(endings))} is unknown; give CSV, Parquet or JSON files."
    )


def quoted(name: str) -> str:
    """Give a name as an SQL identifier."""
    return '"' + name.replace('"', '""') + '"'


def literal(value: str | float | int | None) -> str:
    """Give a value as an SQL literal."""
    if value is None:
        return "NULL"
    if isinstance(value, str):
        return "'" + value.replace("'", "''") + "'"
    return repr(value)


def _first_line(error: Exception) -> str:
    return str(error).strip().splitlines()[0]
