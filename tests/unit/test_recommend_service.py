"""Recommendations through the facade, on a shop of a few customers."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from sqlalchemy import delete, event

from analytics.artifacts.registry import ArtifactRegistry
from analytics.facade import AnalyticsUnavailable
from analytics.jobs.build_recommender import RecommenderReport, build_recommender
from analytics.recommendation.purchases import read_purchases, read_range
from analytics.recommendation_records import Mode, RecommendContext
from analytics.records import Recommendation
from analytics.service import ShopAnalytics
from store.repositories.profiles import ProfileRow, save_profile
from store.tables import order_lines
from tests.support.shop_analytics import analytics_of
from tests.support.shop_in_memory import NOW, SmallShop

REGULARS = ("ana", "ben", "cy", "di", "eve")


@pytest.fixture
def shop() -> SmallShop:
    """Ana buys milk and bread; four like her buy eggs as well; nobody of them buys the tea that twenty others buy."""
    shop = SmallShop()
    for product_id in ("milk", "bread", "eggs", "tea", "jam"):
        shop.product(product_id, product_id.capitalize(), category=f"{product_id} shelf")
    for customer in REGULARS:
        shop.customer(customer)
        shop.order(customer, ["milk", "bread"], days=16)
        shop.order(customer, ["milk", "bread"] if customer == "ana" else ["milk", "bread", "eggs"], days=7)
    for number in range(20):
        shop.customer(f"tea-{number}")
        shop.order(f"tea-{number}", ["tea"], days=3)
    return shop


def build(shop: SmallShop, folder: Path) -> RecommenderReport:
    return build_recommender(shop.database, folder, NOW, lambda _step, _share: None)


@pytest.fixture
def analytics(shop: SmallShop, tmp_path: Path) -> ShopAnalytics:
    build(shop, tmp_path)
    return analytics_of(shop, tmp_path)


@contextmanager
def statements(shop: SmallShop) -> Iterator[list[str]]:
    """Collect what the database is asked."""
    asked: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_more: object) -> None:
        asked.append(statement)

    event.listen(shop.database.engine, "before_cursor_execute", note)
    try:
        yield asked
    finally:
        event.remove(shop.database.engine, "before_cursor_execute", note)


def ids(recommendations: list[Recommendation]) -> list[str]:
    return [one.product.product_id for one in recommendations]


def test_a_customer_is_reminded_of_her_habits_and_shown_something_new(analytics: ShopAnalytics) -> None:
    shown = analytics.recommend("ana")
    assert ids(shown) == ["bread", "milk", "eggs"]
    assert [one.reason.kind for one in shown] == ["buy_again", "buy_again", "neighbours"]
    assert shown[0].reason.text == "you bought it twice, last on 3 May"
    assert shown[2].reason.evidence == {"bought_by": 4, "neighbours": 4, "share_of_all": round(4 / 25, 3)}


def test_a_visitor_gets_what_sells_now(analytics: ShopAnalytics) -> None:
    shown = analytics.recommend(None)
    assert ids(shown) == ["tea", "bread", "milk"]
    assert shown[0].reason.kind == "popular"
    assert shown[0].reason.evidence == {"customers": 20, "rank": 1, "days": 30}


@pytest.mark.parametrize("mode", ["for_you", "buy_again", "new", "campaign"])
def test_her_orders_are_read_once_for_a_list(shop: SmallShop, analytics: ShopAnalytics, mode: Mode) -> None:
    analytics.recommend("ana", RecommendContext(mode=mode))  # what is kept between lists is read by now
    with statements(shop) as asked:
        assert analytics.recommend("ana", RecommendContext(mode=mode))
    assert sum("order_lines" in one for one in asked) == 1


def test_an_unknown_customer_is_served_like_a_visitor(analytics: ShopAnalytics) -> None:
    assert ids(analytics.recommend("nobody")) == ids(analytics.recommend(None))


def test_a_customer_who_came_after_the_training_is_recommended_by_her_orders(
    shop: SmallShop, analytics: ShopAnalytics
) -> None:
    shop.customer("late")
    shop.order("late", ["eggs"], days=3)
    shown = analytics.recommend("late")
    kinds = {one.product.product_id: one.reason.kind for one in shown}
    assert kinds == {"eggs": "buy_again", "bread": "neighbours", "milk": "neighbours"}


def test_what_was_shown_already_is_not_shown_again(analytics: ShopAnalytics) -> None:
    assert not {"bread", "eggs"} & set(ids(analytics.recommend("ana", exclude=frozenset({"bread", "eggs"}))))


def test_what_she_refused_is_never_shown(shop: SmallShop, analytics: ShopAnalytics) -> None:
    refused = ProfileRow(
        customer_id="ana",
        sentiment=None,
        sentiment_slope=0.0,
        turns=1,
        topics={},
        preferences={"refused_products": ["milk"]},
        last_contact_at=NOW,
        last_topic=None,
    )
    with shop.database.write() as connection:
        save_profile(connection, refused)
    assert "milk" not in ids(analytics.recommend("ana"))


@pytest.mark.parametrize("change", [{"in_stock": False}, {"price": None}, {"category": "Tobacco"}])
def test_what_is_not_for_sale_or_not_to_be_pushed_is_left_out(
    shop: SmallShop, analytics: ShopAnalytics, change: dict[str, object]
) -> None:
    shop.change_product("milk", **change)
    assert ids(analytics.recommend("ana"))[:1] == ["bread"]
    assert "milk" not in ids(analytics.recommend("ana"))


def test_a_list_is_as_long_as_asked_for_or_as_there_are_products(analytics: ShopAnalytics) -> None:
    assert len(analytics.recommend("ana", limit=1)) == 1
    assert analytics.recommend("ana", limit=0) == []
    assert sorted(ids(analytics.recommend("ana", limit=10))) == ["bread", "eggs", "milk"]


def test_varieties_of_one_thing_take_one_place(shop: SmallShop, tmp_path: Path) -> None:
    shop.product("milk-2", "Milk, variety 2", category="milk shelf")
    for days in (3, 4, 5):
        shop.order("ana", ["milk-2"], days=days)
    build(shop, tmp_path)
    shown = ids(analytics_of(shop, tmp_path).recommend("ana"))
    assert len({"milk", "milk-2"} & set(shown)) == 1


def test_a_variety_of_what_was_shown_is_not_the_next_recommendation(shop: SmallShop, tmp_path: Path) -> None:
    shop.product("milk-2", "Milk, variety 2", category="milk shelf")
    shop.order("ana", ["milk-2"], days=4)
    build(shop, tmp_path)
    assert "milk-2" not in ids(analytics_of(shop, tmp_path).recommend("ana", exclude=frozenset({"milk"})))


def test_what_she_ordered_yesterday_is_not_recommended_today(shop: SmallShop, analytics: ShopAnalytics) -> None:
    shop.order("ana", ["bread"], days=1)
    assert ids(analytics.recommend("ana")) == ["milk", "eggs"]


def test_every_product_can_be_explained_and_as_in_the_list(analytics: ShopAnalytics) -> None:
    for one in analytics.recommend("ana"):
        assert analytics.why("ana", one.product.product_id) == one.reason
    unsold = analytics.why("ana", "jam")
    assert unsold is not None
    assert unsold.text == "part of our range"
    assert analytics.why("ana", "no such product") is None


def test_a_lines_repetition_and_orders_of_the_future_do_not_count(shop: SmallShop) -> None:
    shop.order("ana", ["jam", "jam"], days=1)
    shop.order("ana", ["jam"], days=-1)
    with shop.database.read() as connection:
        on_sale = read_range(connection)
        purchases = read_purchases(connection, on_sale, NOW)
    jam = int(on_sale.products.searchsorted("jam"))
    assert (purchases.product == jam).sum() == 1


def test_a_new_model_is_used_without_a_restart(shop: SmallShop, analytics: ShopAnalytics, tmp_path: Path) -> None:
    assert "jam" not in ids(analytics.recommend("ana", limit=10))
    for days in (3, 4, 5):
        shop.order("ana", ["jam"], days=days)
    build(shop, tmp_path)
    assert "jam" in ids(analytics.recommend("ana", limit=10))


def test_a_damaged_new_model_leaves_the_old_one_in_use(
    shop: SmallShop, analytics: ShopAnalytics, tmp_path: Path
) -> None:
    before = analytics.recommend("ana")
    shop.order("ana", ["jam"], days=3)
    version = build(shop, tmp_path).version
    (tmp_path / "recommender" / f"{version}.bin").write_bytes(b"not the model")
    assert ids(analytics.recommend("ana")) == ids(before)


def test_without_a_model_the_failure_names_the_remedy(shop: SmallShop, tmp_path: Path) -> None:
    with pytest.raises(AnalyticsUnavailable, match="rapport recommender"):
        analytics_of(shop, tmp_path).recommend("ana")


def test_an_artifact_of_another_program_is_refused(shop: SmallShop, analytics: ShopAnalytics, tmp_path: Path) -> None:
    fresh = analytics_of(shop, tmp_path)
    registry = ArtifactRegistry(shop.database, tmp_path)
    arrays = registry.load("recommender").arrays()
    registry.save("recommender", {name: arrays[name] for name in arrays if name != "lengths"}, now=NOW)
    with pytest.raises(AnalyticsUnavailable, match="lengths"):
        fresh.recommend("ana")


def test_a_shop_without_orders_cannot_be_learnt_from(shop: SmallShop, tmp_path: Path) -> None:
    with shop.database.write() as connection:
        connection.execute(delete(order_lines))
    with pytest.raises(ValueError, match="import orders"):
        build(shop, tmp_path)


def test_whoever_wants_nothing_personal_is_shown_what_everybody_is(analytics: ShopAnalytics) -> None:
    analytics.account_service().decide("ana", {"personalisation": False}, "c:1")
    assert analytics.recommend("ana") == analytics.recommend(None)
    assert analytics.why("ana", "milk") == analytics.why(None, "milk")
    analytics.account_service().decide("ana", {"personalisation": True}, "c:2")
    assert ids(analytics.recommend("ana")) == ["bread", "milk", "eggs"]
