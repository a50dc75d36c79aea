"""The table "What to say" of `docs/reference/recommendations.md`, read as it stands."""

from __future__ import annotations

import re
from dataclasses import dataclass

from rapport.paths import PROJECT

_PAGE = PROJECT / "docs" / "reference" / "recommendations.md"
#: Lines whose place is no conversation.
_PAGES = {"the shop page"}


@dataclass(frozen=True)
class Line:
    """One line: what is said in order, by whom ("customer", "visitor", "anybody"), and what comes of it."""

    says: tuple[str, ...]
    who: str
    mode: str
    reasons: frozenset[str]


def lines() -> list[Line]:
    """Give the lines of the table, in their order."""
    table = _PAGE.read_text(encoding="utf-8").partition("## What to say")[2].partition("\n## ")[0]
    rows = [[cell.strip() for cell in row.strip("|").split("|")] for row in table.splitlines() if row.startswith("|")]
    return [_line(*row) for row in rows[2:]]


def in_the_chat() -> list[Line]:
    """Give those that are conversations."""
    return [line for line in lines() if line.says]


def _line(say: str, who: str, mode: str, reasons: str) -> Line:
    says = tuple(re.findall(r'"([^"]+)"', say))
    assert says or say in _PAGES, f"neither a conversation nor a page: {say}"
    named = frozenset(one for one in re.findall(r"`(\w+)`", reasons) if one != "for_you")
    return Line(says=says, who=who, mode=mode.strip("`"), reasons=named)
