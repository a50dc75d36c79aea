"""The tone of a message: by its likeness to landmarks, and learnt from ratings that no plane could tell apart."""

from __future__ import annotations

import math

import numpy as np
import pytest

from language.sentiment import FIGURES
from language.tone import MANNER_SCALE, VADER_SCALE, ToneError, ToneHead, ToneSettings, fit_tone, scaled

EVEN = ToneSettings(landmarks=4, sharpness=1.0, strength=1e-6)


def figures(*first_two: tuple[float, float]) -> np.ndarray:
    """Messages whose vectors differ in the first two figures only."""
    return np.pad(np.array(first_two), ((0, 0), (0, FIGURES - 2)))


def test_a_tone_is_what_the_landmarks_near_by_say() -> None:
    landmarks = np.zeros((2, FIGURES), dtype=np.int8)
    landmarks[0, 0], landmarks[1, 0] = 2, -2  # at 1.0 and -1.0, a step being a half
    head = ToneHead(landmarks, 0.5, 1.0, np.array([0.8, -0.4]), 0.1)
    assert head(figures((1.0, 0.0)))[0] == pytest.approx(0.8 * 1 - 0.4 * math.exp(-(2**2)) + 0.1, abs=1e-6)
    assert head(figures((0.0, 0.0)))[0] == pytest.approx((0.8 - 0.4) * math.exp(-1) + 0.1, abs=1e-6)


def test_it_learns_what_no_plane_can_tell() -> None:
    """Good when both figures agree, bad when they differ."""
    seen, ratings = figures((1, 1), (-1, -1), (1, -1), (-1, 1)), np.array([0.7, 0.7, -0.7, -0.7])
    head = fit_tone(seen, ratings, np.ones(4), EVEN)
    assert head(seen) == pytest.approx(ratings, abs=0.02)


def test_vader_and_manner_count_less_than_the_meaning() -> None:
    seen = np.ones((1, FIGURES))
    assert set(np.unique(scaled(seen))) == {1.0, VADER_SCALE, MANNER_SCALE}


def test_a_head_is_read_as_it_was_written() -> None:
    seen, ratings = figures((1, 1), (-1, -1), (1, -1), (-1, 1)), np.array([0.7, 0.7, -0.7, -0.7])
    head = fit_tone(seen, ratings, np.ones(4), EVEN)
    again = ToneHead.from_document(head.document(), FIGURES)
    assert again(seen) == pytest.approx(head(seen), abs=0.001)


def test_landmarks_without_weights_are_refused() -> None:
    with pytest.raises(ToneError, match="do not fit"):
        ToneHead(np.zeros((2, FIGURES), dtype=np.int8), 1.0, 1.0, np.zeros(1), 0.0)
