"""Tune, export, judge, and keep what is better."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import numpy as np

from language.encoder import SentenceEncoder
from language.encoder_files import packaged_model_file, tokenizer_file
from language.encoder_graph import quantised
from rapport.training.encoder import keeping
from rapport.training.encoder.export import packed
from rapport.training.encoder.judging import Encode, Judgement, judge
from rapport.training.encoder.split import Split
from rapport.training.encoder.tuning import Told, Tuner, tune
from rapport.training.nlu import training_sentences

#: Measures both encoders; see `judging.judge`.
Judge = Callable[[Split, Encode, Encode, Encode], Judgement]


@dataclass(frozen=True)
class Tuned:
    """What came of it: whether the tuned encoder is in use now, and both figures."""

    used: bool
    judgement: Judgement


def tune_encoder(project: Path, models: Path, told: Told, tuner: Tuner = tune, judged: Judge = judge) -> Tuned:
    """Tune the encoder on the project's sentences, corrected turns among them; use it only where it is better.

    Parameters
    ----------
    models : where the weights are kept; nothing there changes unless the tuned encoder is better.
    told : hears what is being done, and the share that is done where it is known.

    Raises
    ------
    TrainingError
        Something that tuning needs is not installed, or there are too few sentences.
    """
    split = Split.of(*training_sentences(project))
    floats = tuner(*split.of_rows(split.learnt), told)
    told("write in 8 bits", None)
    base = packaged_model_file().read_bytes()
    weights = packed(base, floats.state())
    told("measure both encoders", None)
    judgement = judged(split, _encoder(base).encode, _encoder(weights).encode, floats.encode)
    if not judgement.fault:
        keeping.keep(
            models,
            weights,
            trained_at=datetime.now(UTC),
            sentences=int(np.size(split.learnt)),
            figures=judgement.figures,
        )
    return Tuned(used=not judgement.fault, judgement=judgement)


def _encoder(weights: bytes) -> SentenceEncoder:
    return SentenceEncoder(quantised(weights), tokenizer_file(), remembered=1)
