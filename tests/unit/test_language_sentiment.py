"""How messages feel: anger clearly below, requests near the middle, and a head that says when it is damaged."""

from __future__ import annotations

import json

import numpy as np
import pytest
from vaderSentiment.vaderSentiment import SentimentIntensityAnalyzer

from language.encoder import DIMENSIONS, SentenceEncoder
from language.sentiment import HEAD_FILE, HeadError, Sentiment, SentimentHead, features, label
from language.sentiment_data import shop_sentences

ANGER = [
    "this is the third time my order is late, I'm furious",
    "where the hell is my order",
    "worst service ever",
]
REQUESTS = ["where is my order?", "any offers for me?", "what are your opening hours"]


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


def test_praise_is_positive(encoder: SentenceEncoder, sentiment: Sentiment) -> None:
    text = "you were so helpful, I love this shop"
    assert sentiment.score(text, encoder.encode([text])[0]) > 0.3


def test_the_probes_of_these_tests_are_not_in_the_training_part() -> None:
    trained = {sentence.text.lower() for sentence in shop_sentences()}
    assert "any offers for me?" not in trained
    assert trained.isdisjoint(text.lower() for text in ANGER)


def test_a_score_is_the_heads_sum_cut_to_one() -> None:
    vector = np.zeros(DIMENSIONS, dtype=np.float32)
    vector[0] = 1.0
    weights = np.zeros(DIMENSIONS + 4)
    weights[0] = 0.25
    # VADER finds no mood in "table": compound, pos, neg = 0, neu = 1
    weights[-4:] = [0.5, 0.5, 0.5, 0.125]
    assert Sentiment(SentimentHead(weights, bias=0.1)).score("table", vector) == 0.25 + 0.125 + 0.1
    assert Sentiment(SentimentHead(weights, bias=-9.0)).score("table", vector) == -1.0


def test_the_head_sees_the_embedding_and_then_vader() -> None:
    vector = np.full(DIMENSIONS, 0.5, dtype=np.float32)
    seen = features("horrible", vector, SentimentIntensityAnalyzer())
    assert seen.shape == (DIMENSIONS + 4,)
    assert seen[0] == 0.5
    compound, positive, negative, neutral = seen[-4:]
    assert (positive, negative, neutral) == (0.0, 1.0, 0.0)
    assert compound < -0.5


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


@pytest.mark.parametrize("document", [{}, {"weights_e4": [1, 2], "bias": 0}, {"weights_e4": ["x"], "bias": 0}])
def test_a_damaged_head_is_refused_with_the_remedy(document: dict[str, object]) -> None:
    with pytest.raises(HeadError, match="Train it anew"):
        SentimentHead.from_document(document)
