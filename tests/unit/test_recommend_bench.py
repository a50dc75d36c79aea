"""The benchmark of recommendations sees nothing after its cut and asks every model the same."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime
from functools import partial
from math import log2
from pathlib import Path

import numpy as np
import pytest
from threadpoolctl import threadpool_limits

from analytics.evaluation.gains import relative_gain
from analytics.recommendation.purchases import Purchases, Range
from analytics.recommendation.ranking.features import FEATURES
from benchmarks.online_retail import load_online_retail
from benchmarks.recommend_bench import ratios, run
from benchmarks.recommending import shops
from benchmarks.recommending.comparing import compare
from benchmarks.recommending.ease import Ease, newest
from benchmarks.recommending.measuring import Task, quality_of
from benchmarks.recommending.ours import Ours, features_of
from benchmarks.recommending.plain import PersonalFrequency, Popularity, PopularityOfLikes, RankFusion
from benchmarks.recommending.protocol import Asked, Recommend, Recommender
from benchmarks.recommending.serving import figures_of
from benchmarks.recommending.splits import Shop, Split, split
from benchmarks.recommending.tasks import all_items, new_items, newcomers, one_order
from benchmarks.recommending.tifu import Tifu, baskets_after
from rapport.benches import checked

END = datetime(2026, 3, 31)  # noqa: DTZ001  (naive, as in the tables)
CUT = datetime(2026, 3, 21)  # noqa: DTZ001
#: Customer, basket, days before the end, products. The cut is ten days before the end.
BASKETS = [
    ("ana", 0, 40, "pt"), ("ana", 1, 20, "p"), ("ana", 2, 8, "pc"), ("ana", 3, 2, "x"),
    ("bea", 4, 30, "pc"), ("bea", 5, 9, "cn"),
    ("cem", 6, 25, "t"),
    ("dora", 7, 5, "pc"), ("dora", 8, 1, "t"),
    ("eli", 9, 3, "n"),
]  # fmt: skip
#: c(offee), n(ew after the cut), p(asta), t(ea), x (never sold before either); drinks are 0, the rest 1.
PRODUCTS = "cnptx"
MODELS: tuple[Recommender, ...] = (
    Ours(),
    Popularity(),
    PopularityOfLikes(),
    PersonalFrequency(30),
    Ease(60),
    Tifu(label="", group=2, within=0.9, between=0.7, neighbours=2, own=0.7),
    RankFusion((Popularity(), PersonalFrequency())),
)


def shop() -> Shop:
    lines = [(who, basket, age, product) for who, basket, age, bought in BASKETS for product in bought]
    customers = sorted({who for who, _, _, _ in lines})
    return Shop(
        end=END,
        purchases=Purchases(
            customers=np.array(customers),
            customer=np.array([customers.index(who) for who, _, _, _ in lines], dtype=np.int32),
            product=np.array([PRODUCTS.index(product) for _, _, _, product in lines], dtype=np.int32),
            basket=np.array([basket for _, basket, _, _ in lines], dtype=np.int32),
            age=np.array([age for _, _, age, _ in lines], dtype=np.float32),
        ),
        on_sale=Range(
            products=np.array(list(PRODUCTS)),
            groups=np.arange(5, dtype=np.int32),
            categories=np.array([0, 1, 1, 0, 1], dtype=np.int32),
        ),
        words=("drinks", "food", "food", "drinks", "food"),
    )


def saying(*lists: list[int]) -> Recommend:
    """Give a model that always says the same."""

    def recommend(asked: Sequence[Asked], k: int = 10) -> list[list[int]]:
        return list(lists)

    return recommend


@pytest.fixture(autouse=True)
def one_core() -> Iterator[None]:
    """Compute on one core, as the benchmark does."""
    with threadpool_limits(1):
        yield


@pytest.fixture(name="cut")
def cut_shop() -> Split:
    return split(shop(), CUT)


def test_nothing_after_the_cut_is_known(cut: Split) -> None:
    assert cut.known.purchases.customers.tolist() == ["ana", "bea", "cem"]
    assert cut.known.on_sale.products.tolist() == ["c", "p", "t"]
    assert cut.known.words == ("drinks", "food", "drinks")
    assert sorted(set(cut.known.purchases.basket.tolist())) == [0, 1, 4, 6]
    assert cut.known.purchases.age.min() == 20 - 10
    assert cut.orders.tolist() == [2, 1, 1]


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model.name)
def test_a_model_says_the_same_whatever_happens_after_the_cut(model: Recommender, cut: Split) -> None:
    whole = shop()
    quiet = replace(whole, purchases=whole.purchases.as_of(10), end=CUT)
    asked = [Asked(customer=who, new_only=new) for who in range(3) for new in (False, True)]
    assert model.fit(cut.known)(asked) == model.fit(split(quiet, CUT).known)(asked)


def test_the_first_basket_after_the_cut_is_wanted_and_what_was_never_sold_counts_as_missed(cut: Split) -> None:
    coffee, pasta = 0, 1
    unsold = 3 + PRODUCTS.index("n")
    assert cut.wanted == {0: {pasta, coffee}, 1: {coffee, unsold}}


def test_only_baskets_within_the_days_are_wanted() -> None:
    soon = split(shop(), CUT, within_days=1.5)
    assert list(soon.wanted) == [1]
    assert soon.newcomers == ()


def test_of_new_items_only_those_not_bought_before_are_wanted(cut: Split) -> None:
    task = new_items(cut)
    assert task.bought == (frozenset({0}), frozenset({3 + PRODUCTS.index("n")}))
    assert all(wish.new_only for wish in task.asked)


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model.name)
def test_what_she_bought_is_left_out_of_new_items(model: Recommender, cut: Split) -> None:
    recommend = model.fit(cut.known)
    assert 1 in recommend([Asked(customer=0)])[0]
    assert recommend([Asked(customer=0, new_only=True)])[0] == [0]


def test_customers_with_one_order_are_those_of_one_basket(cut: Split) -> None:
    assert one_order(cut) == [1, 2]
    assert [wish.customer for wish in all_items(cut, one_order(cut)).asked] == [1]


def test_newcomers_are_asked_for_the_first_basket_of_those_without_an_earlier_one(cut: Split) -> None:
    told_nothing = newcomers(cut)
    assert told_nothing.bought == (frozenset({1, 0}), frozenset({3 + PRODUCTS.index("n")}))
    assert all(wish.customer is None for wish in told_nothing.asked)


def test_what_gave_a_hint_is_not_wanted_any_more(cut: Split) -> None:
    clicked, answered = newcomers(cut, clicks=1), newcomers(cut, answers=1)
    assert len(clicked.asked) == len(answered.asked) == 1  # eli's only product is new: she cannot have clicked it
    (click,) = clicked.asked[0].clicked
    assert clicked.bought == (frozenset({0, 1} - {click}),)
    (word,) = answered.asked[0].likes
    (left,) = answered.bought[0]
    assert word != cut.known.on_sale.categories[left]
    assert not newcomers(cut, answers=2).asked  # nothing would be left of a basket of two


def test_a_named_category_comes_first_by_what_sold(cut: Split) -> None:
    first = PopularityOfLikes().fit(cut.known)([Asked(customer=None, likes=(0,))])[0]
    assert {first[0], first[1]} == {0, 2}


def test_what_was_clicked_is_never_listed(cut: Split) -> None:
    for model in MODELS:
        assert 2 not in model.fit(cut.known)([Asked(customer=None, clicked=(2,))])[0]


def test_what_is_disliked_is_left_out_of_ours(cut: Split) -> None:
    assert 1 in Ours().fit(cut.known)([Asked(customer=0)])[0]
    assert 1 not in Ours().fit(cut.known)([Asked(customer=0, dislikes=(1,))])[0]


def test_each_part_has_features_of_its_own_and_the_rest_stays() -> None:
    content, neighbours = set(features_of(["content"])), set(features_of(["neighbours"]))
    assert content
    assert neighbours
    assert not content & neighbours
    assert {"own", "bought_too", "recent"} <= set(FEATURES) - content - neighbours
    assert features_of(["blend"]) == features_of([]) == []


def test_times_are_told_as_percentiles_and_as_lists_a_second() -> None:
    told = figures_of(np.array([1.0, 2.0, 3.0]))
    assert told == {"serve_p50_ms": 2.0, "serve_p95_ms": pytest.approx(2.9), "serve_per_s": 1000 / 2}


def test_quality_is_of_each_wish_and_coverage_of_the_range(cut: Split) -> None:
    task = Task(asked=(Asked(customer=0), Asked(customer=1)), bought=(frozenset({1}), frozenset({0, 9})))
    quality = quality_of(saying([2, 1], [0]), task, cut.known)
    assert quality.ndcg.tolist() == [1 / log2(3), 1 / (1 + 1 / log2(3))]
    assert quality.recall.tolist() == [1, 1 / 2]
    assert quality.hit.tolist() == [1, 1]
    assert quality.coverage == 3 / 3


@pytest.mark.parametrize("told", [[1, 1], list(range(11)), [1]])
def test_a_list_that_repeats_itself_is_too_long_or_holds_what_she_bought_is_refused(
    told: Sequence[int], cut: Split
) -> None:
    task = Task(asked=(Asked(customer=0, new_only=True),), bought=(frozenset({0}),))
    with pytest.raises(ValueError, match="A list"):
        quality_of(saying(list(told)), task, cut.known)


def test_the_gain_is_over_the_best_model_that_stands_alone(cut: Split) -> None:
    task = Task(asked=(Asked(customer=0),), bought=(frozenset({1}),))
    part = compare(
        "shop_",
        task,
        cut.known,
        saying([1]),
        {"third": saying([0, 2, 1]), "never": saying([0]), "blend": saying([1])},
        ["blend"],
    )  # fmt: skip
    assert part.sizes["shop_best_single"] == "third"
    assert part.figures["shop_gain"] == part.figures["shop_gain_low"] == 1 / (1 / 2) - 1
    assert part.figures["shop_ndcg_at_10"] == 1


def test_a_gain_has_no_width_where_everybody_gains_alike() -> None:
    assert relative_gain(np.array([0.2, 0.2]), np.array([0.1, 0.1])) == pytest.approx((1, 1, 1))


def test_absent_data_are_told_and_nothing_else_is(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(shops, "load_online_retail", partial(load_online_retail, file=tmp_path / "none.parquet"))
    result = checked("recommend", run(quick=True, parts=["online_retail"]))
    assert "data absent" in result.sizes["online_retail_skipped"]
    assert result.figures == result.baselines == {}


def test_ratios_are_above_one_where_ours_is_better() -> None:
    figures = {"shop_ndcg_at_10": 0.3, "serve_p95_ms": 2.0, "shop_gain": 0.5}
    rivals = {"a": {"shop_ndcg_at_10": 0.2, "serve_p95_ms": 4.0}, "b": {"shop_ndcg_at_10": 0.1}}
    assert ratios(figures, rivals) == {"shop_ndcg_at_10": 1.5, "serve_p95_ms": 2.0}


def test_baskets_are_counted_from_the_newest(cut: Split) -> None:
    bought = cut.known.purchases
    newer, baskets = baskets_after(bought.customer, bought.basket, bought.age)
    of = dict(zip(bought.basket.tolist(), zip(newer.tolist(), baskets.tolist(), strict=True), strict=True))
    assert of == {0: (1, 2), 1: (0, 2), 4: (0, 1), 6: (0, 1)}


def test_tifu_means_over_groups_of_baskets(cut: Split) -> None:
    model = Tifu(label="", group=1, within=0.9, between=0.5, neighbours=1, own=1.0)
    pasta, tea = 1, 2
    vectors = model.vectors(cut.known)
    assert vectors[0, pasta] == (1 + 0.5) / 2
    assert vectors[0, tea] == 0.5 / 2


def test_decay_counts_from_the_newest_purchase(cut: Split) -> None:
    pasta, tea = 1, 2
    rows = newest(cut.known, 10).toarray()
    assert rows[0, pasta] == pytest.approx(2 ** -((20 - 10) / 10))
    assert rows[0, tea] == pytest.approx(2 ** -((40 - 10) / 10))
