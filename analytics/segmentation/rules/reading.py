"""Hand-made segments in use: which a customer is in, whom a rule finds, files in and out."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

import yaml
from sqlalchemy import Connection

from analytics.segment_records import RuleSegment
from analytics.segmentation.rules.deciding import Known, decider
from analytics.segmentation.rules.grammar import Rule, RuleFaultError, checked_rule
from analytics.segmentation.rules.wording import said
from language.yaml_text import load_yaml
from store.repositories.rule_members import count_members
from store.repositories.rule_segments import all_rules, known_of


def rule_segments_of(connection: Connection, customer_id: str, now: datetime) -> tuple[str, ...]:
    """Give the names of the hand-made segments that a customer is in, by name.

    `now` is aware; windows of events end there.
    """
    rules = all_rules(connection)
    if not rules:
        return ()
    asked = {name for rule in rules for name in _events_in(rule.condition)}
    row = known_of(connection, customer_id, asked)
    if row is None:
        return ()
    known = Known(
        customer_id=customer_id,
        features=row.features,
        traits=row.traits,
        predictions=row.predictions,
        events=row.events,
        segment_id=row.segment_id,
        now=now,
    )
    return tuple(rule.name for rule in rules if decider(rule.condition)(known))


def rule_segments(connection: Connection, now: datetime, *, count: bool = False) -> tuple[RuleSegment, ...]:
    """List all hand-made segments, with how many customers each has where that is asked."""
    return tuple(
        RuleSegment(
            name=row.name,
            text=said(row.condition),
            created_at=row.created_at,
            customers=count_members(connection, row.condition, now) if count else None,
        )
        for row in all_rules(connection)
    )


def read_rules(file: Path) -> list[Rule]:
    """Read the rules of a file: one, or several under `segments:`.

    Raises
    ------
    RuleFaultError
        The file cannot be read or a rule cannot be used; each line says what, where and how to mend it.
    """
    try:
        written: Any = load_yaml(file.read_text(encoding="utf-8"))
    except OSError as error:
        raise RuleFaultError(f"{file}: cannot be read ({error.strerror}).") from error
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        raise RuleFaultError(f"{file}: is no YAML ({' '.join(str(error).split())}).") from error
    several = written.get("segments") if isinstance(written, Mapping) and set(written) == {"segments"} else [written]
    if not isinstance(several, list) or not several:
        raise RuleFaultError(f"{file}: write a list of rules under `segments:`.")
    rules, faults = [], []
    for number, one in enumerate(several, 1):
        try:
            rules.append(checked_rule(one))
        except RuleFaultError as fault:
            before = f"{file}: segments[{number}]." if len(several) > 1 else f"{file}: "
            faults += [before + line for line in str(fault).splitlines()]
    if faults:
        raise RuleFaultError("\n".join(faults))
    return rules


def written(rules: Mapping[str, Mapping[str, Any]]) -> str:
    """Give {name: condition} as the text of a file that `read_rules` reads."""
    several = [{"name": name, "rule": dict(condition)} for name, condition in rules.items()]
    text: str = yaml.safe_dump({"segments": several}, sort_keys=False, allow_unicode=True)
    return text


def _events_in(condition: Mapping[str, Any]) -> set[str]:
    parts = [*condition.get("all", ()), *condition.get("any", ()), *([condition["not"]] if "not" in condition else [])]
    own = {condition["event"]} if "event" in condition else set()
    return own.union(*(_events_in(part) for part in parts))
