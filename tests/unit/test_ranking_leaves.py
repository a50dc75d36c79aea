"""Trees read as arrays say what the library says that grew them."""

from __future__ import annotations

from typing import Any

import lightgbm
import numpy as np
import pytest
from numpy.typing import NDArray

from analytics.recommendation.ranking.leaves import Leaves

Floats = NDArray[np.float32]


def example(rows: int = 1500) -> tuple[Floats, Floats]:
    """Give rows of five features, of which the second is often unknown and the third counts, and what came of them."""
    chance = np.random.default_rng(4)
    features = chance.standard_normal((rows, 5)).astype(np.float32)
    features[chance.random(rows) < 0.4, 1] = np.nan
    features[:, 2] = chance.integers(0, 4, rows)
    likely = np.nan_to_num(features[:, 1], nan=-0.7) + features[:, 2] * features[:, 0]
    return features, (likely + chance.standard_normal(rows) > 0).astype(np.float32)


def grown(features: Floats, truth: Floats, **settings: Any) -> lightgbm.Booster:
    quiet = {"objective": "binary", "verbose": -1, "num_threads": 1, "min_child_samples": 5}
    return lightgbm.train(quiet | settings, lightgbm.Dataset(features, truth), 30)


@pytest.mark.parametrize("leaves", [2, 3, 15, 16, 17, 31, 33, 64])
def test_all_rows_get_the_sum_of_their_leaves(leaves: int) -> None:
    features, truth = example()
    booster = grown(features, truth, num_leaves=leaves)
    total = Leaves(booster.model_to_string()).total(features)
    assert total == pytest.approx(booster.predict(features, raw_score=True), abs=1e-12)
    assert len(np.unique(total)) > leaves


def test_unknown_values_go_where_the_library_sends_them_of_features_that_were_never_unknown_too() -> None:
    features, truth = example()
    booster = grown(features, truth)
    asked = features.copy()
    asked[::2, 1:4] = np.nan
    total = Leaves(booster.model_to_string()).total(asked)
    assert total == pytest.approx(booster.predict(asked, raw_score=True), abs=1e-12)
    assert not np.array_equal(total, Leaves(booster.model_to_string()).total(features))


def test_a_value_on_a_threshold_goes_left_as_in_the_library() -> None:
    features, truth = example()
    booster = grown(np.round(features, 1), truth, max_bin=7)
    thresholds = {
        float(value)
        for line in booster.model_to_string().splitlines()
        if line.startswith("threshold=")
        for value in line.removeprefix("threshold=").split()
    }
    near = np.array(sorted(thresholds), np.float32)
    around = np.concatenate([near, np.nextafter(near, np.float32(9)), np.nextafter(near, np.float32(-9))])
    asked = np.repeat(around[:, None], 5, axis=1)
    expected = booster.predict(asked, raw_score=True)
    assert Leaves(booster.model_to_string()).total(asked) == pytest.approx(expected, abs=1e-12)


def test_trees_that_could_not_grow_are_their_one_leaf() -> None:
    features, _ = example(50)
    truth = np.tile([1, 0, 0, 0, 0], 10).astype(np.float32)
    booster = grown(features, truth, min_child_samples=40)
    assert Leaves(booster.model_to_string()).total(features[:3]) == pytest.approx([np.log(0.2 / 0.8)] * 3)


def test_nobody_asked_is_nothing_said() -> None:
    features, truth = example(200)
    assert len(Leaves(grown(features, truth).model_to_string()).total(features[:0])) == 0


def test_trees_with_more_leaves_than_a_word_has_bits_are_refused() -> None:
    features, truth = example(4000)
    booster = grown(features, truth, num_leaves=70)
    with pytest.raises(ValueError, match="70 leaves"):
        Leaves(booster.model_to_string())
