"""Reads the Rasa project as it lies on disk: domain, training sentences, held-out sentences, rules."""

from __future__ import annotations

import functools
from pathlib import Path
from typing import Any

from language.yaml_text import load_yaml

ROOT = Path(__file__).resolve().parents[2]


@functools.cache
def _load(path: Path) -> dict[str, Any]:
    return dict(load_yaml(path.read_text(encoding="utf-8")))


def domain() -> dict[str, Any]:
    """The built domain."""
    return _load(ROOT / "domain.yml")


def names(entries: list[Any]) -> set[str]:
    """Names of a domain section's entries, whether bare or with settings."""
    return {next(iter(entry)) if isinstance(entry, dict) else entry for entry in entries}


def training_sentences() -> dict[str, list[str]]:
    """Training sentences by intent."""
    sentences: dict[str, list[str]] = {}
    for path in sorted((ROOT / "data" / "nlu").glob("*.yml")):
        for block in _load(path)["nlu"]:
            lines = [line.removeprefix("- ").strip() for line in block["examples"].splitlines()]
            sentences.setdefault(block["intent"], []).extend(line for line in lines if line)
    return sentences


def held_out_sentences() -> dict[str, list[str]]:
    """Sentences for measuring, by intent; never in training."""
    sentences: dict[str, list[str]] = {}
    for path in sorted((ROOT / "tests" / "conversations" / "held_out").glob("*.yml")):
        for intent, lines in _load(path).items():
            sentences.setdefault(intent, []).extend(lines)
    return sentences


def rules() -> list[dict[str, Any]]:
    """All rules."""
    paths = sorted((ROOT / "data" / "rules").glob("*.yml"))
    return [rule for path in paths for rule in _load(path)["rules"]]
