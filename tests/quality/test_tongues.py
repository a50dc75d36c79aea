"""Other languages are heard, and English with foreign words in it is not taken for one."""

from __future__ import annotations

from pathlib import Path

import pytest

from language.tongue import tongue, tongue_named
from language.yaml_text import load_yaml
from tests.support.dialogue_files import training_sentences

SENTENCES = load_yaml(Path(__file__).with_name("tongues.yml").read_text(encoding="utf-8"))
#: Measured 0.93 (es) to 1.0 (it, pt, nl) of forty-two each.
LEAST_HEARD = 0.92
WRITTEN = ("es", "fr", "de", "it", "pt", "nl", "other")


@pytest.mark.parametrize("name", WRITTEN)
def test_a_language_is_heard(name: str) -> None:
    missed = [text for text in SENTENCES[name] if tongue(text) != name]
    assert len(missed) <= (1 - LEAST_HEARD) * len(SENTENCES[name]), missed


@pytest.mark.parametrize("text", ["Sí, por favor", "oui, s'il vous plaît", "Ja, bitte", "não, obrigado", "non merci"])
def test_a_yes_or_no_answers_our_question_in_any_language(text: str) -> None:
    assert tongue(text) is None


@pytest.mark.parametrize("text", SENTENCES["en"])
def test_english_with_foreign_words_is_english(text: str) -> None:
    assert tongue(text) is None


def test_no_sentence_the_bot_was_taught_is_taken_for_another_language() -> None:
    taken = [
        text
        for intent, listed in training_sentences().items()
        for text in listed
        if intent != "ask_languages" and tongue(text)
    ]
    assert taken == []


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("do you speak Spanish?", "es"),
        ("can we switch from english to german", "de"),
        ("do you speak english", "en"),
        ("any help in Polish?", "other"),
        ("which languages do you speak", None),
    ],
)
def test_the_language_asked_for_is_known_by_its_name(text: str, name: str | None) -> None:
    assert tongue_named(text) == name
