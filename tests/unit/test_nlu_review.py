"""What `rapport nlu check` finds, on sentences made to be wrong."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from language.intent import review
from language.intent.training import Trained, train
from rapport.errors import InputError
from rapport.training.nlu import training_sentences


@pytest.fixture
def trained() -> Trained:
    """Two intents of twenty clear sentences; one sentence of the second lies among the first, one intent is thin."""
    axes = np.eye(8, dtype=np.float32)
    noise = np.random.default_rng(3).normal(0, 0.3, (43, 8)).astype(np.float32)
    points = np.concatenate([np.repeat(axes[:2], 20, axis=0), np.repeat(axes[2:3], 3, axis=0)]) + noise
    points[39] = points[0]
    vectors = points / np.linalg.norm(points, axis=1, keepdims=True)
    return train([f"s{row}" for row in range(43)], vectors, ["greet"] * 20 + ["thank"] * 20 + ["rare"] * 3)


def test_a_sentence_in_the_wrong_intent_is_a_confusion_and_a_near_duplicate(trained: Trained) -> None:
    found = review.confusions(trained)
    assert any(case.right == "thank" and case.taken == "greet" and "s39" in case.sentences for case in found)
    likest = review.near_duplicates(trained)[0]
    assert (likest.first, likest.second, likest.cosine) == ("s0", "s39", 1.0)
    assert review.left_out_accuracy(trained) == pytest.approx(1 - sum(case.times for case in found) / 43)


def test_thin_intents_are_told_with_their_number(trained: Trained) -> None:
    assert review.thin_intents(trained) == {"rare": 3}


def test_sentences_lose_the_marks_of_entities_and_repetitions(tmp_path: Path) -> None:
    folder = tmp_path / "data" / "nlu"
    folder.mkdir(parents=True)
    (folder / "a.yml").write_text("nlu:\n- intent: buy\n  examples: |\n    - some [milk](product)\n    - some milk\n")
    assert training_sentences(tmp_path) == (["some milk"], ["buy"])


def test_a_project_without_sentences_is_told(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no training sentences"):
        training_sentences(tmp_path)


def test_an_intent_far_larger_than_the_others_is_told() -> None:
    vectors = np.tile(np.eye(4, dtype=np.float32), (9, 1))
    intents = ["loud"] * 26 + ["small"] * 3 + ["little"] * 3 + ["out_of_scope"] * 4
    assert review.crowded_intents(train([f"s{row}" for row in range(36)], vectors, intents)) == {"loud": 26}
