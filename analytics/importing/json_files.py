"""JSON files as flat rows: nested objects become dotted columns, one chosen list or object becomes rows of its own.

`{"id": 7, "address": {"city": "Ulm"}, "items": [{"sku": "a"}, {"sku": "b"}]}` has the columns `id`, `address.city` and
`items` (its JSON text); with `each: items` it is two rows with `id`, `address.city` and `items.sku`. Where objects
stand under their ids, as in `{"o1": {...}, "o2": {...}}`, each is a row, and its id the column `_key`.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

ENDINGS = frozenset({".json", ".jsonl", ".ndjson"})
KEY = "_key"
Row = dict[str, str | None]


class NestingError(ValueError):
    """A file is no JSON, or not nested as the mapping says; the message tells what is where."""


def read_rows(paths: Sequence[Path], encoding: str, records: str, each: str) -> list[Row]:
    """Read files as flat rows, every value as the text that stands in the file.

    Parameters
    ----------
    records : dotted path from the top of a file to its records; "" where they are the top.
    each : dotted path from a record to what becomes rows of its own; "" for one row a record.

    Raises
    ------
    NestingError
        A file cannot be read, or `records` leads nowhere.
    """
    steps = each.split(".") if each else []
    rows: list[Row] = []
    for path in paths:
        for key, record in _records(_content(path, encoding), records, path.name):
            if not isinstance(record, dict):
                raise NestingError(f"{path.name}: the records under {records or 'the top'} are no objects")
            own: Row = {} if key is None else {KEY: key}
            rows += [{**own, **row} for row in _rows(record, "", steps)]
    return rows


def columns_of(rows: Sequence[Row]) -> dict[str, str]:
    """Give the columns that any row has, in the order in which they appear, each with DuckDB's type."""
    return dict.fromkeys((name for row in rows for name in row), "VARCHAR")


def _content(path: Path, encoding: str) -> Any:
    """Read one file. Numbers stay as they are written: an id of twenty digits loses none."""
    try:
        text = path.read_text(encoding=encoding)
        if path.suffix.lower() == ".json":
            return json.loads(text, parse_int=str, parse_float=str)
        return [json.loads(line, parse_int=str, parse_float=str) for line in text.splitlines() if line.strip()]
    except (OSError, ValueError) as error:
        raise NestingError(f"{path.name} is no JSON that can be read: {error}") from error


def _records(content: Any, where: str, file: str) -> Iterator[tuple[str | None, Any]]:
    for step in where.split(".") if where else []:
        if not isinstance(content, dict) or step not in content:
            raise NestingError(f"{file} has nothing under {where!r}")
        content = content[step]
    if isinstance(content, dict) and not _is_keyed(content):
        yield None, content
    else:
        yield from _members(content)


def _is_keyed(content: dict[str, Any]) -> bool:
    """Whether an object is a table, its rows under their ids, and not one record."""
    return bool(content) and all(isinstance(member, dict) for member in content.values())


def _members(value: Any) -> Iterator[tuple[str | None, Any]]:
    if isinstance(value, list):
        for member in value:
            yield None, member
    elif isinstance(value, dict):
        yield from value.items()


def _rows(record: dict[str, Any], prefix: str, steps: Sequence[str]) -> list[Row]:
    own: Row = {}
    for name, member in record.items():
        if not steps or name != steps[0]:
            own.update(_flat(member, f"{prefix}{name}"))
    if not steps:
        return [own]
    column = f"{prefix}{steps[0]}"
    rows: list[Row] = []
    for key, member in _exploded(record.get(steps[0]), steps[1:]):
        marked = own if key is None else {**own, f"{column}.{KEY}": key}
        inner = _rows(member, f"{column}.", steps[1:]) if isinstance(member, dict) else [_flat(member, column)]
        rows += [{**marked, **row} for row in inner]
    return rows


def _exploded(value: Any, further: Sequence[str]) -> Iterator[tuple[str | None, Any]]:
    """Give the members of a list or of a table; an object on the way to one is passed through."""
    if further and isinstance(value, dict) and further[0] in value:
        yield None, value
    else:
        yield from _members(value)


def _flat(value: Any, name: str) -> Row:
    if not isinstance(value, (dict, list)):
        return {name: _text(value)}
    flat: Row = {name: json.dumps(value, ensure_ascii=False)}
    if isinstance(value, dict):
        for member, inner in value.items():
            flat.update(_flat(inner, f"{name}.{member}"))
    return flat


def _text(value: Any) -> str | None:
    if isinstance(value, bool):
        return "true" if value else "false"
    return None if value is None else str(value)
