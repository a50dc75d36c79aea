"""What the ranking is made of, on purchases small enough to compute by hand."""

from __future__ import annotations

import numpy as np
import pytest
from scipy import sparse

from analytics.evaluation.metrics import ndcg_at
from analytics.recommendation.purchases import Purchases
from analytics.recommendation.ranking.crowd import crowd_of, nearest
from analytics.recommendation.ranking.factors import CONFIDENCE, fit_factors, ridge_of
from analytics.recommendation.ranking.factors import RIDGE as RIDGE_OF_FACTORS
from analytics.recommendation.ranking.features import FEATURES
from analytics.recommendation.ranking.leaning import LEAN, leaned
from analytics.recommendation.ranking.ledger import History, Ledger
from analytics.recommendation.ranking.linear import RIDGE, bought_too, next_in_basket
from analytics.recommendation.ranking.relations import same_basket
from analytics.recommendation.ranking.rows import Rows, stacked, strongest
from analytics.recommendation.ranking.targets import next_baskets
from analytics.recommendation.ranking.taste import BETWEEN, FAST, MIDDLE, basket_weights, taste_of
from analytics.recommendation.ranking.trends import trends_of
from tests.support.planted_shop import planted_shop

MILK, TEA, EGGS, JAM = 0, 1, 2, 3


def bought(*baskets: tuple[str, float, list[int]]) -> Purchases:
    """Give purchases from (customer, days ago, products)."""
    names = sorted({name for name, _, _ in baskets})
    rows = [
        (names.index(name), product, number, age)
        for number, (name, age, products) in enumerate(baskets)
        for product in products
    ]
    customer, product, basket, age = (np.array(column) for column in zip(*rows, strict=True))
    return Purchases(
        customers=np.array(names),
        customer=customer.astype(np.int32),
        product=product.astype(np.int32),
        basket=basket.astype(np.int32),
        age=age.astype(np.float32),
    )


def ledger_of(*baskets: tuple[str, float, list[int]]) -> Ledger:
    return Ledger.of(bought(*baskets), np.arange(4, dtype=np.int32), 4)


ANA_AND_BEN = (("ana", 2.0, [MILK]), ("ana", 22.0, [MILK, TEA]), ("ben", 5.0, [EGGS, MILK]))


def test_a_history_is_sorted_by_product_and_numbers_baskets_from_the_latest() -> None:
    history = ledger_of(*ANA_AND_BEN).history(0)
    assert history.product.tolist() == [MILK, MILK, TEA]
    assert history.age.tolist() == [2.0, 22.0, 22.0]
    assert history.basket.tolist() == [0, 1, 1]


def test_products_that_cannot_be_ranked_are_left_out_but_their_baskets_count() -> None:
    position = np.array([0, -1, 1, 2], np.int32)
    ledger = Ledger.of(bought(("ana", 1.0, [TEA]), ("ana", 9.0, [MILK])), position, 3)
    assert ledger.history(0).basket.tolist() == [1]


def test_a_habit_counts_times_decay_and_share_since_the_first() -> None:
    taste = taste_of(ledger_of(*ANA_AND_BEN).history(0))
    assert taste.products.tolist() == [MILK, TEA]
    assert taste.times.tolist() == [2, 1]
    assert taste.fast == pytest.approx([2 ** (-2 / FAST) + 2 ** (-22 / FAST), 2 ** (-22 / FAST)], rel=1e-5)
    assert taste.since_first.tolist() == [2 / 2, 1 / 2]
    assert taste.rhythm[0] == 22 - 2
    assert np.isnan(taste.rhythm[1])
    assert (taste.baskets, taste.recency, taste.size) == (2, 2.0, 3 / 2)


def test_somebody_who_bought_nothing_has_an_empty_taste() -> None:
    taste = taste_of(History.empty())
    assert len(taste.products) == 0
    assert taste.baskets == 0


def test_two_baskets_are_two_groups_of_which_the_older_counts_less() -> None:
    assert basket_weights(2) == pytest.approx([1 / 2, BETWEEN / 2])


def test_rows_are_added_up_with_their_weights() -> None:
    rows = Rows.of(sparse.csr_matrix(np.array([[0, 1, 2], [3, 0, 0], [0, 0, 4]], np.float32)))
    assert rows.combined(np.array([0, 2]), np.array([2, 10], np.float32)).tolist() == [0, 2 * 1, 2 * 2 + 10 * 4]


@pytest.mark.parametrize("most", [4, 90])  # rows alike in length, and one that is far longer than the others
def test_rows_of_any_length_are_added_up_as_a_product_of_matrices(most: int) -> None:
    chance = np.random.default_rng(most)
    dense = np.zeros((50, 100), np.float32)
    for row, length in enumerate([most, 0, *([3] * 48)]):
        dense[row, chance.permutation(100)[:length]] = chance.standard_normal(length)
    rows, asked = Rows.of(sparse.csr_matrix(dense)), np.array([7, 0, 1, 33, 7])
    weights = chance.standard_normal(5).astype(np.float32)
    assert rows.combined(asked, weights) == pytest.approx(weights @ dense[asked], abs=1e-5)
    assert rows.combined(asked[:0], weights[:0]).tolist() == [0.0] * 100
    entries = rows.entries(asked)
    assert len(entries.times(weights)) == len(entries.columns) == len(entries.values)
    assert rows.picked(asked).counts.tolist() == [3, most, 0, 3, 3]  # nothing is between them


def test_the_entries_furthest_from_zero_are_kept_of_dense_and_sparse_rows_alike() -> None:
    matrix = np.array([[5, -9, 1, 0], [0, 0, 0, 0], [1, 2, 3, 4]], np.float32)
    for kept in (strongest(matrix, 2), strongest(sparse.csr_matrix(matrix), 2)):
        dense = [kept.combined(np.array([row]), np.ones(1, np.float32)).tolist() for row in range(3)]
        assert dense == [[5, -9, 0, 0], [0, 0, 0, 0], [0, 0, 3, 4]]


def test_blocks_of_rows_lie_under_each_other() -> None:
    block = Rows.of(sparse.csr_matrix(np.array([[0, 7]], np.float32)))
    both = stacked([block, block], 2)
    assert (len(both), both.columns.tolist(), both.starts.tolist()) == (2, [1, 1], [0, 1, 2])


def test_what_lies_in_one_basket_is_related_and_nothing_to_itself() -> None:
    related = same_basket(ledger_of(*ANA_AND_BEN))
    of_milk = related.combined(np.array([MILK]), np.ones(1, np.float32))
    assert of_milk[MILK] == 0
    assert of_milk[TEA] > 0
    assert of_milk[JAM] == 0


def test_who_buys_tea_with_milk_leads_from_milk_to_tea() -> None:
    couples = [(f"c{n}", 3.0 + n, [MILK, TEA]) for n in range(9)]
    singles = [(f"s{n}", 3.0 + n, [EGGS]) for n in range(9)]
    weights = bought_too(ledger_of(*couples, *singles)).combined(np.array([MILK]), np.ones(1, np.float32))
    assert weights[TEA] > 0.1
    assert weights[MILK] == 0
    assert abs(weights[EGGS]) < 0.01


@pytest.mark.parametrize("products", [8, 60])  # bought by most customers, and by few: counted in another way
def test_ease_is_the_inverse_of_what_is_bought_together(products: int) -> None:
    chance = np.random.default_rng(products)
    baskets = [(f"c{n}", float(n), chance.choice(products, 3, replace=False).tolist()) for n in range(40)]
    ledger = Ledger.of(bought(*baskets), np.arange(products, dtype=np.int32), products)
    root = np.zeros((40, products))
    root[ledger.customer, ledger.product] = np.exp2(ledger.age / -MIDDLE / 2)
    some = np.flatnonzero(root.any(axis=0))
    together = root[:, some].T @ root[:, some]
    inverse = np.linalg.inv(together + RIDGE * np.diag(together).mean() * np.eye(len(some)))
    expected = -inverse / np.diag(inverse) * (1 - np.eye(len(some)))
    rows = bought_too(ledger)
    found = np.stack([rows.combined(np.array([product]), np.ones(1, np.float32)) for product in some])
    assert found[:, some] == pytest.approx(expected, abs=1e-5)


def test_factors_are_learnt_of_the_products_bought_most_and_the_others_score_nothing(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("analytics.recommendation.ranking.factors.PRODUCTS", 2)
    couples = [(f"c{n}", 3.0, [MILK, TEA]) for n in range(5)]
    ledger = ledger_of(*couples, ("ana", 3.0, [MILK, EGGS]))
    factors = fit_factors(ledger)
    assert factors.items.any(axis=1).tolist() == [True, True, False, False]
    scores = factors.scores(taste_of(ledger.history(0)))
    assert (scores > 0).tolist() == [True, True, False, False]


def test_the_ridge_of_factors_is_a_share_of_the_singular_values() -> None:
    once = sparse.csr_matrix(np.array([[1.0, 1.0, 0.0], [1.0, 0.0, 0.0], [0.0, 0.0, 0.0]], np.float32))
    # Three purchases of today weigh 1 + CONFIDENCE each; two customers, two products: two singular values.
    assert ridge_of(once) == pytest.approx(RIDGE_OF_FACTORS * (1 + CONFIDENCE) * np.sqrt(3 / 2))
    many = sparse.vstack([once] * 100).tocsr()  # longer, not of higher rank
    assert ridge_of(many) == pytest.approx(10 * ridge_of(once))


def test_factors_foretell_better_with_their_ridge_than_with_hardly_any_or_with_thrice_as_much(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    purchases, on_sale = planted_shop(customers=60)
    width, days = len(on_sale.products), 25.0
    ledger = Ledger.of(purchases.as_of(days), np.arange(width, dtype=np.int32), width)
    targets = next_baskets(purchases, days, days)

    def quality(share: float) -> float:
        monkeypatch.setattr("analytics.recommendation.ranking.factors.RIDGE", share)
        factors = fit_factors(ledger)
        hers = [factors.scores(taste_of(ledger.history(customer))) for customer in targets.customers.tolist()]
        lists = [np.argsort(-scores, kind="stable").tolist() for scores in hers]
        return float(np.mean([ndcg_at(10, ranked, set(targets.of(i).tolist())) for i, ranked in enumerate(lists)]))

    suited = quality(RIDGE_OF_FACTORS)
    assert suited > 1.03 * quality(RIDGE_OF_FACTORS / 30)
    assert suited > 1.2 * quality(RIDGE_OF_FACTORS * 3)


def test_a_product_twice_in_a_basket_is_foretold_as_one() -> None:
    baskets = [(f"c{n}", age, products) for n in range(20) for age, products in ((9.0, [JAM]), (2.0, [EGGS]))]
    twice = [(f"c{n}", age, products) for n in range(20) for age, products in ((9.0, [JAM]), (2.0, [EGGS, EGGS]))]
    once, again = (next_in_basket(ledger_of(*some)) for some in (baskets, twice))
    assert again.values == pytest.approx(once.values)


def test_the_next_basket_is_learnt_from_the_one_before() -> None:
    baskets = [(f"c{n}", age, [product]) for n in range(20) for age, product in ((9.0, JAM), (2.0, EGGS))]
    weights = next_in_basket(ledger_of(*baskets)).combined(np.array([JAM]), np.ones(1, np.float32))
    assert weights[EGGS] > 0.05
    assert weights[JAM] == pytest.approx(0, abs=1e-6)


def test_the_nearest_customer_is_the_one_with_the_same_basket_and_not_herself() -> None:
    ledger = ledger_of(("ana", 1.0, [MILK, TEA]), ("ben", 1.0, [MILK, TEA]), ("cleo", 1.0, [MILK]))
    crowd = crowd_of(ledger)
    near = nearest(crowd, taste_of(ledger.history(0)), crowd.place(0))
    best = int(crowd.members[near.rows[np.argmax(near.likeness)]])
    assert best == 1
    assert 0 not in crowd.members[near.rows]
    assert near.likeness.max() == pytest.approx(1, abs=1e-5)


def test_trends_count_customers_not_purchases() -> None:
    trends = trends_of(ledger_of(*ANA_AND_BEN))
    assert trends.buyers[MILK].tolist() == [2, 2, 2, 2]
    assert trends.buyers[TEA].tolist() == [0, 0, 1, 1]
    assert trends.rhythm[MILK] == 22 - 2
    assert trends.last_sold.tolist() == [2, 22, 5, np.inf]


def test_a_next_basket_is_the_first_one_after_the_moment_and_within_the_days() -> None:
    purchases = bought(("ana", 30.0, [MILK]), ("ana", 8.0, [TEA, JAM]), ("ana", 3.0, [EGGS]), ("ben", 1.0, [MILK]))
    targets = next_baskets(purchases, days_ago=10.0, horizon=5.0)
    assert targets.customers.tolist() == [0]
    assert targets.of(0).tolist() == [TEA, JAM]
    assert targets.age.tolist() == [8.0]


def test_of_the_next_baskets_an_earlier_one_counts_more_and_no_more_than_five_count() -> None:
    purchases = bought(
        ("ana", 30.0, [MILK]), ("ana", 9.0, [TEA, JAM]), ("ana", 8.0, [TEA, EGGS]), ("ben", 9.5, [MILK]),
        *(("cleo", age, [MILK]) for age in (9.0, 8.0, 7.0, 6.0, 5.5)), ("cleo", 5.2, [TEA]),
    )  # fmt: skip
    targets = next_baskets(purchases, days_ago=10.0, horizon=5.0)
    products, share = targets.soon(0)
    assert dict(zip(products.tolist(), share.tolist(), strict=True)) == pytest.approx(
        {TEA: 1.0, JAM: 1 / 1.6, EGGS: 0.6 / 1.6}
    )
    assert [targets.soon(place)[0].tolist() for place in (1, 2)] == [[MILK], [MILK]]
    assert [targets.soon(place)[1].tolist() for place in (1, 2)] == [[1.0], [1.0]]
    assert targets.age.tolist() == [9.0, 9.5, 9.0]
    assert targets.until.tolist() == pytest.approx([8.0, 9.5, 5.5])


def test_of_two_equal_chances_that_of_the_rarer_product_is_worth_more_in_lists_of_everything_alone() -> None:
    features = np.zeros((2, len(FEATURES)), np.float32)
    features[:, FEATURES.index("everyone")] = np.log1p([0.0, 1023.0])
    chance = np.array([0.5, 0.5])
    rare, common = leaned("all", chance, features)
    assert rare == pytest.approx(0.5)
    assert common / (1 - common) == pytest.approx(1024 ** -LEAN["all"])  # two to the power of -1.4
    assert leaned("new", chance, features).tolist() == chance.tolist()
    assert leaned("all", np.array([0.0, 1.0]), features).tolist() == [0.0, 1.0]
