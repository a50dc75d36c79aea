"""The intent model: what it learns, what its confidences mean, and what counts as doubt."""

from __future__ import annotations

import io

import numpy as np
import pytest

from bot.components.doubt import Doubt, trust
from bot.components.familiarity import Familiarity
from bot.components.logistic import IntentModel, TooFewExamplesError, log_loss, softmax, train


def clouds(labels: list[str], spread: float, each: int = 30) -> tuple[np.ndarray, list[str]]:
    """Points of length 1 around one axis per label."""
    random = np.random.default_rng(5)
    centres = np.repeat(np.eye(len(labels), 8), each, axis=0)
    points = centres + random.normal(0, spread, centres.shape)
    return points / np.linalg.norm(points, axis=1, keepdims=True), [label for label in labels for _ in range(each)]


@pytest.mark.parametrize("labels", [["a", "b"], ["a", "b", "c", "d"]])
def test_separate_clouds_are_told_apart(labels: list[str]) -> None:
    vectors, names = clouds(labels, spread=0.05)
    model = train(vectors, names, [10.0])
    confidences = model.confidences(vectors)
    assert [model.labels[best] for best in confidences.argmax(axis=1)] == names
    assert confidences.sum(axis=1) == pytest.approx(np.ones(len(names)))
    assert confidences.max(axis=1).mean() > 0.9


def test_confidence_of_overlapping_clouds_is_as_high_as_they_are_often_right() -> None:
    vectors, names = clouds(["a", "b", "c"], spread=0.6, each=200)
    fresh, truth = vectors[::2], names[::2]
    model = train(vectors[1::2], names[1::2], [10.0, 50.0])
    confidences = model.confidences(fresh)
    right = np.mean([model.labels[best] == name for best, name in zip(confidences.argmax(axis=1), truth, strict=True)])
    assert 0.6 < right < 0.95
    assert confidences.max(axis=1).mean() == pytest.approx(right, abs=0.05)


def test_the_same_data_and_seed_give_the_same_model() -> None:
    vectors, names = clouds(["a", "b", "c"], spread=0.4)
    first, second = train(vectors, names, [5.0, 20.0]), train(vectors, names, [5.0, 20.0])
    assert np.array_equal(first.weights, second.weights)
    assert first.temperature == second.temperature


def test_a_model_survives_its_file() -> None:
    vectors, names = clouds(["a", "b", "c"], spread=0.3)
    model, file = train(vectors, names, [10.0]), io.BytesIO()
    np.savez(file, **model.as_arrays())
    file.seek(0)
    with np.load(file, allow_pickle=False) as arrays:
        again = IntentModel.from_arrays(arrays)
    assert again.labels == model.labels
    assert again.confidences(vectors) == pytest.approx(model.confidences(vectors), abs=1e-5)


@pytest.mark.parametrize(
    ("labels", "reason"), [(["a"] * 4, "two intents"), (["a", "a", "a", "b"], "'b' has one example")]
)
def test_too_few_examples_are_named(labels: list[str], reason: str) -> None:
    with pytest.raises(TooFewExamplesError, match=reason):
        train(np.eye(4), labels, [10.0])


def test_softmax_and_log_loss_follow_their_formulas() -> None:
    scores = np.array([[np.log(1.0), np.log(3.0)]])
    assert softmax(scores)[0] == pytest.approx([1 / 4, 3 / 4])
    assert log_loss(scores, np.array([1])) == pytest.approx(-np.log(3 / 4))


def test_likeness_is_the_cosine_to_the_nearest_example_of_the_intent() -> None:
    known = Familiarity.of(np.array([[1.0, 0.0], [0.0, 1.0], [0.6, 0.8]]), ["greet", "thank", "greet"])
    assert known.likeness(np.array([0.8, 0.6]), "greet") == pytest.approx(0.8 * 0.6 + 0.6 * 0.8)
    assert known.likeness(np.array([0.8, 0.6]), "thank") == pytest.approx(0.6)
    assert known.likeness(np.array([-1.0, 0.0]), "thank") == 0.0
    assert known.likeness(np.array([1.0, 0.0]), "never trained") == 0.0


def test_examples_survive_their_file() -> None:
    known = Familiarity.of(np.eye(3), ["c", "a", "a"])
    again = Familiarity.from_arrays(known.as_arrays())
    assert again.likeness(np.eye(3)[0], "c") == 1.0
    assert again.likeness(np.eye(3)[0], "a") == 0.0


@pytest.mark.parametrize(
    ("confidences", "likeness", "understood"),
    [
        ([0.9, 0.05], 0.8, True),
        ([0.9, 0.05], 0.3, False),  # sure, but of something it has never seen the like of
        ([0.4, 0.3], 0.9, True),
        ([0.4, 0.36], 0.9, False),  # two intents too close
        ([1.0], 1.0, True),
        ([], 1.0, False),
    ],
)
def test_doubt_weighs_confidence_familiarity_and_margin(
    confidences: list[float], likeness: float, understood: bool
) -> None:
    assert Doubt(least_trust=0.3, least_margin=0.05).understood(confidences, likeness) is understood


def test_trust_is_confidence_times_likeness() -> None:
    assert trust([0.8, 0.1], 0.5) == 0.8 * 0.5
    assert trust([], 0.5) == 0.0
