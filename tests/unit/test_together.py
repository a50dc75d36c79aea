"""What goes with a product: counted by hand on baskets one can read."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

import pytest

from analytics.recommendation.kinds import Kind, Kinds
from analytics.recommendation.together import companions
from store.repositories.catalogue import ProductRow

PASTA, SAUCE, MILK, NOODLES = 0, 1, 2, 3
KINDS = Kinds(
    listed=(
        Kind(category="Pasta", name="spaghetti", members=("p",), sold=50),
        Kind(category="Sauce", name="pasta sauce", members=("s",), sold=40),
        Kind(category="Milk", name="milk", members=("m",), sold=500),
        Kind(category="Pasta", name="noodles", members=("n",), sold=20),
    ),
    place={"p": PASTA, "s": SAUCE, "m": MILK, "n": NOODLES},
    orders=1000,
)


def test_what_is_bought_with_it_more_often_than_otherwise_goes_with_it() -> None:
    found = companions(KINDS, {PASTA}, 50, Counter({PASTA: 50, SAUCE: 25, MILK: 26, NOODLES: 20}))
    assert [one.kind for one in found] == [SAUCE], (
        "milk is in half of all baskets anyway, noodles are the same category"
    )
    assert found[0].lift == pytest.approx(25 / (50 * 40 / 1000))
    assert found[0].score == pytest.approx(25 / (2 + 2.0) * (25 / 50) ** 0.75)


@pytest.mark.parametrize(("together", "goes"), [(4, False), (5, True)])
def test_a_few_baskets_are_chance(together: int, goes: bool) -> None:
    assert bool(companions(KINDS, {PASTA}, 50, Counter({SAUCE: together}))) is goes


@pytest.mark.parametrize(("together", "goes"), [(19, False), (20, True)])
def test_of_many_baskets_a_share_is_needed(together: int, goes: bool) -> None:
    rare = replace(KINDS.listed[SAUCE], sold=1)
    kinds = Kinds((KINDS.listed[PASTA], rare), {"p": 0, "s": 1}, 1000)
    assert bool(companions(kinds, {PASTA}, 1000, Counter({SAUCE: together}))) is goes


def test_sizes_of_a_thing_are_one_kind_the_most_sold_first() -> None:
    def row(product_id: str, name: str, size: str, sold: int) -> ProductRow:
        return ProductRow(product_id, name, "Milk", "Grocery", None, size, 2.0, sold, True)

    kinds = Kinds.of([row("a", "Milk, 1 qt", "1 qt", 3), row("b", "Milk, 1 gal, variety 2", "1 gal", 8)], 11)
    assert kinds.listed == (Kind(category="Milk", name="milk", members=("b", "a"), sold=11),)
    assert kinds.place == {"a": 0, "b": 0}
