"""Conversations on top of churn: used where they help customers not learned from, else left alone."""

from __future__ import annotations

import numpy as np
import pyarrow as pa
import pytest

from analytics import columns as c
from analytics.features.dialogues import DIALOGUE
from analytics.prediction.dialogue_layer import NAMES, dialogue_matrix, fit_dialogue_layer


def customers(count: int, effect: float, seed: int = 0) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Churn as foretold, conversations (a mood, the rest zero), and who left by both."""
    random = np.random.default_rng(seed)
    odds = random.normal(0, 1, count)
    mood = random.normal(0, 0.5, count)
    dialogue = np.zeros((count, len(NAMES)))
    dialogue[:, 0], dialogue[:, -1] = mood, 1.0
    dialogue[: count // 4] = 0.0  # a quarter never spoke
    gone = random.random(count) < 1 / (1 + np.exp(-(odds - effect * dialogue[:, 0])))
    return 1 / (1 + np.exp(-odds)), dialogue, gone.astype(np.float64)


def test_an_unhappy_customer_is_likelier_gone_where_that_was_so_before() -> None:
    churn, dialogue, gone = customers(2000, 1.5)
    layer = fit_dialogue_layer(churn, dialogue, gone)
    assert layer is not None
    asked = np.zeros((3, len(NAMES)))
    asked[:2, 0], asked[:2, -1] = (-0.8, 0.8), 1.0
    unhappy, happy, silent = layer.apply(np.full(3, 0.4), asked).tolist()
    assert unhappy > 0.4 > happy
    assert silent == 0.4  # she never spoke


def test_without_an_effect_or_with_few_who_spoke_nothing_is_moved() -> None:
    assert fit_dialogue_layer(*customers(2000, 0.0)) is None
    assert fit_dialogue_layer(*customers(80, 3.0)) is None


def test_the_matrix_has_a_row_for_each_customer_and_zeros_for_who_never_spoke() -> None:
    row = {name: 0.0 for name in DIALOGUE} | {c.SENTIMENT_LEVEL: -0.5, c.TURNS_LATELY: 3.0}
    table = pa.table({c.CUSTOMER_ID: ["ben", "unknown"], **{name: [value, value] for name, value in row.items()}})
    matrix = dialogue_matrix(table, ("ana", "ben"))
    assert matrix[0].tolist() == [0.0] * len(NAMES)
    assert matrix[1, NAMES.index(c.SENTIMENT_LEVEL)] == -0.5
    assert matrix[1, NAMES.index(c.TURNS_LATELY)] == pytest.approx(np.log1p(3))
    assert matrix[1, -1] == 1.0
