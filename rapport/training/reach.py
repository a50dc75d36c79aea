"""What of the Rasa project nothing leads to: responses never given, actions never run, intents nobody answers."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from language.yaml_text import load_yaml

#: A response's name as rules and actions write it; one that goes on with a brace is only how the name begins.
_RESPONSE = re.compile(r"\butter_\w+\{?")
#: Quick replies and cards lead to an intent by its name after a slash.
_PAYLOAD = re.compile(r"^/(\w+)")


@dataclass(frozen=True)
class Unreached:
    """Names in the order of the alphabet; all empty where everything leads somewhere.

    `responses` : given by no rule and no action. `actions` : run by no rule, and not the policy's own fallback.
    `intents_without_rule` : understood and not answered. `intents_without_sentences` : in the domain, never understood
    (`nlu_fallback` is made by the pipeline). `unknown_intents`: of sentences, rules or buttons, not in the domain.
    `unknown_actions` : of rules, neither an action nor a response of the domain. `slots_never_set` : filled by no
    mapping and no action.
    """

    responses: list[str]
    actions: list[str]
    intents_without_rule: list[str]
    intents_without_sentences: list[str]
    unknown_intents: list[str]
    unknown_actions: list[str]
    slots_never_set: list[str]


def unreached(project: Path) -> Unreached:
    """Look through domain, rules, sentences and the code of actions and bot.

    Parameters
    ----------
    project : the folder that holds `domain.yml`, `config.yml`, `data`, `actions` and `bot`.
    """
    domain = _read(project / "domain.yml")
    intents, actions = set(_names(domain, "intents")), set(_names(domain, "actions"))
    steps = list(_steps(project))
    ruled = {step["intent"] for step in steps if "intent" in step}
    run = {step["action"] for step in steps if "action" in step} | _fallback_actions(project)
    taught = set(_taught(project))
    responses = set(domain.get("responses") or {})
    return Unreached(
        responses=sorted(_not_given(responses, project)),
        actions=sorted(actions - run),
        intents_without_rule=sorted(intents - ruled),
        intents_without_sentences=sorted(intents - taught - {"nlu_fallback"}),
        unknown_intents=sorted((taught | ruled | set(_pressed(domain))) - intents),
        unknown_actions=sorted(run - actions - responses),
        slots_never_set=sorted(set(_unmapped(domain)) - set(_set_in_code(project))),
    )


def _read(path: Path) -> dict[str, Any]:
    return dict(load_yaml(path.read_text(encoding="utf-8")) or {}) if path.is_file() else {}


def _names(domain: dict[str, Any], section: str) -> list[str]:
    return [next(iter(entry)) if isinstance(entry, dict) else str(entry) for entry in domain.get(section) or []]


def _steps(project: Path) -> Iterator[dict[str, str]]:
    for path in sorted((project / "data" / "rules").glob("*.yml")):
        for rule in _read(path).get("rules") or []:
            yield from rule.get("steps") or []


def _fallback_actions(project: Path) -> set[str]:
    policies = _read(project / "config.yml").get("policies") or []
    return {policy["core_fallback_action_name"] for policy in policies if "core_fallback_action_name" in policy}


def _taught(project: Path) -> Iterator[str]:
    for path in sorted((project / "data" / "nlu").glob("*.yml")):
        yield from (block["intent"] for block in _read(path).get("nlu") or [] if "intent" in block)


def _sources(project: Path) -> list[Path]:
    return [*(project / "actions").glob("**/*.py"), *(project / "bot").glob("**/*.py")]


def _not_given(responses: set[str], project: Path) -> Iterator[str]:
    places = [*(project / "data" / "rules").glob("*.yml"), *_sources(project)]
    named = {name for place in places for name in _RESPONSE.findall(place.read_text(encoding="utf-8"))}
    beginnings = tuple(name.removesuffix("{") for name in named if name.endswith("{"))
    return (name for name in responses if name not in named and not name.startswith(beginnings))


def _pressed(domain: dict[str, Any]) -> Iterator[str]:
    for variants in (domain.get("responses") or {}).values():
        for variant in variants or []:
            for button in variant.get("buttons") or []:
                yield from _PAYLOAD.findall(str(button.get("payload", "")))


def _unmapped(domain: dict[str, Any]) -> Iterator[str]:
    for name, slot in (domain.get("slots") or {}).items():
        if all(mapping.get("type") == "custom" for mapping in slot.get("mappings") or []):
            yield name


def _set_in_code(project: Path) -> Iterator[str]:
    """Give the slots of `SlotSet("name", …)` and `SlotSet(slots.NAME, …)`."""
    constants = dict(_constants(project / "actions" / "slots.py"))
    for path in _sources(project):
        for call in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(call, ast.Call) and _is_named(call.func, "SlotSet") and call.args:
                yield from _slot_named(call.args[0], constants)


def _slot_named(told: ast.expr, constants: dict[str, str]) -> Iterable[str]:
    if isinstance(told, ast.Constant):
        return [str(told.value)]
    name = told.attr if isinstance(told, ast.Attribute) else told.id if isinstance(told, ast.Name) else ""
    return [constants[name]] if name in constants else []


def _is_named(called: ast.expr, name: str) -> bool:
    return isinstance(called, ast.Name | ast.Attribute) and name in (
        getattr(called, "id", ""),
        getattr(called, "attr", ""),
    )


def _constants(path: Path) -> Iterator[tuple[str, str]]:
    for line in ast.parse(path.read_text(encoding="utf-8")).body if path.is_file() else []:
        if (
            isinstance(line, ast.Assign)
            and isinstance(line.value, ast.Constant)
            and isinstance(line.targets[0], ast.Name)
        ):
            yield line.targets[0].id, str(line.value.value)
