"""Letters that went through the wrong encoding: "MÃ¼ller" is "Müller" written as UTF-8 and read as Windows-1252."""

# ruff: noqa: S608 — every name that comes from a mapping passes `readers.quoted`, every value `literal`.
from __future__ import annotations

import re

import duckdb
import pyarrow as pa

from analytics.importing.findings import Findings, redacted
from analytics.importing.ids import columns_of
from analytics.importing.readers import quoted
from analytics.importing.targets import TARGETS
from analytics.quality_records import Finding

#: What a reader puts where it could not read a letter.
LOST = "\ufffd"
#: First letters of UTF-8 pairs as Windows-1252 shows them, and one that may follow.
_SLIP = (
    "[\u00c2-\u00f4]"
    "[\u0080-\u00bf\u0152\u0153\u0160\u0161\u0178\u017d\u017e\u0192\u02c6\u02dc\u2013-\u203a\u20ac\u2122]"
)
_PATTERN = re.compile(_SLIP)
#: A text may have gone through it twice.
_MOST_TIMES = 2


def mended(text: str) -> str:
    """Give a text with its letters put right; the text itself where it is in order or cannot be put right.

    >>> mended("CafÃ©")
    'Café'
    """
    for _ in range(_MOST_TIMES):
        if not _PATTERN.search(text):
            break
        try:
            text = b"".join(_byte(letter) for letter in text).decode("utf-8")
        except (UnicodeEncodeError, UnicodeDecodeError):
            break
    return text


def mend_texts(connection: duckdb.DuckDBPyConnection, tables: list[str], findings: Findings, *, mend: bool) -> None:
    """Put right the texts of the cleaned tables, and tell of those that are lost."""
    for table in tables:
        have = columns_of(connection, f"all_{table}")
        fields = [field for field in TARGETS[table].fields if field.kind in ("text", "facts") and field.name in have]
        counts, examples = {"encoding_mended": 0, "encoding_lost": 0}, []
        for field in fields:
            slipped = _slipped(connection, table, field.name)
            pairs = {text: mended(text) for text in slipped if LOST not in text}
            changed = {text: better for text, better in pairs.items() if text != better}
            counts["encoding_lost"] += sum(count for text, count in slipped.items() if LOST in text)
            counts["encoding_mended"] += sum(slipped[text] for text in changed)
            examples += [_shown(table, field.name, text, better) for text, better in list(changed.items())[:1]]
            if mend and changed:
                _replace(connection, table, field.name, changed)
        for check, found in counts.items():
            done = "mended" if check == "encoding_mended" and mend else "kept"
            shown = tuple(examples[:3]) if check == "encoding_mended" else ()
            size = findings.size(table)
            findings.add(Finding(table=table, check=check, found=found, of=size, done=done, examples=shown))  # type: ignore[arg-type]


def _slipped(connection: duckdb.DuckDBPyConnection, table: str, field: str) -> dict[str, int]:
    column = quoted(field)
    found = connection.execute(
        f"SELECT {column}, count(*) FROM {quoted('all_' + table)} "
        f"WHERE regexp_matches({column}, ?) OR contains({column}, ?) GROUP BY 1 ORDER BY 1",
        [_SLIP, LOST],
    ).fetchall()
    return dict(found)


def _replace(connection: duckdb.DuckDBPyConnection, table: str, field: str, changed: dict[str, str]) -> None:
    connection.register("mended_texts", pa.table({"old": list(changed), "new": list(changed.values())}))
    column = quoted(field)
    connection.execute(
        f"UPDATE {quoted('all_' + table)} SET {column} = m.new FROM mended_texts m WHERE {column} = m.old"
    )
    connection.unregister("mended_texts")


def _shown(table: str, field: str, text: str, better: str) -> dict[str, str | None]:
    """Give an example; of a person's texts only the letters in question."""
    if table == "products":
        return {"field": field, "from": text, "to": better}
    slip = _PATTERN.search(text)
    return {"field": field, "from": slip.group() if slip else None, "to": redacted(better)}


def _byte(letter: str) -> bytes:
    """Give the byte that Windows-1252 shows as a letter; the few it leaves undefined are themselves."""
    try:
        return letter.encode("cp1252")
    except UnicodeEncodeError:
        return letter.encode("latin-1")
