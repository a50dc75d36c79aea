"""The intent model: what it learns, what its confidences and its scope mean, and that it survives its file."""

from __future__ import annotations

import io

import numpy as np
import pytest
from scipy import special

from language.intent import regression
from language.intent.calibration import best_temperature, calibration_error, log_loss, softmax
from language.intent.model import OUT_OF_SCOPE, IntentModel, meaning
from language.intent.training import TooFewExamplesError, Trained, train

LABELS = ["cancel", "greet", "refund", "track"]


def clouds(labels: list[str], spread: float, each: int = 30, seed: int = 5) -> tuple[list[str], np.ndarray, list[str]]:
    """Sentences that say nothing, their vectors of length 1 around one axis per label, and their labels."""
    random = np.random.default_rng(seed)
    points = np.repeat(np.eye(len(labels), 16), each, axis=0)
    points = points + random.normal(0, spread, points.shape)
    vectors = (points / np.linalg.norm(points, axis=1, keepdims=True)).astype(np.float32)
    return ["so"] * len(points), vectors, [label for label in labels for _ in range(each)]


def trained(spread: float, labels: list[str] = LABELS, each: int = 30) -> Trained:
    return train(*clouds(labels, spread, each))


@pytest.mark.parametrize("labels", [LABELS[:2], LABELS])
def test_separate_clouds_are_told_apart(labels: list[str]) -> None:
    texts, vectors, names = clouds(labels, spread=0.05)
    model = train(texts, vectors, names).model
    confidences = model.read(texts, vectors).confidences
    assert [model.labels[best] for best in confidences.argmax(axis=1)] == names
    assert confidences.sum(axis=1) == pytest.approx(np.ones(len(names)))
    assert confidences.max(axis=1).mean() > 0.9


def test_words_decide_where_meanings_are_the_same() -> None:
    texts = [f"{word} my order {number}" for word in ("cancel", "track") for number in range(10)]
    vectors = np.ones((20, 4), dtype=np.float32) / 2
    model = train(texts, vectors, ["cancel"] * 10 + ["track"] * 10).model
    confidences = model.read(["please track it", "cancl it"], vectors[:2]).confidences
    assert [model.labels[best] for best in confidences.argmax(axis=1)] == ["track", "cancel"]
    words = [word for word, _ in model.terms_for("please track it", "track")]
    assert "track" in words
    assert "please" not in words


def test_confidence_of_overlapping_clouds_is_as_high_as_they_are_often_right() -> None:
    texts, vectors, names = clouds(LABELS, spread=0.35, each=200)
    model = train(texts[1::2], vectors[1::2], names[1::2]).model
    confidences = model.read(texts[::2], vectors[::2]).confidences
    right = np.array([model.labels[best] for best in confidences.argmax(axis=1)]) == np.array(names[::2])
    assert 0.6 < right.mean() < 0.95
    assert calibration_error(confidences.max(axis=1), right) < 0.06


def test_a_left_out_block_is_scored_as_by_a_regression_that_never_saw_it() -> None:
    _, vectors, names = clouds(LABELS, spread=0.4, each=10)
    codes = np.repeat(np.arange(4), 10)
    block, rest = np.arange(3, 40, 10), np.setdiff1d(np.arange(40), np.arange(3, 40, 10))
    likeness = meaning(vectors @ vectors.T)
    without = regression.fit(likeness[np.ix_(rest, rest)].copy(), codes[rest], 0.3)
    solved = regression.fit(likeness.copy(), codes, 0.3)
    assert solved.left_out([block, rest])[block] == pytest.approx(
        likeness[np.ix_(block, rest)] @ without.weights, abs=1e-4
    )
    assert names[0] == "cancel"


def test_messages_from_elsewhere_are_out_of_scope_and_known_ones_are_in_it() -> None:
    texts, vectors, names = clouds([*LABELS, OUT_OF_SCOPE], spread=0.1, each=40)
    model = train(texts, vectors, names).model
    fresh_texts, fresh, _ = clouds(LABELS, spread=0.1, each=50, seed=6)
    assert (model.read(fresh_texts, fresh).scope >= 0.5).mean() >= 0.92
    elsewhere = np.eye(16, dtype=np.float32)[8:]
    assert (model.read(["so"] * 8, elsewhere).scope < 0.5).all()
    assert model.beyond == OUT_OF_SCOPE


def test_scope_is_learnt_from_left_out_intents_where_no_other_examples_are_given() -> None:
    model = trained(spread=0.1).model
    assert model.beyond is None
    assert (model.read(["so"] * 8, np.eye(16, dtype=np.float32)[8:]).scope < 0.5).all()


def test_the_same_data_and_seed_give_the_same_model() -> None:
    first, second = trained(spread=0.4), trained(spread=0.4)
    assert np.array_equal(first.model.example_weights, second.model.example_weights)
    assert np.array_equal(first.left_out, second.left_out)
    assert first.model.temperature == second.model.temperature


def test_a_model_survives_its_file_without_pickle() -> None:
    texts, vectors, _ = clouds([*LABELS, OUT_OF_SCOPE], spread=0.3)
    model, file = trained(0.3, [*LABELS, OUT_OF_SCOPE]).model, io.BytesIO()
    np.savez(file, **model.as_arrays())
    file.seek(0)
    with np.load(file, allow_pickle=False) as arrays:
        again = IntentModel.from_arrays(arrays)
    assert (again.labels, again.beyond, again.examples) == (model.labels, model.beyond, model.examples)
    before, after = model.read(texts, vectors), again.read(texts, vectors)
    assert after.confidences == pytest.approx(before.confidences, abs=1e-3)
    assert after.scope == pytest.approx(before.scope, abs=2e-3)


@pytest.mark.parametrize(
    ("labels", "reason"), [(["a"] * 4, "two intents"), (["a", "a", "a", "b"], "'b' has one example")]
)
def test_too_few_examples_are_named(labels: list[str], reason: str) -> None:
    with pytest.raises(TooFewExamplesError, match=reason):
        train(["so"] * 4, np.eye(4, dtype=np.float32), labels)


def test_softmax_log_loss_and_calibration_error_follow_their_formulas() -> None:
    scores = np.array([[np.log(1.0), np.log(3.0)]])
    assert softmax(scores)[0] == pytest.approx([1 / 4, 3 / 4])
    assert log_loss(scores, np.array([1])) == pytest.approx(-np.log(3 / 4))
    # Two bins: (0.9, 0.9) with one right of two, (0.3) that was wrong.
    sure, right = np.array([0.9, 0.9, 0.3]), np.array([True, False, False])
    assert calibration_error(sure, right, bins=2) == pytest.approx((abs(1.8 - 1) + 0.3) / 3)


def test_the_temperature_that_made_the_scores_is_found_again() -> None:
    random = np.random.default_rng(1)
    scores = random.normal(0, 2, (4000, 3))
    codes = np.array([random.choice(3, p=special.softmax(row)) for row in scores])
    assert best_temperature(scores * 0.5, codes) == pytest.approx(0.5, rel=0.1)
