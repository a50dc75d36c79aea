"""Teaching the ranking on a made-up shop whose rules are known."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import numpy as np
import pytest

from analytics.recommendation.history import ranker_of
from analytics.recommendation.past import Past
from analytics.recommendation.purchases import Purchases, Range
from analytics.recommendation.ranking.candidates import Kind, candidates
from analytics.recommendation.ranking.features import FEATURES, features_of
from analytics.recommendation.ranking.knowledge import Assortment, learn
from analytics.recommendation.ranking.ledger import History, Ledger
from analytics.recommendation.ranking.lessons import Plan, lessons, looking_at, taught_by
from analytics.recommendation.ranking.packed import packed, unpacked
from analytics.recommendation.ranking.ranker import Ranker
from analytics.recommendation.ranking.sources import SOURCES, weigh
from analytics.recommendation.ranking.targets import LESS
from analytics.recommendation.ranking.teaching import Taught, teach, words_of
from analytics.recommendation.training import train
from store.repositories.orders import Piece
from tests.support.planted_shop import FAMILY, planted_shop

PLAN = Plan(horizon=25.0, moments=2, step=25.0, customers=200, seed=1)


@pytest.fixture(scope="module")
def shop() -> tuple[Purchases, Range]:
    return planted_shop()


@pytest.fixture(scope="module")
def taught(shop: tuple[Purchases, Range]) -> Taught:
    return teach(*shop, PLAN, lambda *_: None)


def history(shop: tuple[Purchases, Range], taught: Taught, customer: int) -> History:
    offered = taught.knowledge.offered
    return Ledger.of(shop[0], offered.position, len(offered)).history(customer)


def test_what_was_taught_foretells_later_baskets_better_than_habit_and_popularity(taught: Taught) -> None:
    ndcg = {name: figures["ndcg"] for name, figures in taught.metrics.items()}
    assert ndcg["recommender"] > ndcg["habit"] > ndcg["popular"]
    assert ndcg["recommender_new"] > 1.1 * ndcg["popular_new"]
    popular = taught.metrics["popular"]
    gain = ndcg["recommender"] / ndcg["popular"] - 1
    assert 0 < popular["beaten_low"] < gain < popular["beaten_high"]


def test_her_list_holds_what_her_families_lead_to(shop: tuple[Purchases, Range], taught: Taught) -> None:
    hers = history(shop, taught, 0)
    places, counts = np.unique(hers.product // FAMILY, return_counts=True)
    families = set(places[np.argsort(-counts)[:2]].tolist())
    ranked = Ranker(taught, hers, 0).rank()
    assert {int(product) // FAMILY for product in ranked.products[:3]} <= families
    assert (np.diff(ranked.worth) <= 0).all()
    assert 0 <= ranked.worth[-1] <= ranked.worth[0] <= 1


def test_a_list_of_new_products_holds_none_she_has_bought(shop: tuple[Purchases, Range], taught: Taught) -> None:
    hers = history(shop, taught, 5)
    ranked = Ranker(taught, hers, 5).rank("new")
    assert len(ranked) > 5
    assert not set(ranked.products.tolist()) & set(hers.product.tolist())


def test_what_somebody_looks_at_decides_what_she_is_shown_and_is_not_shown_again(taught: Taught) -> None:
    position = taught.knowledge.offered.position
    lists = [Ranker(taught, looking_at([int(position[one])])).rank("first").products for one in (28, 100)]
    assert 28 not in lists[0]
    assert lists[0][:10].tolist() != lists[1][:10].tolist()


def test_what_is_barred_does_not_come_up(shop: tuple[Purchases, Range], taught: Taught) -> None:
    ranker = Ranker(taught, history(shop, taught, 0), 0)
    first = int(ranker.rank().products[0])
    barred = np.zeros(len(taught.knowledge.offered), bool)
    barred[first] = True
    assert first not in ranker.rank(barred=barred).products


def test_a_purchase_of_today_changes_the_list_without_training(shop: tuple[Purchases, Range], taught: Taught) -> None:
    hers = history(shop, taught, 0)
    before = Ranker(taught, hers, 0).rank().entries()
    bought = (set(range(FAMILY)) - set(hers.product.tolist())).pop()
    after = History.of(
        np.append(hers.product, bought).astype(np.int32),
        np.append(hers.age, 0.1).astype(np.float32),
        np.append(hers.quantity, 1.0).astype(np.float32),
    )
    worth = dict(Ranker(taught, after, 0).rank().entries())
    assert worth[bought] > dict(before).get(bought, 0.0)


def test_packing_and_unpacking_ranks_alike(shop: tuple[Purchases, Range], taught: Taught) -> None:
    again = unpacked(packed(taught))
    assert again is not None
    hers = history(shop, taught, 3)
    before, after = Ranker(taught, hers, 3).rank(), Ranker(again, hers, 3).rank()
    assert after.products[:5].tolist() == before.products[:5].tolist()
    assert after.worth[:5] == pytest.approx(before.worth[:5], abs=0.02)  # relations are kept as half floats


def test_what_was_taught_with_other_features_is_not_used(taught: Taught) -> None:
    arrays = packed(taught) | {"ranking_features": np.array(["another"])}
    assert unpacked(arrays) is None
    assert unpacked({}) is None


@pytest.mark.parametrize(("lacking", "serves"), [("all", False), ("new", False), ("first", True)])
def test_customers_are_ranked_by_what_was_taught_for_them_not_for_newcomers(
    taught: Taught, lacking: Kind, serves: bool
) -> None:
    trees = {kind: each for kind, each in taught.trees.items() if kind != lacking}
    assert taught.serves_customers
    assert replace(taught, trees=trees).serves_customers is serves


def test_equal_purchases_teach_equally(shop: tuple[Purchases, Range], taught: Taught) -> None:
    again = teach(*shop, PLAN, lambda *_: None, measure=False)
    assert {kind: trees.text for kind, trees in again.trees.items()} == {
        kind: trees.text for kind, trees in taught.trees.items()
    }
    assert set(taught.trees) == {"all", "new", "first"}


def test_lessons_see_nothing_of_what_came_after_their_moment(shop: tuple[Purchases, Range]) -> None:
    purchases, on_sale = shop
    offered = Assortment.of(purchases, on_sale)
    alike = words_of(on_sale, offered)

    def features(of: Purchases) -> list[np.ndarray]:
        ledger = Ledger.of(of.as_of(25.0), offered.position, len(offered))
        return [lesson.features for lesson in lessons(ledger, learn(ledger, offered, alike), purchases, 25.0, PLAN)]

    whole, cut = features(purchases), features(purchases.only(purchases.age >= 25.0))
    assert len(whole) > 100
    for one, other in zip(whole, cut, strict=True):
        np.testing.assert_array_equal(one, other)


def test_what_was_left_out_of_a_lesson_is_weighed_in_again(shop: tuple[Purchases, Range]) -> None:
    purchases, on_sale = shop
    offered = Assortment.of(purchases, on_sale)
    ledger = Ledger.of(purchases.as_of(25.0), offered.position, len(offered))
    knowledge = learn(ledger, offered, words_of(on_sale, offered))
    for lesson in lessons(ledger, knowledge, purchases, 25.0, PLAN):
        example = taught_by(lesson, np.random.default_rng(0))
        if example is not None:
            truth, weight = example[1].T
            assert truth.sum() == pytest.approx(lesson.truth.sum(), rel=1e-5)
            assert weight.sum() == pytest.approx(len(lesson.products), rel=1e-5)


def test_what_was_new_in_a_later_basket_teaches_where_the_next_one_held_nothing_new(
    shop: tuple[Purchases, Range],
) -> None:
    purchases, on_sale = shop
    offered = Assortment.of(purchases, on_sale)
    ledger = Ledger.of(purchases.as_of(25.0), offered.position, len(offered))
    knowledge = learn(ledger, offered, words_of(on_sale, offered))
    of_new = [lesson for lesson in lessons(ledger, knowledge, purchases, 25.0, PLAN) if lesson.kind == "new"]
    later_alone = [lesson for lesson in of_new if not len(lesson.wanted)]
    assert later_alone
    for lesson in of_new:
        at_once = np.isin(lesson.products, lesson.wanted)
        first = 1 / (1 + LESS + LESS**2 + LESS**3 + LESS**4)
        assert (lesson.truth[at_once] > 0.999 * first).all()
        assert (lesson.truth <= 1).all()
    assert all(lesson.truth.max() < LESS for lesson in later_alone)


def test_somebody_without_a_purchase_gets_what_sells_of_late(taught: Taught) -> None:
    evidence = weigh(taught.knowledge, History.empty())
    chosen = candidates(evidence)
    assert len(chosen) > 0
    features = features_of(taught.knowledge, evidence, chosen)
    assert features.shape == (len(chosen), len(FEATURES))
    assert (features[:, SOURCES.index("recent")] > 0).any()


def test_a_short_past_gives_no_plan_and_a_wide_range_a_smaller_one() -> None:
    assert Plan.for_shop(20.0, 100) is None
    whole = Plan.for_shop(374.0, 3_000)
    wide = Plan.for_shop(374.0, 90_000)
    assert whole is not None
    assert wide is not None
    assert whole.moments * whole.customers > wide.moments * wide.customers
    assert Plan.for_shop(60.0, 3_000) == Plan(horizon=60.0 / 4, moments=(30 - 15) // 14 + 1, customers=2_000)


def test_a_link_is_counted_among_those_who_buy_both(shop: tuple[Purchases, Range], taught: Taught) -> None:
    knowledge = taught.knowledge
    crowd = knowledge.crowd
    found = 0
    for customer in range(30):
        ranker = Ranker(taught, history(shop, taught, customer), customer)
        for product in ranker.rank("new").products[:5].tolist():
            link = ranker.link(product)
            if link is None:
                continue
            found += 1
            of, counted = link
            buyers, both = (set(crowd.by_product.picked(np.array([one]))[0].tolist()) for one in (of, product))
            assert (counted.buyers, counted.both) == (len(buyers), len(buyers & both))
            assert of in history(shop, taught, customer).product
            assert counted.lift == pytest.approx(
                counted.both / counted.buyers / (len(both) / len(crowd.members)), rel=1e-6
            )
    assert found > 5


def test_what_she_orders_counts_by_its_moment_and_an_order_of_tomorrow_not_yet(
    shop: tuple[Purchases, Range], taught: Taught
) -> None:
    model = train(*shop, {}, taught)
    now = datetime(2025, 6, 1, tzinfo=UTC)
    first, second = (str(shop[1].products[place]) for place in taught.knowledge.offered.products[:2])
    lines = [
        Piece("a", now - timedelta(days=9), first, 2),
        Piece("a", now - timedelta(days=9), first, 1),
        Piece("b", now - timedelta(days=4), first, 1),
        Piece("b", now - timedelta(days=4), "sold out long ago", 1),
        Piece("c", now + timedelta(days=1), second, 1),
    ]
    ranker = ranker_of(model, "a stranger", Past(lines), now)
    assert ranker is not None
    taste = ranker.evidence.taste
    assert taste.products.tolist() == [0]
    assert (taste.times.tolist(), taste.pieces.tolist()) == ([2], [(2 + 1 + 1) / 2])
    assert (taste.last.tolist(), taste.first.tolist()) == ([4.0], [9.0])
    assert ranker_of(model, "a stranger", Past(lines[3:]), now) is None
