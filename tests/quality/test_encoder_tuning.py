"""The training of the encoder itself, where torch is installed: it learns, repeatably, and is exported faithfully."""

from __future__ import annotations

import numpy as np
import pytest

from language.encoder import SentenceEncoder
from language.encoder_files import packaged_model_file, tokenizer_file
from language.encoder_graph import quantised
from rapport.training.encoder.export import packed
from rapport.training.encoder.judging import LEAST_PARITY
from rapport.training.encoder.tuning import missing, tune

pytestmark = [
    pytest.mark.quality,
    pytest.mark.skipif(bool(missing()), reason="torch and its weights are not installed (requirements/train.in)"),
]

SENTENCES = {
    "late": ["where is my order", "my parcel is late", "it has not arrived", "still waiting for the box"],
    "money": ["i want my money back", "refund me please", "when is the refund here", "give me a refund"],
}
TEXTS = [text for texts in SENTENCES.values() for text in texts] * 8
LABELS = [label for label, texts in SENTENCES.items() for _ in texts] * 8


def test_sentences_of_an_intent_come_nearer_the_same_way_each_time() -> None:
    shares: list[float | None] = []
    tuned = tune(TEXTS, LABELS, lambda _text, share: shares.append(share))
    before, after = SentenceEncoder.load().encode(TEXTS[:8]), tuned.encode(TEXTS[:8])

    def lead(vectors: np.ndarray) -> float:
        likeness = vectors @ vectors.T
        return float(likeness[:4, :4].mean() - likeness[:4, 4:].mean())

    assert lead(after) > lead(before)
    assert shares[-1] == 1.0
    again = tune(TEXTS, LABELS, lambda _text, _share: None)
    assert np.allclose(again.encode(TEXTS[:8]), after, atol=1e-4)
    encoder = SentenceEncoder(quantised(packed(packaged_model_file().read_bytes(), tuned.state())), tokenizer_file())
    assert float((encoder.encode(TEXTS[:8]) * after).sum(axis=1).mean()) > LEAST_PARITY
