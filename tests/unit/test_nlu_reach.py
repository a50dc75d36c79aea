"""What `rapport nlu check` says of a project in which something leads nowhere, and of ours, in which nothing does."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path

import pytest
from typer.testing import CliRunner

from rapport.cli import nlu
from rapport.cli.main import make_app
from rapport.paths import PROJECT
from rapport.training.reach import unreached

DOMAIN = """
intents: [greet, lost, {nlu_fallback: {use_entities: []}}]
actions: [action_greet, action_fallback, action_lost]
slots:
  seen: {type: bool, mappings: [{type: custom}]}
  asked: {type: text, mappings: [{type: custom}]}
  mapped: {type: text, mappings: [{type: from_text}]}
  lost: {type: text, mappings: [{type: custom}]}
responses:
  utter_hello:
    - {text: Hi, buttons: [{title: Go, payload: '/greet{"mode": "x"}'}, {title: Gone, payload: /gone}]}
  utter_faq_hours: [{text: Nine}]
  utter_lost: [{text: Nobody says this}]
"""
FILES = {
    "domain.yml": DOMAIN,
    "config.yml": "policies: [{name: RulePolicy, core_fallback_action_name: action_fallback}]",
    "data/rules/r.yml": "rules: [{steps: [{intent: greet}, {action: action_greet}, {action: utter_hello}]},"
    " {steps: [{intent: nlu_fallback}, {action: action_typo}]}]",
    "data/nlu/n.yml": "nlu:\n- intent: greet\n  examples: |\n    - hi\n- intent: stray\n  examples: |\n    - oh\n",
    "actions/slots.py": 'SEEN = "seen"\n',
    "actions/a.py": 'say = f"utter_faq_{question}"\nevents = [SlotSet(slots.SEEN, True), SlotSet("asked", "x")]\n',
}


@pytest.fixture
def project(tmp_path: Path) -> Path:
    for name, content in FILES.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(content, encoding="utf-8")
    return tmp_path


def test_everything_that_leads_nowhere_is_named_once(project: Path) -> None:
    assert asdict(unreached(project)) == {
        "responses": ["utter_lost"],
        "actions": ["action_lost"],
        "intents_without_rule": ["lost"],
        "intents_without_sentences": ["lost"],
        "unknown_intents": ["gone", "stray"],
        "unknown_actions": ["action_typo"],
        "slots_never_set": ["lost"],
    }


def test_nothing_of_ours_leads_nowhere() -> None:
    assert not any(asdict(unreached(PROJECT)).values())


def test_the_command_ends_with_one_for_ci_and_names_the_fault(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    many = "".join(f"    - hello number {number}\n" for number in range(6))
    more = "".join(f"    - goodbye number {number}\n" for number in range(6))
    sentences = f"nlu:\n- intent: greet\n  examples: |\n{many}- intent: stray\n  examples: |\n{more}"
    (project / "data/nlu/n.yml").write_text(sentences, encoding="utf-8")
    monkeypatch.setattr(nlu, "PROJECT", project)
    told = CliRunner().invoke(make_app(), ["nlu", "check"])
    assert told.exit_code == 1
    assert "Actions that no rule runs: 1" in told.output
    assert "action_lost" in told.output
