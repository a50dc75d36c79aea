"""The domain, the actions, the rules and the contract page name the same things."""

from __future__ import annotations

import re
from itertools import chain

import pytest

from actions import slots
from actions.action_answer_faq import QUESTIONS
from actions.registry import ACTIONS
from bot.domain_build import BUILT, DomainConflictError, build
from tests.support.dialogue_files import ROOT, domain, names, rules

CONTRACT = (ROOT / "docs" / "reference" / "contracts.md").read_text(encoding="utf-8").split("## Words in the domain")[1]
DOMAIN = domain()
STATES = ("being_prepared", "on_its_way", "delivered")


#: What wordings may depend on.
CIRCUMSTANCES = {slots.MOOD, slots.CHANNEL, slots.SEGMENT, slots.HISTORY}


def promised(start: str) -> set[str]:
    """The names the contract lists after a word, between the first pair of backticks."""
    listed = CONTRACT.split(start, 1)[1].split("`", 2)[1]
    return set(listed.split())


def said_by_actions() -> set[str]:
    """Every response an action may name, those put together at run time included."""
    sources = "\n".join(path.read_text(encoding="utf-8") for path in (ROOT / "actions").glob("*.py"))
    literal = set(re.findall(r'(?<!f)"(utter_\w+)"', sources)) - {"utter_action"}  # Rasa's own key
    tracked = {f"utter_track_order_{state}{tail}" for state in STATES for tail in ("", "_estimated", "_undated")}
    tracked |= {f"utter_track_order_{state}_slot" for state in STATES[:2]}
    tracked |= {"utter_track_order_cancelled", "utter_track_order_returned"}
    faq = {f"utter_faq_{key}{tail}" for key in QUESTIONS.values() for tail in ("", "_more")}
    greeted = {f"utter_greet_order_{state}" for state in STATES[:2]}
    return literal | tracked | faq | greeted


def said_by_rules() -> set[str]:
    steps = chain.from_iterable(rule["steps"] for rule in rules())
    return {step["action"] for step in steps if step.get("action", "").startswith("utter_")}


def test_the_built_domain_is_what_the_topic_files_give() -> None:
    assert BUILT.read_text(encoding="utf-8") == build(), "run `python -m bot.domain_build`"


def test_the_intents_are_those_of_the_contract() -> None:
    assert names(DOMAIN["intents"]) == promised("Intents:")


def test_the_actions_are_those_of_the_contract_and_of_the_registry() -> None:
    assert set(DOMAIN["actions"]) == promised("(one file each in `actions/`):")
    assert {action.action_name for action in ACTIONS} == set(DOMAIN["actions"])


def test_each_action_has_the_file_of_its_name() -> None:
    for action in ACTIONS:
        assert action.__module__ == f"actions.{action.action_name}"


def test_every_slot_constant_is_a_slot_and_every_slot_has_a_constant() -> None:
    constants = {slots.SHOWN_PRODUCTS, slots.SHOWN_NAMES, slots.REFUSED_PRODUCTS, slots.OFFERS_MADE}
    assert set(DOMAIN["slots"]) == constants | {
        *CIRCUMSTANCES,
        slots.PRODUCT_IN_MIND,
        slots.BUNDLE_TOLD,
        slots.UNSURE_TURNS,
        slots.ROUGH_WORDS,
        slots.OPEN_QUESTION,
        slots.ORDER_REQUEST,
        slots.ORDER_PASS,
        slots.ACCOUNT_REQUEST,
        slots.REVIEW_DRAFT,
        slots.WANTED,
        slots.LOOKED_AT,
        slots.LESS_OF,
        slots.SHOWN_BEFORE,
        slots.MODE_SHOWN,
        slots.REASONS_TOLD,
        slots.TASTE_ASKED,
    }


def test_every_entity_constant_is_an_entity_and_every_entity_has_a_constant() -> None:
    constants = {
        slots.PRODUCT_QUERY,
        slots.PRODUCT_ID,
        slots.ORDER_ID,
        slots.MODE,
        slots.TOPIC,
        slots.ASPECT,
        slots.CHOICE,
    }
    assert set(DOMAIN["entities"]) == constants


def test_every_response_that_may_be_said_exists_and_none_is_left_over() -> None:
    assert said_by_actions() | said_by_rules() == set(DOMAIN["responses"])


def test_every_intent_has_one_rule() -> None:
    intents = [step["intent"] for rule in rules() for step in rule["steps"] if "intent" in step]
    assert sorted(intents) == sorted(names(DOMAIN["intents"]))


def test_a_topic_file_may_not_define_what_another_one_has(tmp_path) -> None:
    (tmp_path / "a.yml").write_text("responses:\n  utter_hi:\n    - text: Hi\n")
    (tmp_path / "b.yml").write_text("responses:\n  utter_hi:\n    - text: Ho\n")
    with pytest.raises(DomainConflictError, match=r"b\.yml: responses: utter_hi is defined in another file"):
        build(tmp_path)


def test_an_intent_listed_twice_is_found_with_and_without_settings(tmp_path) -> None:
    (tmp_path / "a.yml").write_text("intents: [greet]\n")
    (tmp_path / "b.yml").write_text("intents:\n  - greet: {use_entities: []}\n")
    with pytest.raises(DomainConflictError, match=r"intents: greet"):
        build(tmp_path)


def test_a_misspelt_section_is_named(tmp_path) -> None:
    (tmp_path / "a.yml").write_text("respones: {}\n")
    with pytest.raises(DomainConflictError, match="'respones'"):
        build(tmp_path)
