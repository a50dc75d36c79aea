"""Two linear models from products bought to products bought: within a customer (EASE), and into her next basket."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy import linalg, sparse

from analytics.recommendation.ranking.ledger import History, Ledger
from analytics.recommendation.ranking.rows import Rows, strongest
from analytics.recommendation.ranking.taste import MIDDLE

Floats = NDArray[np.float32]

#: Products related (the cost grows with their cube), and weights kept of each, negative ones among them.
PRODUCTS, KEPT = 3_500, 200
#: Customers and baskets learnt from: those seen last.
CUSTOMERS, BASKETS = 20_000, 4_000
#: Ridge as a share of the mean of the diagonal. Half and double of them rank alike.
RIDGE, RIDGE_NEXT = 6.0, 10.0
#: Days after which a purchase counts half when the next basket is foretold, and a next basket itself.
MEMORY, LESSON = 120.0, 120.0
#: What a product of two entries costs where they lie sparsely, over what it costs among dense ones.
_SPARSE_COSTS = 100


def bought_too(ledger: Ledger) -> Rows:
    """Solve EASE (Steck, WWW 2019) on what each customer bought, halved every `MIDDLE` days.

    B = −P / diag(P) without its diagonal, P = (XᵀX + λI)⁻¹; X holds square roots, so that no habit drowns the rest.
    """
    some, place = most_bought(ledger, PRODUCTS)
    column = place[ledger.product]
    chosen = np.zeros(ledger.customers, bool)
    chosen[ledger.seen_last(CUSTOMERS)] = True
    kept = np.flatnonzero((column >= 0) & chosen[ledger.customer])
    weight = np.exp2(ledger.age[kept] / -MIDDLE).astype(np.float32)
    bought = sparse.csr_matrix((weight, (ledger.customer[kept], column[kept])), shape=(ledger.customers, len(some)))
    bought.sum_duplicates()
    bought.data = np.sqrt(bought.data)
    gram = _squared(bought)
    if len(some) == 0 or not np.any(gram):
        return _spread(gram, some, ledger.width)
    gram[np.diag_indices(len(some))] += RIDGE * _mean_diagonal(gram)
    inverse = linalg.inv(gram, overwrite_a=True, check_finite=False, assume_a="pos")
    weights = -inverse / np.diag(inverse)
    weights[np.diag_indices(len(some))] = 0.0
    return _spread(weights.astype(np.float32), some, ledger.width)


def next_in_basket(ledger: Ledger) -> Rows:
    """Foretell each basket from all before it: ridge regression on the last `BASKETS` baskets that had one before.

    W = (XᵀDX + λI)⁻¹ XᵀDY; a row of X is what she had bought until then (square roots of decayed counts), of Y what
    lies in the basket, D halves a lesson every `LESSON` days.
    """
    some, place = most_bought(ledger, PRODUCTS)
    lessons = list(_lessons(ledger, place))
    before = _matrix([(products, worth * np.float32(weight)) for products, worth, _, weight in lessons], len(some))
    bought = _matrix([(basket, np.full(len(basket), weight)) for _, _, basket, weight in lessons], len(some))
    gram, into = _squared(before), (before.T @ bought).toarray()
    if not np.any(gram):
        return _spread(into, some, ledger.width)
    gram[np.diag_indices(len(some))] += RIDGE_NEXT * _mean_diagonal(gram)
    weights = linalg.solve(gram, into, overwrite_a=True, overwrite_b=True, check_finite=False, assume_a="pos")
    return _spread(weights, some, ledger.width)


def worth_before(history: History, age: float) -> tuple[NDArray[np.int32], Floats]:
    """Give the products bought more than `age` days ago and what each counts as evidence for a basket then."""
    before = history.age > age
    products, age_then = history.product[before], history.age[before] - np.float32(age)
    if len(products) == 0:
        return products, np.empty(0, np.float32)
    begins = np.flatnonzero(np.concatenate([[True], np.diff(products) != 0]))
    return products[begins], np.sqrt(np.add.reduceat(np.exp2(age_then / -MEMORY), begins)).astype(np.float32)


def _lessons(
    ledger: Ledger, place: NDArray[np.int32]
) -> Iterator[tuple[NDArray[np.int32], Floats, NDArray[np.int32], float]]:
    """Give (products before, their worth, products of the basket, root of the lesson's weight)."""
    base = np.concatenate([[0], np.cumsum(ledger.baskets)]).astype(np.int64)
    ages = np.full(int(base[-1]), np.inf, np.float32)
    ages[base[ledger.customer] + ledger.basket] = ledger.age
    last = np.maximum(base[1:] - 1, 0)[np.diff(base) > 0]
    ages[last] = np.inf  # nothing was bought before it
    chosen = np.argsort(ages, kind="stable")[:BASKETS]
    for number in chosen[np.isfinite(ages[chosen])].tolist():
        customer = int(np.searchsorted(base, number, side="right")) - 1
        history = ledger.history(customer)
        products, worth = worth_before(history, float(ages[number]))
        basket = place[np.unique(history.product[history.basket == number - base[customer]])]
        known = place[products] >= 0
        yield (
            place[products[known]],
            worth[known],
            basket[basket >= 0],
            float(np.exp2(ages[number] / -LESSON / 2)),
        )


def most_bought(ledger: Ledger, most: int) -> tuple[NDArray[np.int32], NDArray[np.int32]]:
    """Give the products bought most, sorted, and the place of every product among them, -1 for the others."""
    worth = np.bincount(ledger.product, weights=np.exp2(ledger.age / -MIDDLE), minlength=ledger.width)
    best = np.argsort(-worth, kind="stable")[:most]
    some = np.sort(best[worth[best] > 0]).astype(np.int32)
    place = np.full(ledger.width, -1, np.int32)
    place[some] = np.arange(len(some), dtype=np.int32)
    return some, place


def _matrix(rows: Sequence[tuple[NDArray[np.int32], NDArray[Any]]], width: int) -> Any:
    """Put rows of (columns, values) under each other, CSR."""
    starts = np.concatenate([[0], np.cumsum([len(columns) for columns, _ in rows])]).astype(np.int32)
    columns = np.concatenate([np.empty(0, np.int32), *(columns for columns, _ in rows)])
    values = np.concatenate([np.empty(0, np.float32), *(values for _, values in rows)], dtype=np.float32)
    return sparse.csr_matrix((values, columns, starts), shape=(len(rows), width))


def _squared(matrix: Any) -> Floats:
    """Give XᵀX of a sparse matrix; where many buy much, dense blocks multiply quicker."""
    counts = np.diff(matrix.indptr)
    some = matrix[np.flatnonzero(counts)]
    width = matrix.shape[1]
    if _SPARSE_COSTS * float(np.sum(counts.astype(np.float64) ** 2)) < some.shape[0] * width**2:
        return np.asarray((some.T @ some).toarray(), np.float32)
    squared = np.zeros((width, width), np.float32)
    for start in range(0, some.shape[0], 1024):
        block = some[start : start + 1024].toarray()
        squared += block.T @ block
    return squared


def _mean_diagonal(gram: Floats) -> np.float32:
    return np.float32(np.mean(np.diag(gram)))


def _spread(weights: Floats, some: NDArray[np.int32], width: int) -> Rows:
    """Keep the strongest weights, as rows over all products; a product that is not related has none."""
    within = strongest(weights, KEPT)
    counts = np.zeros(width, np.int64)
    counts[some] = np.diff(within.starts)
    return Rows(np.concatenate([[0], np.cumsum(counts)]), some[within.columns], within.values, width)
