"""Train the sentiment head and say how well it does: `python -m language.train_sentiment --data FOLDER`."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
from vaderSentiment.vaderSentiment import SentimentIntensityAnalyzer

from language.encoder import DIMENSIONS, SentenceEncoder
from language.sentiment import HEAD_FILE, VADER_KEYS, features
from language.sentiment_data import SOURCES, DataAbsentError, Rated, rated_sentences

Matrix = npt.NDArray[np.float64]

#: Chosen by leave-one-domain-out correlation among 1, 3, 10, 30, 100.
RIDGE = 30.0
#: Each domain speaks with this many sentences' voice, however many it has; the shop's own tongue counts most.
VOICE = {"shop": 8000.0, "requests": 4000.0}
_VOICE_OF_OTHERS = 1000.0
#: Domains whose ratings differ, so that a correlation says something (requests are all 0).
_RATED_DOMAINS = ("amazon", "imdb", "yelp", "films", "editorials", "shop")


def train(data: Path) -> dict[str, Any]:
    """Fit the head on all domains and measure it on each domain left out.

    Parameters
    ----------
    data : folder of the public sets (see `sentiment_data.SOURCES`).

    Returns
    -------
    The document of `sentiment_head.json`: weights (whole ten-thousandths), bias, sources, and per left-out domain
    Pearson's r of the blend beside VADER alone.

    Raises
    ------
    DataAbsentError : a set is missing.
    """
    sentences = rated_sentences(data)
    seen = _seen(sentences)
    ratings = np.array([sentence.rating for sentence in sentences])
    domains = np.array([sentence.domain for sentence in sentences])
    weights, bias = ridge(seen, ratings, voices(domains), RIDGE)
    return {
        "about": "score = weights · (embedding, VADER compound, pos, neg, neu) + bias, cut to [-1, 1]",
        "trained_by": "python -m language.train_sentiment",
        "sources": SOURCES,
        "sentences": {domain: int((domains == domain).sum()) for domain in SOURCES},
        "ridge": RIDGE,
        "left_out_pearson_r": left_out(seen, ratings, domains),
        "bias": round(bias, 4),
        "weights_e4": [round(weight * 10_000) for weight in weights.tolist()],
    }


def ridge(seen: Matrix, ratings: Matrix, voice: Matrix, strength: float) -> tuple[Matrix, float]:
    """Solve weighted ridge regression with an unpenalised bias.

    Parameters
    ----------
    seen : (n, d); ratings, voice : (n,), voice > 0; strength : >= 0, in sentences' voices.

    Returns
    -------
    Weights (d,) and bias.
    """
    share = voice / voice.sum()
    centre, middle = share @ seen, float(share @ ratings)
    left = seen - centre
    gram = left.T @ (left * voice[:, None]) + strength * np.eye(seen.shape[1])
    weights: Matrix = np.linalg.solve(gram, left.T @ (voice * (ratings - middle)))
    return weights, middle - float(centre @ weights)


def left_out(seen: Matrix, ratings: Matrix, domains: npt.NDArray[np.str_]) -> dict[str, dict[str, float]]:
    """Measure Pearson's r on each domain with a head that never saw it, beside VADER's compound alone."""
    figures = {}
    for domain in _RATED_DOMAINS:
        out = domains == domain
        weights, bias = ridge(seen[~out], ratings[~out], voices(domains[~out]), RIDGE)
        scores = np.clip(seen[out] @ weights + bias, -1, 1)
        figures[domain] = {
            "blend": round(_pearson(scores, ratings[out]), 3),
            "vader": round(_pearson(seen[out][:, DIMENSIONS + VADER_KEYS.index("compound")], ratings[out]), 3),
        }
    return figures


def voices(domains: npt.NDArray[np.str_]) -> Matrix:
    """Give each sentence its voice, so that ten thousand film snippets do not drown two hundred shop sentences."""
    return np.array([VOICE.get(domain, _VOICE_OF_OTHERS) / (domains == domain).sum() for domain in domains])


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
