"""Training sentences: enough for each intent, none twice, and none of the held-out ones."""

from __future__ import annotations

import re
from collections import Counter

import pytest

from tests.support.dialogue_files import domain, held_out_sentences, names, training_sentences

TRAINING = training_sentences()
HELD_OUT = held_out_sentences()
LEARNED = names(domain()["intents"]) - {"nlu_fallback"}


def bare(sentence: str) -> str:
    """The sentence without case and punctuation."""
    return re.sub(r"[^a-z0-9? ]", "", sentence.lower()).strip()


def test_every_intent_but_the_fallback_is_learned_and_measured() -> None:
    assert set(TRAINING) == LEARNED
    assert set(HELD_OUT) >= LEARNED


@pytest.mark.parametrize("intent", sorted(LEARNED))
def test_an_intent_has_thirty_sentences_or_more_and_eight_held_out(intent: str) -> None:
    assert len(TRAINING[intent]) >= (120 if intent == "out_of_scope" else 30)
    assert len(HELD_OUT[intent]) >= 8


def test_no_sentence_is_given_twice() -> None:
    counted = Counter(bare(sentence) for sentences in TRAINING.values() for sentence in sentences)
    assert [sentence for sentence, times in counted.items() if times > 1] == []


def test_no_held_out_sentence_is_in_the_training_data() -> None:
    trained = {bare(sentence) for sentences in TRAINING.values() for sentence in sentences}
    assert {bare(sentence) for sentences in HELD_OUT.values() for sentence in sentences} & trained == set()
