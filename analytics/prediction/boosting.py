"""Small boosted trees (LightGBM, one thread): what a straight line in the signals cannot say."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

import lightgbm
import numpy as np
from numpy.typing import NDArray

from analytics.prediction.history import Floats

Objective = Literal["binary", "poisson", "tweedie"]

#: Shallow trees on a third of the signals each: customers of one shop are few and alike.
SETTINGS: dict[str, Any] = {
    "num_leaves": 8, "learning_rate": 0.05, "min_child_samples": 200, "feature_fraction": 0.3,
    "bagging_fraction": 0.7, "bagging_freq": 1, "lambda_l2": 5.0, "verbose": -1, "num_threads": 1, "seed": 1,
    "deterministic": True, "force_row_wise": True, "max_bin": 63,
}  # fmt: skip
ROUNDS = 120


@dataclass(frozen=True, slots=True)
class Boosted:
    """A trained booster."""

    booster: lightgbm.Booster

    def linear(self, matrix: Floats) -> Floats:
        """Give the raw score: log odds, or the log of the expected figure."""
        return np.asarray(self.booster.predict(matrix, raw_score=True), dtype=np.float64)

    def arrays(self) -> dict[str, NDArray[Any]]:
        """Give its text as bytes."""
        return {"trees": np.frombuffer(self.booster.model_to_string().encode(), dtype=np.uint8)}


def fit_boosted(
    objective: Objective, matrix: Floats, truth: Floats, *, rounds: int = ROUNDS, settings: dict[str, Any] | None = None
) -> Boosted:
    """Train on rows of signals; nan is a value of its own."""
    chosen = SETTINGS | {"objective": objective} | (settings or {})
    chosen["min_child_samples"] = min(chosen["min_child_samples"], max(5, len(truth) // 20))
    return Boosted(lightgbm.train(chosen, lightgbm.Dataset(matrix, truth), rounds))
