"""The modes of recommendation, the shop's rules and the moment, through the facade on one small shop."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from analytics.jobs.build_recommender import build_recommender
from analytics.recommendation_records import RecommendationPolicy, RecommendContext
from analytics.records import Recommendation
from analytics.service import ShopAnalytics
from store.repositories.profiles import ProfileRow, save_profile
from tests.support.shop_analytics import settings_of
from tests.support.shop_in_memory import NOW, SmallShop

RANGE = {
    "milk": ("Milk", "Dairy"),
    "yogurt": ("Yogurt", "Dairy"),
    "bread": ("Bread", "Bakery"),
    "pasta": ("Pasta", "Pantry"),
    "sauce": ("Sauces", "Pantry"),
    "coffee": ("Coffee", "Drinks"),
    "decaf": ("Coffee", "Drinks"),
    "wine": ("Wine", "Drinks"),
    "bone": ("Dog food", "Pets"),
    "cigar": ("Tobacco", "Smoking"),
}
NAMES = {"decaf": "Decaf coffee", "coffee": "Ground coffee", "sauce": "Tomato sauce", "bone": "Dog bone"}

Open = Callable[..., ShopAnalytics]


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> tuple[SmallShop, Path]:
    """Ana buys milk often, bread is due; those like her buy yogurt too, and pasta with sauce; 20 others buy coffee."""
    shop, folder = SmallShop(), tmp_path_factory.mktemp("modes")
    for product_id, (category, department) in RANGE.items():
        name = NAMES.get(product_id, product_id.capitalize())
        shop.product(product_id, name, category=category, department=department, brand=f"{product_id} & Co")
    shop.customer("ana", traits={"age": "45-54"})
    for days in (60, 40, 20):
        shop.order("ana", ["bread"], days=days)
    for days in (24, 18, 12, 6, 5, 4):
        shop.order("ana", ["milk"], days=days)
    for number in range(8):
        shop.customer(f"like-ana-{number}")
        for days in (30, 12):
            shop.order(f"like-ana-{number}", ["milk", "bread", "yogurt", "pasta", "sauce"], days=days)
    for number in range(20):
        shop.customer(f"other-{number}", traits={"age": "17"})
        shop.order(f"other-{number}", ["coffee", *(["decaf", "wine"] if number < 10 else []), "cigar"], days=3)
        shop.order(f"other-{number}", ["bone"] if number < 6 else ["coffee"], days=9)
    shop.customer("new")
    build_recommender(shop.database, folder, NOW, lambda _step, _share: None)
    return shop, folder


@pytest.fixture
def shop(filled: tuple[SmallShop, Path]) -> SmallShop:
    return filled[0]


@pytest.fixture
def opened(filled: tuple[SmallShop, Path]) -> Iterator[Open]:
    """Open the shop, with rules for recommendations where some are named."""
    shop, folder = filled

    def open_(**rules: Any) -> ShopAnalytics:
        settings = replace(settings_of(folder), recommendations=RecommendationPolicy(**rules))
        return ShopAnalytics(shop.database, folder, settings, clock=lambda: NOW, check_every=0.0)

    return open_


def ids(found: list[Recommendation]) -> list[str]:
    return [one.product.product_id for one in found]


def reasons(found: list[Recommendation]) -> dict[str, str]:
    return {one.product.product_id: one.reason.text for one in found}


def kinds(found: list[Recommendation]) -> dict[str, str]:
    return {one.product.product_id: one.reason.kind for one in found}


def test_buy_again_shows_only_her_own_what_is_due_first(opened: Open) -> None:
    found = opened().recommend("ana", RecommendContext(mode="buy_again"), limit=5)
    assert ids(found) == ["bread", "milk"]
    assert reasons(found)["bread"].endswith("so it may be time again")
    assert set(kinds(found).values()) == {"buy_again"}


def test_a_visitor_a_newcomer_and_one_who_wants_nothing_personal_have_nothing_to_buy_again(opened: Open) -> None:
    analytics, again = opened(), RecommendContext(mode="buy_again")
    assert analytics.recommend(None, again) == analytics.recommend("new", again) == []
    analytics.account_service().decide("ana", {"personalisation": False}, "modes:1")
    assert analytics.recommend("ana", again) == []
    analytics.account_service().decide("ana", {"personalisation": True}, "modes:2")


def test_something_new_is_nothing_she_bought_and_has_evidence(opened: Open) -> None:
    found = opened().recommend("ana", RecommendContext(mode="new"))
    assert not {"milk", "bread"} & set(ids(found))
    assert kinds(found)["yogurt"] == "neighbours"


def test_what_is_popular_is_everybodys_whether_she_buys_it_or_not(opened: Open) -> None:
    analytics, popular = opened(), RecommendContext(mode="popular")
    hers = analytics.recommend("ana", popular, limit=5)
    assert {"milk", "bread"} & set(ids(hers))
    assert set(kinds(hers).values()) == {"popular"}
    assert ids(hers) == ids(analytics.recommend(None, popular, limit=5))


def test_what_was_bought_after_the_training_is_no_news(opened: Open, shop: SmallShop) -> None:
    shop.customer("late")
    shop.order("late", ["milk", "bread"], days=12)
    new = RecommendContext(mode="new")
    assert "yogurt" in ids(opened().recommend("late", new))
    shop.order("late", ["yogurt"], days=5)
    assert "yogurt" not in ids(opened().recommend("late", new))


def test_a_front_page_shows_a_visitor_every_department(opened: Open) -> None:
    found = opened().recommend(None, RecommendContext(mode="front_page"), limit=5)
    assert {one.product.department for one in found} == {"Dairy", "Bakery", "Pantry", "Drinks", "Pets"}


def test_a_mailing_leaves_out_what_was_recommended_lately(opened: Open, shop: SmallShop) -> None:
    mailing = RecommendContext(mode="campaign")
    assert "milk" in ids(opened().recommend("ana", mailing))
    shop.decision("d1", "ana", kind="recommendation", chosen="milk,yogurt", created_at=NOW)
    assert not {"milk", "yogurt"} & set(ids(opened().recommend("ana", mailing)))
    assert "milk" in ids(opened().recommend("ana"))


def test_a_mailing_wants_more_in_stock_than_a_chat(opened: Open, shop: SmallShop) -> None:
    shop.change_product("bread", stock=5)
    analytics = opened(campaign_stock=10)
    assert "bread" in ids(analytics.recommend("ana"))
    assert "bread" not in ids(analytics.recommend("ana", RecommendContext(mode="campaign")))
    shop.change_product("bread", stock=None)


def test_what_she_says_she_wants_comes_first_and_is_the_reason(opened: Open) -> None:
    found = opened().recommend("new", RecommendContext(wanted=("dog food", "coffee")))
    assert ids(found)[0] in {"coffee", "decaf"}
    assert "bone" in ids(found)
    assert reasons(found)["bone"] == "you said you're looking for dog food"


def test_a_department_is_an_answer_too(opened: Open) -> None:
    found = opened().recommend(None, RecommendContext(wanted=("Pantry",)), limit=2)
    assert set(ids(found)) <= {"pasta", "sauce", "coffee"}
    assert "asked_for" in kinds(found).values()


def test_a_look_at_a_product_changes_the_next_list_at_once(opened: Open) -> None:
    analytics = opened()
    assert "decaf" not in ids(analytics.recommend("ana"))
    found = analytics.recommend("ana", RecommendContext(viewed=("coffee",)))
    assert reasons(found)["decaf"] == "like the ground coffee you looked at"
    assert analytics.why("ana", "decaf", RecommendContext(viewed=("coffee",))) == next(
        one.reason for one in found if one.product.product_id == "decaf"
    )


def test_what_goes_with_the_basket_is_recommended_and_the_basket_is_not(opened: Open) -> None:
    found = opened().recommend(None, RecommendContext(cart=("pasta",)), limit=5)
    assert reasons(found)["sauce" if "sauce" in ids(found) else "yogurt"] == "goes with the pasta in your basket"
    assert "pasta" not in ids(found)


def test_one_category_alone_can_be_asked_for(opened: Open) -> None:
    found = opened().recommend("ana", RecommendContext(category="coffee"), limit=5)
    assert set(ids(found)) == {"coffee", "decaf"}
    assert set(ids(opened().recommend("ana", RecommendContext(category="Drinks")))) <= {"coffee", "decaf", "wine"}


def test_what_was_passed_over_sinks_and_what_was_refused_is_gone(opened: Open, shop: SmallShop) -> None:
    analytics = opened()
    assert ids(analytics.recommend("ana"))[0] == "milk"
    assert ids(analytics.recommend("ana", RecommendContext(ignored=("milk",))))[0] != "milk"
    state(shop, "ana", refused_products=["milk", "sauce"])
    for mode in ("for_you", "buy_again", "front_page", "campaign"):
        assert "milk" not in ids(analytics.recommend("ana", RecommendContext(mode=mode), limit=9))  # type: ignore[arg-type]
    assert "sauce" not in ids(analytics.goes_with(["pasta"], customer_id="ana"))
    state(shop, "ana")


def test_what_she_wants_less_of_sinks_and_is_not_gone(opened: Open, shop: SmallShop) -> None:
    analytics = opened()
    state(shop, "ana", less_of=["milk"])
    assert ids(analytics.recommend("ana"))[0] == "bread"
    assert "milk" in ids(analytics.recommend("ana", RecommendContext(mode="buy_again")))
    state(shop, "ana")
    assert ids(analytics.recommend("ana", RecommendContext(less=("milk",))))[0] == "bread"


@pytest.mark.parametrize("mode", ["for_you", "new", "front_page", "campaign"])
def test_what_is_never_recommended_is_in_no_mode(opened: Open, mode: Any) -> None:
    analytics = opened(never=frozenset({"coffee", "sauce & co"}), never_products=frozenset({"bone"}))
    context = RecommendContext(mode=mode, wanted=("coffee", "dog food"), viewed=("coffee",), cart=("pasta",))
    for whose in ("ana", None):
        assert not {"coffee", "decaf", "bone", "sauce"} & set(ids(analytics.recommend(whose, context, limit=9)))


def test_what_is_never_recommended_is_no_companion_and_no_substitute(opened: Open) -> None:
    assert "sauce" in ids(opened().goes_with(["pasta"], limit=9)) or "yogurt" in ids(opened().goes_with(["pasta"]))
    barred = opened(never=frozenset({"sauces", "dairy", "decaf & co"}))
    assert not {"sauce", "yogurt", "milk"} & set(ids(barred.goes_with(["pasta"], limit=9)))
    assert ids(opened().substitutes("coffee")) == ids(opened().similar("coffee")) == ["decaf"]
    assert barred.substitutes("coffee") == barred.similar("coffee") == []


@pytest.mark.parametrize(("whose", "shown"), [("ana", True), ("other-0", False), ("new", False), (None, False)])
def test_what_is_for_adults_is_shown_to_those_known_to_be_adults(opened: Open, whose: str | None, shown: bool) -> None:
    found = opened(age_limited=frozenset({"wine"})).recommend(whose, RecommendContext(wanted=("wine",)), limit=9)
    assert ("wine" in ids(found)) is shown


def test_boosts_and_margins_change_the_order_and_bring_in_nothing_new(opened: Open, shop: SmallShop) -> None:
    plain = ids(opened().recommend(None, limit=3))
    assert plain[0] == "coffee"
    boosted = ids(opened(boost={"pets": 3.0, "coffee": 0.2}).recommend(None, limit=3))
    assert boosted[0] == "bone"
    shop.change_product("bread", margin=0.9)
    shop.change_product("coffee", margin=0.01)
    assert ids(opened(margin_weight=1.0).recommend(None, limit=3))[0] != "coffee"
    shop.change_product("bread", margin=None)
    shop.change_product("coffee", margin=None)


def test_too_little_in_stock_is_not_recommended_where_the_shop_tells_how_much_there_is(
    opened: Open, shop: SmallShop
) -> None:
    shop.change_product("bread", stock=2)
    assert "bread" in ids(opened(least_stock=2).recommend("ana"))
    assert "bread" not in ids(opened(least_stock=3).recommend("ana"))
    shop.change_product("bread", stock=None)


MOMENTS = [
    RecommendContext(),
    RecommendContext(mode="new"),
    RecommendContext(mode="front_page"),
    RecommendContext(mode="campaign"),
    RecommendContext(wanted=("coffee", "milk")),
    RecommendContext(viewed=("decaf", "milk"), cart=("pasta",)),
    RecommendContext(category="Dairy"),
]


@pytest.mark.parametrize("moment", MOMENTS, ids=str)
def test_without_her_consent_every_list_and_reason_is_a_visitors(
    opened: Open, shop: SmallShop, moment: RecommendContext
) -> None:
    analytics = opened()
    analytics.account_service().decide("ana", {"personalisation": False}, f"off:{MOMENTS.index(moment)}")
    shop.order("ana", ["bone"], days=1)
    try:
        shown = analytics.recommend("ana", moment, limit=9)
        assert shown == analytics.recommend(None, moment, limit=9)
        assert not {"buy_again", "neighbours", "segment_favourite"} & set(kinds(shown).values())
        for product_id in RANGE:
            assert analytics.why("ana", product_id, moment) == analytics.why(None, product_id, moment)
        assert analytics.similar("coffee", customer_id="ana") == analytics.similar("coffee")
        assert analytics.goes_with(["pasta"], customer_id="ana") == analytics.goes_with(["pasta"])
    finally:
        analytics.account_service().decide("ana", {"personalisation": True}, f"on:{MOMENTS.index(moment)}")


def state(shop: SmallShop, customer_id: str, **preferences: list[str]) -> None:
    """Keep what she stated."""
    row = ProfileRow(
        customer_id=customer_id, sentiment=None, sentiment_slope=0.0, turns=1, topics={}, preferences=preferences,
        last_contact_at=NOW, last_topic=None,
    )  # fmt: skip
    with shop.database.write() as connection:
        save_profile(connection, row)


def test_what_was_first_sold_this_month_is_new_in_the_range(opened: Open, shop: SmallShop) -> None:
    # Bread has been bought for sixty days and more, by others lately; wine by nobody before the last thirty.
    shop.order("ana", ["bread"], days=70)
    analytics = opened()
    wine = analytics.why(None, "wine")
    assert wine is not None
    assert (wine.kind, wine.text) == ("new_in_range", "new in our range, first sold this month")
    bread = analytics.why(None, "bread")
    assert bread is not None
    assert bread.kind == "popular"
