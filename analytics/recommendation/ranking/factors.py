"""Matrix factorisation: each product as a few numbers; a customer's own follow from what she bought."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
from implicit.als import AlternatingLeastSquares
from numpy.typing import NDArray
from scipy import sparse
from threadpoolctl import threadpool_limits

from analytics.recommendation.ranking.ledger import Ledger
from analytics.recommendation.ranking.linear import most_bought
from analytics.recommendation.ranking.taste import MIDDLE, Taste

Floats = NDArray[np.float32]

#: Products factorised: those bought most. What few bought is not told apart by its factors, and all are multiplied
#: with hers for every list.
FACTORS, ROUNDS, PRODUCTS = 48, 6, 5_000
#: Confidence in a purchase of today (Hu, Koren and Volinsky, ICDM 2008), and the ridge as a share of the root mean
#: square of the singular values, each of which it makes so much smaller: what lies below it is noise. With next to no
#: ridge factors are worth a seventh less on earlier months of Online Retail; twice as much ruins those of small shops.
CONFIDENCE, RIDGE = 5.0, 0.3


@dataclass(frozen=True, eq=False, kw_only=True)
class Factors:
    """`items` : (products × factors), zeros for one that was not learnt. `gram` : itemsᵀ · items + ridge."""

    items: Floats
    gram: Floats

    @classmethod
    def of(cls, items: Floats, ridge: float) -> Factors:
        """Prepare what folding in needs."""
        return cls(items=items, gram=items.T @ items + np.float32(ridge) * np.eye(items.shape[1], dtype=np.float32))

    @cached_property
    def _learnt(self) -> tuple[NDArray[np.int64], Floats]:
        """Give the products that were learnt and their factors."""
        learnt = np.flatnonzero(self.items.any(axis=1))
        return learnt, self.items[learnt]

    def scores(self, taste: Taste) -> Floats:
        """Give every product's score for a customer, (products,), 0 for those who bought nothing.

        Her factors are the minimum of the same loss with the products held fast.
        """
        scores = np.zeros(len(self.items), np.float32)
        if len(taste.products) == 0:
            return scores
        lead = taste.leading
        bought, confidence = self.items[taste.products[lead]], np.float32(CONFIDENCE) * taste.middle[lead]
        system = self.gram + (bought * confidence[:, None]).T @ bought
        hers = np.linalg.solve(system, bought.T @ (1 + confidence))
        learnt, items = self._learnt
        scores[learnt] = np.maximum(items @ hers.astype(np.float32), 0.0)
        return scores


def decayed_purchases(ledger: Ledger) -> Any:
    """Give how often each customer bought each product, CSR (customers × products), older purchases counting less.

    Only the `PRODUCTS` bought most are told.
    """
    _, place = most_bought(ledger, PRODUCTS)
    told = place[ledger.product] >= 0
    weight = np.exp2(ledger.age[told] / -MIDDLE).astype(np.float32)
    pairs = (ledger.customer[told], ledger.product[told])
    bought = sparse.csr_matrix((weight, pairs), shape=(ledger.customers, ledger.width))
    bought.sum_duplicates()
    return bought


def ridge_of(bought: Any) -> float:
    """Give the ridge that suits so many and such purchases, > 0 where there are any.

    Parameters
    ----------
    bought : CSR (customers × products), as `decayed_purchases` gives it.
    """
    rank = min(np.count_nonzero(np.diff(bought.indptr)), len(np.unique(bought.indices)))
    squares = np.sum((1 + CONFIDENCE * bought.data.astype(np.float64)) ** 2)
    return RIDGE * float(np.sqrt(squares / max(rank, 1)))


def fit_factors(ledger: Ledger) -> Factors:
    """Learn the factors of products by alternating least squares, one thread, fixed seed."""
    bought = decayed_purchases(ledger)
    if bought.nnz == 0:
        return Factors.of(np.zeros((ledger.width, FACTORS), np.float32), 1.0)
    ridge = ridge_of(bought)
    with threadpool_limits(1, "blas"):  # its own threads and those of BLAS get in each other's way
        model = AlternatingLeastSquares(
            factors=FACTORS,
            regularization=ridge,
            alpha=CONFIDENCE,
            iterations=ROUNDS,
            num_threads=1,
            random_state=0,
            use_gpu=False,
        )
        model.fit(bought, show_progress=False)
    return Factors.of(np.asarray(model.item_factors, np.float32), ridge)
