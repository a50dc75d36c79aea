"""Build `domain.yml` from the topic files in `bot/domain/`: `python -m bot.domain_build [--check]`.

Rasa only warns about a key that two files define, and lets one of them win; here it is an error.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import Any

import yaml

from language.yaml_text import load_yaml

ROOT = Path(__file__).resolve().parent.parent
TOPICS = ROOT / "bot" / "domain"
BUILT = ROOT / "domain.yml"
HEADER = "# Built from bot/domain/ by `python -m bot.domain_build`. Change the topic files, then build it again.\n"

#: Sections in the order in which they are written.
SECTIONS = ("version", "session_config", "intents", "entities", "slots", "responses", "actions", "forms")


class DomainConflictError(ValueError):
    """Two topic files define the same thing, or a file has a section that is not known; the message names both."""


def build(folder: Path = TOPICS) -> str:
    """Merge the topic files of a folder into the text of one domain file.

    Raises
    ------
    DomainConflictError : a key or list entry is defined twice, or a section is unknown.
    """
    merged: dict[str, Any] = {}
    for path in sorted(folder.glob("*.yml")):
        for section, content in load_yaml(path.read_text(encoding="utf-8")).items():
            if section not in SECTIONS:
                raise DomainConflictError(f"{path.name}: unknown section {section!r}. Known: {', '.join(SECTIONS)}.")
            merged[section] = _join(merged.get(section), content, f"{path.name}: {section}")
    ordered = {section: merged[section] for section in SECTIONS if section in merged}
    return HEADER + yaml.dump(ordered, Dumper=_PlainDumper, sort_keys=False, allow_unicode=True, width=120)


def _join(present: Any, new: Any, where: str) -> Any:
    if present is None:
        return new
    if isinstance(present, dict) and isinstance(new, dict):
        _refuse_twice(set(present) & set(new), where)
        return {**present, **new}
    if isinstance(present, list) and isinstance(new, list):
        _refuse_twice({_name(entry) for entry in present} & {_name(entry) for entry in new}, where)
        return [*present, *new]
    if present != new:
        raise DomainConflictError(f"{where}: {new!r} differs from {present!r} in another file.")
    return present


def _name(entry: Any) -> str:
    """Give the name of a list entry: `greet`, or `greet: {use_entities: []}`."""
    return str(next(iter(entry))) if isinstance(entry, dict) else str(entry)


def _refuse_twice(names: set[str], where: str) -> None:
    if names:
        raise DomainConflictError(f"{where}: {', '.join(sorted(names))} is defined in another file as well.")


class _PlainDumper(yaml.SafeDumper):
    """Writes shared lists in full: an anchor per button list would make the built file unreadable."""

    def ignore_aliases(self, data: Any) -> bool:  # noqa: ARG002 the base class asks per value
        return True


def main(arguments: list[str] | None = None) -> int:
    """Write `domain.yml`, or with `--check` only say whether it is what the topic files give."""
    parser = argparse.ArgumentParser(description="Build domain.yml from the topic files in bot/domain/.")
    parser.add_argument("--check", action="store_true", help="write nothing; fail where domain.yml is out of date")
    only_check = parser.parse_args(arguments).check
    text = build()
    if not only_check:
        BUILT.write_text(text, encoding="utf-8")
        return 0
    if BUILT.exists() and BUILT.read_text(encoding="utf-8") == text:
        return 0
    sys.stderr.write("domain.yml is out of date: run `python -m bot.domain_build`.\n")
    return 1


if __name__ == "__main__":
    sys.exit(main())
