"""Matrix factorisation by Spark MLlib: the same factors of products from more purchases than one machine takes."""

from __future__ import annotations

from typing import Any

import numpy as np
import pyarrow as pa

from analytics.recommendation.ranking.factors import CONFIDENCE, FACTORS, ROUNDS, Factors, decayed_purchases, ridge_of
from analytics.recommendation.ranking.knowledge import FitFactors
from analytics.recommendation.ranking.ledger import Ledger

#: Pairs of customer and product that a worker holds at once, some 100 MB with what it is sent; and blocks at most.
_A_BLOCK, _MOST_BLOCKS = 1_000_000, 200
_CUSTOMER, _PRODUCT, _WEIGHT = "customer", "product", "weight"
_SQUARE = "aggregate(features, 0D, (sum, value) -> sum + value * value)"


def spark_factors(session: Any) -> FitFactors:
    """Give the way to factorise with alternating least squares of Spark MLlib (`pyspark.ml.recommendation.ALS`).

    Parameters
    ----------
    session : a SparkSession, local or of a cluster; the caller stops it after the last use.

    Returns
    -------
    FitFactors
        Gives what `fit_factors` gives: products in the order of the ledger, zeros for one that nobody bought.
    """
    return lambda ledger: _fitted(session, ledger)


def _fitted(session: Any, ledger: Ledger) -> Factors:
    bought = decayed_purchases(ledger)
    items = np.zeros((ledger.width, FACTORS), np.float32)
    if bought.nnz == 0:
        return Factors.of(items, 1.0)
    model = _model(session, bought)
    learnt: pa.Table = model.itemFactors.toArrow()
    places = learnt["id"].to_numpy()
    items[places] = learnt["features"].combine_chunks().flatten().to_numpy().reshape(len(places), FACTORS)
    # Spark leaves open which side is how long. Folding a customer in takes the same ridge of both sides for granted;
    # at the minimum of that loss both are equally long.
    customers = model.userFactors.selectExpr(f"sum({_SQUARE})").first()[0]
    longer = np.float32((customers / np.sum(items.astype(np.float64) ** 2)) ** 0.25)
    return Factors.of(items * longer, ridge_of(bought))


def _model(session: Any, bought: Any) -> Any:
    from pyspark.ml.recommendation import ALS  # noqa: PLC0415  (an extra)

    pairs = bought.tocoo()
    table = pa.table({_CUSTOMER: pairs.row.astype(np.int32), _PRODUCT: pairs.col.astype(np.int32), _WEIGHT: pairs.data})
    blocks = min(-(-bought.nnz // _A_BLOCK), _MOST_BLOCKS)
    trainer = ALS(
        rank=FACTORS, maxIter=ROUNDS, regParam=_ridge(bought), alpha=CONFIDENCE, implicitPrefs=True, nonnegative=False,
        seed=0, numUserBlocks=blocks, numItemBlocks=blocks, userCol=_CUSTOMER, itemCol=_PRODUCT, ratingCol=_WEIGHT,
    )  # fmt: skip
    return trainer.fit(session.createDataFrame(table))


def _ridge(bought: Any) -> float:
    """Give Spark's ridge for ours: Spark multiplies it by the pairs of each customer, and of each product.

    A customer counts for as much as a product there (x · y is the same with x twice and y half as long), so what has
    to agree is the product of both ridges, at the mean number of pairs.
    """
    customers = np.count_nonzero(np.diff(bought.indptr))
    products = len(np.unique(bought.indices))
    return ridge_of(bought) * float(np.sqrt(customers * products)) / int(bought.nnz)
