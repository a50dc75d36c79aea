"""The next-basket model on purchases small enough to compute by hand."""

from __future__ import annotations

import numpy as np
import pytest
from scipy import sparse

from analytics.evaluation.next_basket import evaluate, next_baskets
from analytics.recommendation.artifact import from_arrays, to_arrays
from analytics.recommendation.model import PRIOR_BASKETS, NextBasketModel, known_shopper, new_shopper, score
from analytics.recommendation.purchases import Purchases, Range
from analytics.recommendation.training import nearest_customers, train

#: Positions of the products below.
EGGS, MILK, TEA = 0, 1, 2
ON_SALE = Range(
    products=np.array(["eggs", "milk", "tea"]),
    groups=np.arange(3, dtype=np.int32),
    categories=np.arange(3, dtype=np.int32),
)


def bought(*baskets: tuple[str, float, list[int]]) -> Purchases:
    """Give purchases from (customer, days ago, products), one entry per basket."""
    names = sorted({name for name, _, _ in baskets})
    rows = [
        (names.index(name), product, number, age)
        for number, (name, age, products) in enumerate(baskets)
        for product in products
    ]
    columns = list(zip(*rows, strict=True)) or [(), (), (), ()]
    return Purchases(
        customers=np.array(names, dtype=np.str_),
        customer=np.array(columns[0], dtype=np.int32),
        product=np.array(columns[1], dtype=np.int32),
        basket=np.array(columns[2], dtype=np.int32),
        age=np.array(columns[3], dtype=np.float32),
    )


ANA_AND_BEN = bought(("ana", 0, [MILK]), ("ana", 90, [MILK, EGGS]), ("ben", 0, [MILK, TEA]))


def scores_of(model: NextBasketModel, customer: str) -> list[float]:
    row = model.customer_position(customer)
    assert row is not None
    return [float(value) for value in score(model, known_shopper(model, row)).values]


def test_a_score_is_her_own_share_of_baskets_with_the_neighbours_share_as_a_prior() -> None:
    model = train(ANA_AND_BEN, ON_SALE, {})
    baskets = 1 + 0.5  # today's, and one of a half-life ago
    eggs = (0.5 + PRIOR_BASKETS * 0) / (baskets + PRIOR_BASKETS)
    milk = (1 + 0.5 + PRIOR_BASKETS * 1) / (baskets + PRIOR_BASKETS)
    tea = (0 + PRIOR_BASKETS * 1) / (baskets + PRIOR_BASKETS)
    assert scores_of(model, "ana") == pytest.approx([eggs, milk, tea])


@pytest.mark.parametrize(("customers", "k"), [(30, 50), (200, 40), (1500, 7)])
def test_the_nearest_customers_are_those_a_full_sort_puts_first(customers: int, k: int) -> None:
    chance = np.random.default_rng(customers)
    counts = sparse.random_array((customers, 40), density=0.1, format="csr", dtype=np.float32, rng=chance)
    among = np.sort(chance.permutation(customers)[: customers * 3 // 4]).astype(np.int32)
    dense = counts.toarray() / np.maximum(np.linalg.norm(counts.toarray(), axis=1, keepdims=True), 1e-9)
    likeness = dense @ dense[among].T
    likeness[among, np.arange(len(among))] = 0.0
    found = nearest_customers(counts, k, among)
    alike = np.append(likeness, np.zeros((customers, 1)), axis=1)
    place = np.append(np.full(customers, -1), len(among))  # of nobody: a likeness of nothing
    place[among] = np.arange(len(among))
    told = np.take_along_axis(alike, place[found], axis=1)
    best = -np.sort(-likeness, axis=1)[:, :k]
    assert told[:, : best.shape[1]] == pytest.approx(best, abs=1e-6)
    assert (found[:, best.shape[1] :] == -1).all()
    assert ((found == -1) == (told <= 0)).all()
    assert all(len(set(row[row >= 0].tolist())) == (row >= 0).sum() for row in found)


def test_a_customer_alone_is_scored_by_her_own_baskets() -> None:
    model = train(bought(("ana", 0, [TEA])), ON_SALE, {})
    assert scores_of(model, "ana") == pytest.approx([0, 0, 1 / (1 + PRIOR_BASKETS)])


def test_recent_counts_customers_of_the_last_thirty_days() -> None:
    model = train(bought(("ana", 1, [MILK]), ("ana", 2, [MILK]), ("ben", 29, [MILK]), ("cy", 31, [MILK])), ON_SALE, {})
    assert model.recent.tolist() == [0, 2, 0]
    assert model.buyers.tolist() == [0, 3, 0]


def test_a_later_customer_is_folded_in_like_one_of_the_training() -> None:
    model = train(ANA_AND_BEN, ON_SALE, {})
    newcomer = new_shopper(model, {TEA: 1.0}, 1.0)
    assert newcomer.neighbours.tolist() == [1]  # only ben drinks tea
    assert score(model, newcomer).bought_by.tolist() == [0, 1, 1]


def test_neighbours_are_looked_for_among_those_seen_last(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("analytics.recommendation.training.CROWD", 2)
    model = train(bought(("ana", 9, [MILK]), ("ben", 2, [MILK]), ("cy", 1, [MILK, TEA])), ON_SALE, {})
    near = [[one for one in row if one >= 0] for row in model.neighbours.tolist()]
    assert near == [[1, 2], [2], [1]]  # ana is far back, and still has neighbours herself


def test_a_favourite_of_a_segment_is_bought_there_more_than_elsewhere() -> None:
    shop = bought(("ana", 1, [MILK, TEA]), ("ben", 1, [MILK, TEA]), ("cy", 1, [MILK]), ("di", 1, [MILK]))
    model = train(shop, ON_SALE, {"ana": 7, "ben": 7, "cy": 8, "di": 8})
    products, shares = model.segment_favourites(7)
    assert products.tolist() == [TEA]  # everybody drinks milk
    assert shares.tolist() == [1.0]
    assert model.segment_favourites(99)[0].tolist() == []


def test_training_twice_gives_the_same_model() -> None:
    first, second = (to_arrays(train(ANA_AND_BEN, ON_SALE, {"ana": 1})) for _ in range(2))
    assert all(np.array_equal(first[name], second[name]) for name in first)


def test_a_model_survives_its_artifact() -> None:
    model = train(ANA_AND_BEN, ON_SALE, {"ana": 1})
    arrays = to_arrays(model)
    assert not any(array.dtype.hasobject for array in arrays.values())
    assert scores_of(from_arrays(arrays), "ana") == scores_of(model, "ana")


def test_the_next_basket_is_the_first_after_the_cut() -> None:
    shop = bought(("ana", 50, [MILK]), ("ana", 20, [TEA]), ("ana", 10, [EGGS]), ("ben", 5, [EGGS]))
    assert next_baskets(shop, 30) == {0: frozenset({TEA})}  # ben was not known before


def test_evaluation_without_anybody_on_both_sides_of_the_cut_gives_nothing() -> None:
    assert evaluate(bought(("ana", 5, [MILK])), ON_SALE, days_ago=30, customers=10, seed=1) == {}
