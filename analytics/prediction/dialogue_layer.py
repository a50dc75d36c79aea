"""Conversations on top of a model of churn: its log-odds moved by mood, trouble and silence in the chat.

The model of churn stays as it is. On the customers of an earlier day, of whom it foretold something and of whom it is
known what came, a logistic regression learns how far its odds were off by what conversations told then. Its prior says
"not at all", and it is used only where it would have done better on customers it had not seen.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pyarrow as pa
from scipy.special import logit

from analytics import columns as c
from analytics.features.dialogues import DIALOGUE
from analytics.prediction.bayes_logistic import Logistic, fit_logistic
from analytics.prediction.visits import Floats

#: Customers who spoke, and of them who stayed and who left, without which nothing is learned.
_LEAST_SPOKE, _LEAST_OF_EACH = 100, 20
_FOLDS = 5
#: Standard errors of the mean gain by which it must do better than the same odds, set right without conversations.
_SURE = 2.0
#: Of the prior: constant, slope of the model's own odds, and each figure of conversations (standardised).
_CONSTANT, _SLOPE, _FIGURE = 0.2, 0.1, 0.2

#: Columns of `dialogue_matrix`.
NAMES = (*DIALOGUE, "spoke")


@dataclass(frozen=True, slots=True, kw_only=True)
class DialogueLayer:
    """What was learned; `gain` in log loss a customer, on customers not learned from."""

    mean: Floats
    deviation: Floats
    logistic: Logistic
    gain: float

    def apply(self, churn: Floats, dialogue: Floats) -> Floats:
        """Give the churn probabilities moved; of those who never spoke they stay as they are.

        Parameters
        ----------
        churn : of the model beneath, 0..1.
        dialogue : rows of `dialogue_matrix` of the same customers.
        """
        moved = self.logistic.chances(_rows(churn, (dialogue - self.mean) / self.deviation))
        return np.where(dialogue[:, -1] > 0, moved, churn)


def dialogue_matrix(features: pa.Table, customers: tuple[str, ...]) -> Floats:
    """Give the table of `analytics.features.dialogues.dialogue_features` as a row for each customer, columns `NAMES`.

    Who never spoke has a row of zeros; counts are told as log(1 + count), an unknown mood as 0.
    """
    place = {customer: at for at, customer in enumerate(customers)}
    ids = features.column(c.CUSTOMER_ID).to_pylist()
    known = np.array([at for at, one in enumerate(ids) if one in place], dtype=np.int64)
    rows = np.array([place[ids[at]] for at in known], dtype=np.int64)
    matrix = np.zeros((len(customers), len(NAMES)))
    for at, name in enumerate(DIALOGUE):
        values = np.nan_to_num(np.asarray(features.column(name).to_numpy(), dtype=np.float64)[known])
        matrix[rows, at] = np.log1p(values) if name.endswith(("_lately", "_open")) else values
    matrix[rows, -1] = 1.0
    return matrix


def fit_dialogue_layer(churn: Floats, dialogue: Floats, gone: Floats) -> DialogueLayer | None:
    """Learn from an earlier day; None where too few spoke, or it would not have helped.

    Parameters
    ----------
    churn : what the model foretold then, of customers it had not learned the outcome of.
    dialogue : rows of `dialogue_matrix` as of then.
    gone : 1.0 for those who then ordered nothing within the horizon, else 0.0.
    """
    spoke = dialogue[:, -1] > 0
    churn, dialogue, gone = churn[spoke], dialogue[spoke], gone[spoke]
    if len(gone) < _LEAST_SPOKE or min(gone.sum(), len(gone) - gone.sum()) < _LEAST_OF_EACH:
        return None
    mean, deviation = dialogue.mean(axis=0), dialogue.std(axis=0)
    deviation[deviation < 1e-9] = 1.0
    rows = _rows(churn, (dialogue - mean) / deviation)
    fold = np.arange(len(gone)) % _FOLDS
    moved, plain = np.zeros(len(gone)), np.zeros(len(gone))
    for number in range(_FOLDS):
        seen = fold != number
        moved[~seen] = _fit(rows[seen], gone[seen]).chances(rows[~seen])
        plain[~seen] = _fit(rows[seen, :1], gone[seen]).chances(rows[~seen, :1])
    better = _losses(plain, gone) - _losses(moved, gone)
    gain = float(better.mean())
    if gain < _SURE * float(better.std()) / np.sqrt(len(gone)):
        return None
    return DialogueLayer(mean=mean, deviation=deviation, logistic=_fit(rows, gone), gain=gain)


def _rows(churn: Floats, figures: Floats) -> Floats:
    return np.column_stack([logit(np.clip(churn, 1e-4, 1 - 1e-4)), figures])


def _fit(rows: Floats, gone: Floats) -> Logistic:
    width = rows.shape[1]
    mean = np.zeros(width + 1)
    mean[1] = 1.0
    deviation = np.full(width + 1, _FIGURE)
    deviation[:2] = _CONSTANT, _SLOPE
    return fit_logistic(rows, gone, mean, deviation)


def _losses(chance: Floats, truth: Floats) -> Floats:
    inside = np.clip(chance, 1e-4, 1 - 1e-4)
    return np.asarray(-(truth * np.log(inside) + (1 - truth) * np.log(1 - inside)), dtype=np.float64)
