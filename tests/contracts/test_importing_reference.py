"""The page on importing names every key, field and expression there is."""

from __future__ import annotations

from pathlib import Path

import pytest

from analytics.importing.mapping import Mapping, SourceFile, TableMapping
from analytics.importing.targets import TARGETS
from analytics.importing.transforms import TRANSFORMS

ROOT = Path(__file__).resolve().parents[2]
PAGE = (ROOT / "docs" / "reference" / "importing.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("name", sorted(TRANSFORMS))
def test_every_expression_is_described(name: str) -> None:
    assert f"{{{name}: " in PAGE


@pytest.mark.parametrize("model", [Mapping, TableMapping, SourceFile])
def test_every_key_of_a_mapping_is_described(model: type[Mapping | TableMapping | SourceFile]) -> None:
    keys = {field.alias or name for name, field in model.model_fields.items()} - {"tables"}
    assert [key for key in sorted(keys) if f"`{key}`" not in PAGE] == []


@pytest.mark.parametrize("name", sorted(TARGETS))
def test_every_field_of_a_table_is_described_and_required_ones_stand_out(name: str) -> None:
    row = next(line for line in PAGE.splitlines() if line.startswith(f"| `{name}` |"))
    told = {word.strip() for word in row.split("|")[2].split(",")}
    assert told == {f"**{field.name}**" if field.required else field.name for field in TARGETS[name].fields}
