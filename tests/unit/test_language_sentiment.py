"""How messages feel: anger clearly below, requests near the middle, and a head that says when it is damaged."""

from __future__ import annotations

import json
import math

import numpy as np
import pytest
from vaderSentiment.vaderSentiment import SentimentIntensityAnalyzer

from language.encoder import DIMENSIONS, SentenceEncoder
from language.manner import MANNERS
from language.sentiment import (
    HEAD_FILE,
    INSULT_AT_MOST,
    HeadError,
    LinearHead,
    Sentiment,
    SentimentHead,
    features,
    label,
)
from language.sentiment_data import shop_sentences
from language.tone import ToneHead

ANGER = [
    "this is the third time my order is late, I'm furious",
    "where the hell is my order",
    "worst service ever",
]
REQUESTS = ["where is my order?", "any offers for me?", "what are your opening hours"]
#: Sentences that were once met with an apology, and no offers.
CALM = ["hello again", "not interested", "why the second one?", "how do i get a refund", "exactly", "surprise me"]
INSULTS = ["recommend me something you idiots", "thank you so much, you useless bot", "lovely suggestion, moron"]
SEEN = DIMENSIONS + 4 + len(MANNERS)


@pytest.fixture(scope="module")
def encoder() -> SentenceEncoder:
    return SentenceEncoder.load()


@pytest.fixture(scope="module")
def sentiment() -> Sentiment:
    return Sentiment.load()


@pytest.mark.parametrize("text", ANGER)
def test_anger_is_clearly_negative(text: str, encoder: SentenceEncoder, sentiment: Sentiment) -> None:
    assert sentiment.score(text, encoder.encode([text])[0]) < -0.3


@pytest.mark.parametrize("text", REQUESTS)
def test_an_ordinary_request_is_near_neutral(text: str, encoder: SentenceEncoder, sentiment: Sentiment) -> None:
    assert -0.2 < sentiment.score(text, encoder.encode([text])[0]) < 0.3


@pytest.mark.parametrize("text", CALM)
def test_what_is_told_calmly_is_not_taken_for_anger(text: str, encoder: SentenceEncoder, sentiment: Sentiment) -> None:
    assert -0.25 < sentiment.score(text, encoder.encode([text])[0]) < 0.3


@pytest.mark.parametrize("text", INSULTS)
def test_an_insult_is_angry_however_kind_the_rest(text: str, encoder: SentenceEncoder, sentiment: Sentiment) -> None:
    assert label(sentiment.score(text, encoder.encode([text])[0])) == "angry"


def test_praise_is_positive(encoder: SentenceEncoder, sentiment: Sentiment) -> None:
    text = "you were so helpful, I love this shop"
    assert sentiment.score(text, encoder.encode([text])[0]) > 0.3


def test_the_probes_of_these_tests_are_not_in_the_training_part() -> None:
    trained = {sentence.text.lower() for sentence in shop_sentences()}
    assert "any offers for me?" not in trained
    assert trained.isdisjoint(text.lower() for text in [*ANGER, *CALM, *INSULTS] if text != "not interested")


def test_a_score_is_the_tone_cut_to_one_times_the_chance_of_a_feeling() -> None:
    nothing = np.zeros(DIMENSIONS, dtype=np.float32)
    unsure, sure = always(0.0), always(math.log(3))  # odds 1 to 1, and 3 to 1

    def score(tone: float, feeling: LinearHead) -> float:
        return Sentiment(SentimentHead(steady(tone), feeling)).score("table", nothing)

    assert score(0.4, unsure) == 0.4 * 1 / 2
    assert score(0.4, sure) == pytest.approx(0.4 * 3 / 4)
    assert score(-9.0, unsure) == -1.0 * 1 / 2


def test_an_insult_outweighs_what_the_heads_say() -> None:
    kind = Sentiment(SentimentHead(tone=steady(0.9), feeling=always(50.0)))
    furious = Sentiment(SentimentHead(tone=steady(-0.9), feeling=always(50.0)))
    nothing = np.zeros(DIMENSIONS, dtype=np.float32)
    assert kind.score("you idiots", nothing) == INSULT_AT_MOST
    assert furious.score("you idiots", nothing) == -0.9


def test_the_heads_see_the_embedding_then_vader_then_the_manner() -> None:
    vector = np.full(DIMENSIONS, 0.5, dtype=np.float32)
    seen = features("horrible", vector, SentimentIntensityAnalyzer())
    assert seen.shape == (SEEN,)
    assert seen[0] == 0.5
    compound, positive, negative, neutral = seen[DIMENSIONS : DIMENSIONS + 4]
    assert (positive, negative, neutral) == (0.0, 1.0, 0.0)
    assert compound < -0.5
    assert seen[DIMENSIONS + 4 + MANNERS.index("rages")] == 1.0


@pytest.mark.parametrize(
    ("score", "name"),
    [
        (-0.61, "angry"),
        (-0.6, "negative"),
        (-0.31, "negative"),
        (-0.3, "neutral"),
        (0.3, "neutral"),
        (0.31, "positive"),
    ],
)
def test_scores_have_names(score: float, name: str) -> None:
    assert label(score) == name


def test_the_blend_beats_vader_on_every_domain_it_never_saw() -> None:
    figures = json.loads(HEAD_FILE.read_text())["left_out_pearson_r"]
    assert set(figures) == {"amazon", "imdb", "yelp", "films", "editorials", "shop"}
    assert all(figure["blend"] > figure["vader"] for figure in figures.values())


@pytest.mark.parametrize(
    "tone",
    [
        None,
        {},
        {"weights_e4": [1, 2], "bias": 0},
        {"weights_e4": ["x"], "bias": 0},
        {"weights_e4": [1], "bias": 0, "step": 1, "sharpness": 1, "landmarks": "too short"},
    ],
)
def test_a_damaged_head_is_refused_with_the_remedy(tone: object) -> None:
    whole = json.loads(HEAD_FILE.read_text())
    with pytest.raises(HeadError, match="Train it anew"):
        SentimentHead.from_document({**whole, "tone": tone})


def test_a_head_of_the_former_shape_is_refused_with_the_remedy() -> None:
    with pytest.raises(HeadError, match="Train it anew"):
        SentimentHead.from_document({"weights_e4": [0] * (DIMENSIONS + 4), "bias": 0})


def always(figure: float) -> LinearHead:
    """Give a head that says the same of every message."""
    return LinearHead(np.zeros(SEEN), figure)


def steady(figure: float) -> ToneHead:
    """Give a tone that is the same for every message."""
    return ToneHead(np.zeros((1, SEEN), dtype=np.int8), 1.0, 1.0, np.zeros(1), figure)
