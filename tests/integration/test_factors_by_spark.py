"""Factors of products by Spark rank next baskets as well as those that are learnt in this process."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np
import pytest

from analytics.evaluation.metrics import ndcg_at
from analytics.recommendation.purchases import Purchases
from analytics.recommendation.ranking.factors import FACTORS, Factors, fit_factors
from analytics.recommendation.ranking.ledger import Ledger
from analytics.recommendation.ranking.spark_factors import spark_factors
from analytics.recommendation.ranking.targets import next_baskets
from analytics.recommendation.ranking.taste import taste_of
from tests.support.planted_shop import planted_shop
from tests.support.spark import spark_session

pytestmark = pytest.mark.integration

HELD_OUT = 25.0


@pytest.fixture(scope="module")
def spark() -> Iterator[Any]:
    with spark_session() as session:
        yield session


def quality(purchases: Purchases, ledger: Ledger, factors: Factors) -> float:
    """Give the mean nDCG@10 of next baskets, products in the order of their factors' score."""
    targets = next_baskets(purchases, HELD_OUT, HELD_OUT)
    figures = []
    for place, customer in enumerate(targets.customers.tolist()):
        scores = factors.scores(taste_of(ledger.history(customer)))
        figures.append(ndcg_at(10, np.argsort(-scores, kind="stable").tolist(), set(targets.of(place).tolist())))
    return float(np.mean(figures))


def test_factors_by_spark_rank_next_baskets_as_well_as_those_of_this_process(spark: Any) -> None:
    purchases, on_sale = planted_shop(customers=150)
    width = len(on_sale.products) + 1  # the last one nobody bought
    position = np.arange(len(on_sale.products), dtype=np.int32)
    ledger = Ledger.of(purchases.as_of(HELD_OUT), position, width)
    ours, theirs = fit_factors(ledger), spark_factors(spark)(ledger)
    assert theirs.items.shape == (width, FACTORS)
    assert not theirs.items[-1].any()
    assert (np.abs(theirs.items[np.unique(ledger.product)]).sum(axis=1) > 0).all()
    here, there = (quality(purchases, ledger, factors) for factors in (ours, theirs))
    by_chance = quality(purchases, ledger, Factors.of(np.ones_like(ours.items), 1.0))
    assert here > 3 * by_chance
    assert there == pytest.approx(here, rel=0.1)


def test_where_nothing_was_bought_spark_is_not_asked() -> None:
    purchases, on_sale = planted_shop(customers=1)
    nothing = purchases.only(np.zeros(len(purchases.age), bool))
    ledger = Ledger.of(nothing, np.arange(len(on_sale.products), dtype=np.int32), len(on_sale.products))
    assert not spark_factors(None)(ledger).items.any()
