"""How well sentences it never saw are understood."""

from __future__ import annotations

from collections import Counter

import pytest

from tests.support.dialogue_files import held_out_sentences
from tests.support.rasa_house import RasaHouse

ACCURACY = 0.92
OUT_OF_SCOPE_RECALL = 0.95
#: Out of scope and too uncertain end in the same honest fallback.
UNSURE = {"out_of_scope", "nlu_fallback"}


@pytest.fixture(scope="module")
def understood(rasa_house: RasaHouse) -> list[tuple[str, str, str]]:
    """(right intent, understood intent, sentence) of every held-out sentence, each in a conversation of its own."""
    return [
        (intent, rasa_house.talk().says(sentence).intent, sentence)
        for intent, sentences in held_out_sentences().items()
        for sentence in sentences
    ]


def test_held_out_sentences_are_understood(understood: list[tuple[str, str, str]]) -> None:
    in_scope = [row for row in understood if row[0] != "out_of_scope"]
    wrong = [row for row in in_scope if row[0] != row[1]]
    accuracy = 1 - len(wrong) / len(in_scope)
    confusions = Counter((right, taken) for right, taken, _ in wrong)
    print(f"held-out accuracy {accuracy:.3f} of {len(in_scope)}")
    for (right, taken), times in confusions.most_common():
        print(f"  {right} → {taken}: {times}")
    assert accuracy >= ACCURACY, wrong


def test_what_is_out_of_scope_falls_back(understood: list[tuple[str, str, str]]) -> None:
    beyond = [row for row in understood if row[0] == "out_of_scope"]
    recall = sum(row[1] in UNSURE for row in beyond) / len(beyond)
    print(f"out-of-scope recall {recall:.3f} of {len(beyond)}")
    assert recall >= OUT_OF_SCOPE_RECALL, [row for row in beyond if row[1] not in UNSURE]
