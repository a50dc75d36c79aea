"""Who answers: the mean of a logistic regression and boosted trees, set right on the latest outcomes."""

from __future__ import annotations

from dataclasses import dataclass

import lightgbm as lgb
import numpy as np
from scipy.special import expit, logit

from analytics.prediction.bayes_logistic import Logistic, fit_logistic
from analytics.prediction.visits import Floats

#: Without so many answers trees learn noise: the regression alone speaks.
_LEAST_FOR_TREES = 100
#: Share of the entries, the latest, on which levels are set right.
_TRIED_SHARE = 0.25
_LEAST_TRIED = 20
_TREES = 100
_SETTINGS = {
    "objective": "binary",
    "num_leaves": 7,
    "min_data_in_leaf": 40,
    "learning_rate": 0.05,
    "feature_fraction": 0.7,
    "lambda_l2": 5.0,
    "num_threads": 1,
    "deterministic": True,
    "verbose": -1,
}
#: Of the prior on constant and slope of the level: one campaign that went badly does not turn everything.
_LEVEL_DEVIATION = np.array([0.2, 0.1])
_WEIGHT_DEVIATION, _CONSTANT_DEVIATION = 0.7, 5.0


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerModel:
    """A fitted blend. `level` holds constant and slope that set its log-odds right."""

    mean: Floats
    deviation: Floats
    logistic: Logistic
    booster: lgb.Booster | None
    level: Floats

    def chances(self, figures: Floats) -> Floats:
        """Give the probability of each row."""
        raw = self._raw(figures)
        return np.asarray(expit(self.level[0] + self.level[1] * logit(raw)), dtype=np.float64)

    def _raw(self, figures: Floats) -> Floats:
        plain = self.logistic.chances((figures - self.mean) / self.deviation)
        if self.booster is not None:
            plain = (plain + np.asarray(self.booster.predict(figures, num_threads=1))) / 2
        return np.clip(plain, 1e-6, 1 - 1e-6)


def fit_answers(figures: Floats, answered: Floats, seed: int = 0, *, in_time: bool = True) -> AnswerModel:
    """Learn who answers.

    Parameters
    ----------
    figures : finite, a row an asking, oldest first.
    answered : 1.0 or 0.0 of each row; both must be there.
    in_time : whether rows come in the order of time. Then the level is set right on the last quarter, foretold from
        what came before it: answers grow rarer or more frequent from campaign to campaign.
    """
    whole = _fit(figures, answered, seed)
    cut = int(len(answered) * (1 - _TRIED_SHARE))
    before, after = answered[:cut], answered[cut:]
    tried = min(before.sum(), cut - before.sum(), after.sum(), len(after) - after.sum())
    if not in_time or tried < _LEAST_TRIED:
        return whole
    trial = _fit(figures[:cut], before, seed)
    odds = logit(trial._raw(figures[cut:]))[:, None]
    level = fit_logistic(odds, after, np.array([0.0, 1.0]), _LEVEL_DEVIATION).weights
    return AnswerModel(
        mean=whole.mean, deviation=whole.deviation, logistic=whole.logistic, booster=whole.booster, level=level
    )


def _fit(figures: Floats, answered: Floats, seed: int) -> AnswerModel:
    mean, deviation = figures.mean(axis=0), np.maximum(figures.std(axis=0), 1e-9)
    width = figures.shape[1]
    prior = np.concatenate([[_CONSTANT_DEVIATION], np.full(width, _WEIGHT_DEVIATION)])
    logistic = fit_logistic((figures - mean) / deviation, answered, np.zeros(width + 1), prior)
    booster = None
    if min(answered.sum(), len(answered) - answered.sum()) >= _LEAST_FOR_TREES:
        booster = lgb.train({**_SETTINGS, "seed": seed}, lgb.Dataset(figures, answered), _TREES)
    return AnswerModel(mean=mean, deviation=deviation, logistic=logistic, booster=booster, level=np.array([0.0, 1.0]))
