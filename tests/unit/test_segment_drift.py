"""Drift: the index by hand, and what it makes of a shop that changed."""

from __future__ import annotations

from datetime import UTC, datetime
from math import log

import numpy as np
import pytest

from analytics import columns as c
from analytics.segmentation.drift import drift_of, level, profile_of, psi

NOW = datetime(2026, 5, 3, tzinfo=UTC)


def test_the_index_is_the_sum_over_bins_of_difference_times_log_of_ratio() -> None:
    expected = (0.75 - 0.5) * log(0.75 / 0.5) + (0.25 - 0.5) * log(0.25 / 0.5)
    assert psi(np.array([0.5, 0.5]), np.array([0.75, 0.25]), 100) == pytest.approx(expected)


def test_an_empty_bin_counts_as_half_a_customer() -> None:
    expected = (1 - 0.5) * log(1 / 0.5) + (0.005 - 0.5) * log(0.005 / 0.5)
    assert psi(np.array([0.5, 0.5]), np.array([1.0, 0.0]), 100) == pytest.approx(expected)


@pytest.mark.parametrize(("value", "reads"), [(0.09, "steady"), (0.2, "moving"), (0.3, "drifted")])
def test_the_index_reads_as_usual(value: float, reads: str) -> None:
    assert level(value) == reads


def test_the_same_customers_have_not_drifted_and_later_ones_have() -> None:
    columns = {c.RECENCY_DAYS: np.arange(100.0), c.DAYS_BETWEEN_ORDERS: np.where(np.arange(100) < 30, np.nan, 7.0)}
    kept = profile_of(columns, tuple(columns))
    assert kept[c.DAYS_BETWEEN_ORDERS]["shares"][-1] == pytest.approx(0.3)  # one order, a bin of their own
    same = drift_of(columns, kept, ({1: 60, 2: 40}, {1: 60, 2: 40}), NOW)
    assert (same.worst, same.rebuild) == (0.0, False)
    later = drift_of({**columns, c.RECENCY_DAYS: np.arange(100.0) + 60}, kept, ({1: 60, 2: 40}, {1: 60, 2: 40}), NOW)
    assert later.rebuild
    assert [figure.level for figure in later.figures] == ["drifted", "steady"]


def test_sizes_of_segments_drift_too() -> None:
    columns = {c.FREQUENCY: np.arange(100.0)}
    drift = drift_of(columns, profile_of(columns, (c.FREQUENCY,)), ({1: 50, 2: 50}, {1: 90, 3: 10}), NOW)
    assert drift.rebuild
    assert drift.sizes == drift.worst
