"""Churn with what conversations told, where the shop has them and they would have helped on its own last months."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import numpy as np

from analytics.features.dialogues import dialogue_features, load_dialogues
from analytics.prediction.dialogue_layer import dialogue_matrix, fit_dialogue_layer
from analytics.prediction.history import Floats, History, Ints
from analytics.prediction.making import Material
from analytics.prediction.serving import LEARNT, Serving

_UNIX = datetime(1970, 1, 1, tzinfo=UTC)


def with_dialogue(material: Material, serving: Serving) -> Serving:
    """Give the same with churn moved by conversations; as it is where they are too few, or would not have helped.

    Parameters
    ----------
    material : of the job; without a database there are no conversations.
    serving : of `material.history`; what its models foretold of an earlier day, and what came, is what is learned from.
    """
    tested = serving.tested
    if tested is None or material.database is None or not load_dialogues(material.database, material.sales):
        return serving
    drawn = material.history.some(LEARNT)  # the customers that models were tried on
    then = _matrix(material, drawn, tested.summary.customer, _UNIX + timedelta(days=tested.day))
    gone = (tested.orders == 0).astype(np.float64)
    layer = fit_dialogue_layer(tested.said[serving.chosen.churn].churn, then, gone)
    if layer is None:
        return serving
    now = _matrix(material, material.history, serving.summary.customer, material.now)
    churn = layer.apply(serving.expected.churn, now)
    return replace(serving, expected=replace(serving.expected, churn=churn))


def _matrix(material: Material, history: History, customer: Ints, moment: datetime) -> Floats:
    names = tuple(history.customers[place] for place in customer.tolist())
    return dialogue_matrix(dialogue_features(material.sales, moment), names)
