"""The training of the encoder itself, where torch is installed: it learns, repeatably, and is exported faithfully."""

from __future__ import annotations

import numpy as np
import pytest

from language.encoder import SentenceEncoder
from language.encoder_files import packaged_model_file, tokenizer_file
from language.encoder_graph import quantised
from rapport.paths import PROJECT
from rapport.training.encoder.export import packed
from rapport.training.encoder.judging import LEAST_PARITY, share_right
from rapport.training.encoder.split import Split
from rapport.training.encoder.tuning import missing, tune
from rapport.training.nlu import training_sentences

pytestmark = [
    pytest.mark.quality,
    pytest.mark.skipif(bool(missing()), reason="torch and its weights are not installed (requirements/train.in)"),
]
#: Intents that are easily taken for each other.
ALIKE = {"ask_returns", "return_order", "exchange_order", "refund_status", "report_problem", "complain"}


def quiet(_text: str, _share: float | None = None) -> None:
    """Hear nothing."""


def test_a_tuned_encoder_tells_intents_that_are_alike_apart_as_well_or_better() -> None:
    texts, labels = training_sentences(PROJECT)
    alike = [row for row, label in enumerate(labels) if label in ALIKE]
    split = Split.of([texts[row] for row in alike], [labels[row] for row in alike])
    shares: list[float | None] = []
    tuned = tune(*split.of_rows(split.learnt), lambda _text, share=None: shares.append(share))
    before, after = (
        share_right(split, encode(split.texts)) for encode in (SentenceEncoder.load().encode, tuned.encode)
    )
    print(f"held-out sentences read rightly: packaged {before:.3f}, tuned {after:.3f}")
    assert after >= before
    assert (shares[0], shares[-1]) == (None, 1.0)
    encoder = SentenceEncoder(quantised(packed(packaged_model_file().read_bytes(), tuned.state())), tokenizer_file())
    few = [split.texts[row] for row in split.held_out[:40]]
    assert float((encoder.encode(few) * tuned.encode(few)).sum(axis=1).mean()) > LEAST_PARITY


def test_the_same_sentences_give_the_same_encoder() -> None:
    texts = ["where is my order", "my parcel is late", "i want my money back", "give me a refund"] * 8
    first, second = (tune(texts, ["late", "late", "money", "money"] * 8, quiet).encode(texts[:4]) for _ in range(2))
    assert np.allclose(first, second, atol=1e-4)
