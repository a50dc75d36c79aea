"""Reading YAML: the same values as PyYAML's own reader gives, and nothing but values."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from language.yaml_text import load_yaml
from rapport.paths import PROJECT

WRITTEN = sorted(file for folder in ("analytics", "language") for file in (PROJECT / folder).rglob("*.yml"))


@pytest.mark.parametrize("file", WRITTEN, ids=lambda file: str(file.relative_to(PROJECT)))
def test_what_we_wrote_is_read_as_by_pyyaml(file: Path) -> None:
    text = file.read_text(encoding="utf-8")
    assert load_yaml(text) == yaml.safe_load(text)  # noqa: TID251


def test_an_object_of_python_is_refused() -> None:
    with pytest.raises(yaml.YAMLError):
        load_yaml("!!python/object/apply:os.getcwd []")


def test_broken_text_is_refused_with_its_place() -> None:
    with pytest.raises(yaml.YAMLError, match="line 2"):
        load_yaml("name: Corner shop\nopen: [monday")
