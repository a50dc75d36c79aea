"""Moods of sentences the heads never learnt from: calm shop talk is calm, anger is anger."""

from __future__ import annotations

import csv
from pathlib import Path

import numpy as np
import pytest

from language.encoder import SentenceEncoder
from language.sentiment import NEGATIVE_BELOW, Sentiment
from language.sentiment_data import shop_sentences
from tests.support.dialogue_files import training_sentences

pytestmark = pytest.mark.quality

HERE = Path(__file__).parent
#: The heads' settings were chosen by the first; the second was written afterwards and looked at once.
SETS = ["held_out_moods.csv", "unseen_moods.csv"]
#: Whoever complains, or got rotten fish, may sound cross; what is no business of the shop may sound like anything.
NOT_CALM = {"complain", "report_problem", "out_of_scope", "abuse", "small_talk", "ask_languages"}
#: Of the others a few are cross indeed ("enough with your spam, end it").
MAY_SOUND_CROSS = 0.015


def sentences(name: str, mood: str) -> list[str]:
    with (HERE / name).open(encoding="utf-8", newline="") as lines:
        return [row["text"] for row in csv.DictReader(lines) if row["mood"] == mood]


@pytest.fixture(scope="module")
def encoder() -> SentenceEncoder:
    return SentenceEncoder.load()


def scores(texts: list[str], encoder: SentenceEncoder) -> np.ndarray:
    sentiment = Sentiment.load()
    return np.array([sentiment.score(text, vector) for text, vector in zip(texts, encoder.encode(texts), strict=True)])


@pytest.mark.parametrize(("name", "share"), [(SETS[0], 0.95), (SETS[1], 0.9)])
def test_calm_sentences_are_not_taken_for_anger(name: str, share: float, encoder: SentenceEncoder) -> None:
    assert np.mean(scores(sentences(name, "calm"), encoder) > -0.25) >= share


@pytest.mark.parametrize("name", SETS)
def test_anger_is_felt(name: str, encoder: SentenceEncoder) -> None:
    assert np.mean(scores(sentences(name, "angry"), encoder) < NEGATIVE_BELOW) >= 0.9


@pytest.mark.parametrize("name", SETS)
def test_joy_is_never_taken_for_anger(name: str, encoder: SentenceEncoder) -> None:
    felt = scores(sentences(name, "happy"), encoder)
    assert felt.min() > -0.25
    assert felt.mean() > 0.3


def test_hardly_any_sentence_the_bot_learns_its_intents_from_sounds_cross(encoder: SentenceEncoder) -> None:
    calm = [text for intent, texts in training_sentences().items() if intent not in NOT_CALM for text in texts]
    assert len(calm) > 1000
    assert np.mean(scores(calm, encoder) < NEGATIVE_BELOW) <= MAY_SOUND_CROSS


@pytest.mark.parametrize("mood", ["calm", "angry", "happy"])
@pytest.mark.parametrize("name", SETS)
def test_no_sentence_of_the_sets_was_learnt(name: str, mood: str) -> None:
    learnt = {_bare(sentence.text) for sentence in shop_sentences()}
    assert learnt.isdisjoint(_bare(text) for text in sentences(name, mood))


def _bare(text: str) -> str:
    return text.lower().strip("?!. ")
