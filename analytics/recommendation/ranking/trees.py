"""The learned blend: gradient-boosted trees that tell how likely a candidate is bought (LightGBM, one thread)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import lightgbm
import numpy as np
from numpy.typing import NDArray

from analytics.recommendation.ranking.features import FEATURES
from analytics.recommendation.ranking.leaves import Leaves

Floats = NDArray[np.float32]

#: Chosen on earlier months of Online Retail, months before those of any benchmark.
SETTINGS: dict[str, Any] = {
    "objective": "cross_entropy", "num_leaves": 15, "learning_rate": 0.1, "min_child_samples": 100,
    "feature_fraction": 0.5, "bagging_fraction": 0.8, "bagging_freq": 1, "lambda_l2": 5.0, "max_bin": 63,
    "verbose": -1, "num_threads": 1, "seed": 1, "deterministic": True, "force_row_wise": True,
}  # fmt: skip
ROUNDS = 110


class Trees:
    """Trained trees; equal text gives equal trees."""

    def __init__(self, text: str) -> None:
        self.text = text
        self._leaves = Leaves(text)

    def score(self, features: Floats) -> NDArray[np.float64]:
        """Give the chance that each candidate is bought, (candidates,), 0..1; what `Booster.predict` says."""
        return np.asarray(1 / (1 + np.exp(-self._leaves.total(features))), np.float64)

    def gains(self) -> dict[str, float]:
        """Give the share each feature has in what the trees gained, the largest first."""
        gained = lightgbm.Booster(model_str=self.text).feature_importance("gain")
        shares = dict(zip(FEATURES, (gained / max(gained.sum(), 1e-9)).tolist(), strict=True))
        return dict(sorted(shares.items(), key=lambda entry: -entry[1]))


def fit_trees(examples: Sequence[tuple[Floats, Floats]], left_out: Sequence[str] = ()) -> Trees:
    """Learn the chance that a candidate is bought.

    Parameters
    ----------
    examples : of each list (features, [share of baskets it was bought in, weight] of each candidate).
    left_out : features that are not to be used: an ablation.
    """
    features = np.concatenate([one for one, _ in examples])
    if left_out:
        features[:, [FEATURES.index(name) for name in left_out]] = 0.0
    truth = np.concatenate([one for _, one in examples])
    data = lightgbm.Dataset(features, truth[:, 0].copy(), weight=truth[:, 1].copy(), feature_name=list(FEATURES))
    settings = SETTINGS | {"min_child_samples": min(SETTINGS["min_child_samples"], max(5, len(truth) // 200))}
    return Trees(lightgbm.train(settings, data, ROUNDS).model_to_string())
