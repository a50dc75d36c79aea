"""The simulated shop does what its page says: the same again by seed, and feelings that matter or do not."""

from __future__ import annotations

import re
from types import ModuleType

import numpy as np
import pytest

from analytics.prediction.measures import auc
from analytics.workspace import open_workspace
from benchmarks import simulated_shop, simulated_tastes
from benchmarks.simulated_shop import simulate
from benchmarks.simulated_tastes import simulate_tastes
from rapport.paths import PROJECT


def told(seed: int = 1, *, feelings_matter: bool = True) -> dict[str, float]:
    """Sum up a small shop: turns, and the mood of those who ordered in the last 120 days beside the others'."""
    with open_workspace() as shop:
        simulate(shop, customers=400, seed=seed, feelings_matter=feelings_matter)
        row = shop.execute(
            """
            WITH active AS (SELECT DISTINCT customer_id FROM orders
                            WHERE placed_at > (SELECT max(placed_at) FROM orders) - INTERVAL 120 DAY)
            SELECT count(*), avg(sentiment) FILTER (customer_id IN (SELECT customer_id FROM active)),
                   avg(sentiment) FILTER (customer_id NOT IN (SELECT customer_id FROM active))
            FROM said
            """
        ).fetchone()
    assert row is not None
    return {"turns": row[0], "stayed": row[1], "gone": row[2]}


def test_the_same_seed_gives_the_same_shop() -> None:
    assert told(1) == told(1) != told(2)


def test_those_who_leave_sounded_unhappier_only_where_feelings_matter() -> None:
    matters, null = told(), told(feelings_matter=False)
    assert matters["stayed"] - matters["gone"] > 0.15
    assert abs(null["stayed"] - null["gone"]) < 0.1


def test_auc_counts_pairs_and_ties_half() -> None:
    score, truth = np.array([0.9, 0.5, 0.5, 0.1]), np.array([1.0, 1.0, 0.0, 0.0])
    assert auc(score, truth) == pytest.approx((1 + 1 + 0.5 + 1) / 4)


@pytest.mark.parametrize("module", [simulated_shop, simulated_tastes])
def test_the_page_gives_every_constant_as_it_is(module: ModuleType) -> None:
    page = (PROJECT / "docs/explanation/simulated-shop.md").read_text(encoding="utf-8")
    told_of = {name: float(value) for name, value in re.findall(r"`([A-Z][A-Z_]+)` \| ([\d.]+)", page)}
    numbers = {
        name: float(value)
        for name, value in vars(module).items()
        if name.isupper() and not name.startswith("_") and isinstance(value, int | float)
    }
    assert numbers
    assert numbers.items() <= told_of.items()


def test_the_page_gives_no_constant_that_is_not_there() -> None:
    page = (PROJECT / "docs/explanation/simulated-shop.md").read_text(encoding="utf-8")
    there = vars(simulated_shop).keys() | vars(simulated_tastes).keys()
    assert set(re.findall(r"`([A-Z][A-Z_]+)` \| [\d.]+", page)) <= there


def shares_told(*, words_matter: bool) -> dict[bool, float]:
    """Give how much of what she bought after saying so was of the category she likes, and of the one she does not."""
    with open_workspace() as shop:
        simulate_tastes(shop, customers=300, seed=1, words_matter=words_matter)
        rows = shop.execute(
            """
            SELECT likes, avg((products.category = printf('kind %02d', stated.category))::INT)
            FROM stated JOIN orders ON orders.customer_id = stated.customer_id
                AND placed_at BETWEEN said_at AND said_at + INTERVAL 30 DAY
            JOIN lines USING (order_id) JOIN products USING (product_id) GROUP BY likes
            """
        ).fetchall()
    return dict(rows)


def test_words_of_taste_foretell_purchases_only_where_they_matter() -> None:
    matter, null = shares_told(words_matter=True), shares_told(words_matter=False)
    assert matter[True] > 0.2
    assert matter[False] < 0.02
    assert abs(null[True] - 1 / simulated_tastes.KINDS) < 0.03
    assert abs(null[False] - 1 / simulated_tastes.KINDS) < 0.03
