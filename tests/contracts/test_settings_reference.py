"""The settings page and the settings record name the same variables with the same defaults."""

from __future__ import annotations

import re
from pathlib import Path

from rapport.paths import PROJECT
from rapport.settings import Settings
from rapport.settings_sources import FROM_FILE, GENERATED

PAGE = (PROJECT / "docs/reference/settings.md").read_text()
ROWS = dict(re.findall(r"^\| `(RAPPORT_[A-Z0-9_]+)` \| ([^|]*) \|", PAGE, flags=re.MULTILINE))


def default_of(name: str) -> str:
    if name in GENERATED:
        return "generated"
    value = Settings.model_fields[name].default
    if isinstance(value, Path):
        return f"`{value}`"
    if isinstance(value, bool):
        return f"`{int(value)}`"
    if isinstance(value, float):
        return f"`{value:g}`"
    return f"`{value}`" if value not in ("", (), None) else "empty"


def test_every_setting_is_on_the_page_and_every_row_is_a_setting() -> None:
    assert sorted(ROWS) == sorted(f"RAPPORT_{name.upper()}" for name in Settings.model_fields)


def test_the_page_tells_the_defaults_of_the_code() -> None:
    assert {name: ROWS[f"RAPPORT_{name.upper()}"] for name in Settings.model_fields} == {
        name: default_of(name) for name in Settings.model_fields
    }


def test_the_page_names_every_file_variant() -> None:
    variants = set(re.findall(r"`(RAPPORT_[A-Z0-9_]+_FILE)`", PAGE))
    assert variants == {f"RAPPORT_{name.upper()}_FILE" for name in FROM_FILE}
