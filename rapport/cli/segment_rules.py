"""`rapport segments rules …`: segments made by hand."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import closing
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from rapport.cli.console import out, print_json
from rapport.errors import InputError
from rapport.settings_loading import load_settings

if TYPE_CHECKING:
    from rapport.settings import Settings
    from store.engine import Database

_USAGE = "write `rules list`, `rules add FILE`, `rules remove NAME`, `rules count NAME` or `rules export FILE`."

#: Result for a program, and lines for people.
_Result = tuple[dict[str, Any], list[str]]


def rules_command(words: list[str], json: bool) -> None:
    """Do what the words after `rules` ask for."""
    from rapport.databases import open_ready

    action, *rest = words or ["list"]
    if action not in _ACTIONS or len(rest) != _ACTIONS[action][1]:
        raise InputError(f"`rapport segments rules {' '.join(words)}` is not understood: {_USAGE}")
    settings = load_settings()
    with closing(open_ready(settings)) as database:
        data, lines = _ACTIONS[action][0](settings, database, *rest)
    if json:
        print_json(data)
    else:
        out().print("\n".join(lines))


def _list(_settings: Settings, database: Database) -> _Result:
    from analytics.segmentation.rules.reading import rule_segments

    with database.read() as connection:
        found = rule_segments(connection, datetime.now(UTC), count=True)
    lines = [f"{one.name} ({one.customers:,}): {one.text}" for one in found]
    return {"segments": [asdict(one) for one in found]}, lines or ["There are no hand-made segments yet."]


def _add(_settings: Settings, database: Database, file: str) -> _Result:
    from analytics.segmentation.rules.grammar import RuleFaultError
    from analytics.segmentation.rules.reading import read_rules
    from analytics.segmentation.rules.wording import said
    from store.repositories.rule_members import count_members
    from store.repositories.rule_segments import save_rule

    try:
        rules = read_rules(Path(file))
    except RuleFaultError as fault:
        raise InputError(str(fault)) from fault
    now = datetime.now(UTC)
    added, lines = [], []
    with database.write() as connection:
        for rule in rules:
            new = save_rule(connection, rule.name, rule.condition, now)
            count = count_members(connection, rule.condition, now)
            added.append({"name": rule.name, "text": said(rule.condition), "customers": count, "new": new})
            lines.append(f"{'Added' if new else 'Changed'} {rule.name} ({count:,}): {said(rule.condition)}")
    return {"segments": added}, lines


def _remove(_settings: Settings, database: Database, name: str) -> _Result:
    from store.repositories.rule_segments import remove_rule

    with database.write() as connection:
        if not remove_rule(connection, name):
            raise InputError(f"There is no hand-made segment {name!r}; `rapport segments rules list` names them.")
    return {"removed": name}, [f"Removed {name}"]


def _count(_settings: Settings, database: Database, name: str) -> _Result:
    from store.repositories.rule_members import count_members
    from store.repositories.rule_segments import all_rules

    with database.read() as connection:
        rule = next((one for one in all_rules(connection) if one.name == name), None)
        if rule is None:
            raise InputError(f"There is no hand-made segment {name!r}; `rapport segments rules list` names them.")
        count = count_members(connection, rule.condition, datetime.now(UTC))
    return {"name": name, "customers": count}, [f"{count:,} customers"]


def _export(settings: Settings, database: Database, file: str) -> _Result:
    """Write the rules of the found segments, to be edited and added as hand-made ones."""
    from analytics.facade import AnalyticsUnavailable
    from analytics.segmentation.keeping import read_kept
    from analytics.segmentation.rules.reading import written

    try:
        seen = read_kept(database, settings.artifacts).seen
    except AnalyticsUnavailable as error:
        raise InputError(str(error)) from error
    rules = {
        view.name: seen.conditions[view.segment_id] for view in seen.segments if view.segment_id in seen.conditions
    }
    if not rules:
        raise InputError("The segments have no rules: there is only one.")
    path = Path(file)
    try:
        path.write_text(written(rules), encoding="utf-8")
    except OSError as error:
        raise InputError(f"{path} cannot be written ({error.strerror}).") from error
    return {"file": str(path), "segments": list(rules)}, [
        f"{len(rules)} rules in {path}; edit, then `rules add {path}`."
    ]


_ACTIONS: dict[str, tuple[Callable[..., _Result], int]] = {
    "list": (_list, 0),
    "add": (_add, 1),
    "remove": (_remove, 1),
    "count": (_count, 1),
    "export": (_export, 1),
}
