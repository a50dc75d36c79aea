"""What her next basket holds: habits by hand, due dates, few customers, no look ahead."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import numpy as np
import pytest

from analytics.prediction.category_card import category_card, category_quality
from analytics.prediction.category_due import cycles_of, dues_of
from analytics.prediction.category_figures import NAMES, OWN_VISITS, CategoryTable, category_table, shop_as_of
from analytics.prediction.category_visits import CategoryVisits, category_visits
from analytics.prediction.next_category import SHOWN, fit_categories, predict_next_categories
from analytics.prediction.visits import as_day
from tests.support.little_sales import sales_of

NOW = datetime(2026, 3, 10, 12, tzinfo=UTC)
PRODUCTS = [("m", "milk"), ("b", "bread"), ("t", "tea"), ("x", "")]
ORDERS = [
    ("o1", "ana", "2026-02-07T10:00:00", 5.0),
    ("o2", "ana", "2026-02-17T10:00:00", 5.0),
    ("o3", "ana", "2026-02-27T10:00:00", 5.0),
    ("o4", "ben", "2026-03-01T10:00:00", 5.0),
]
LINES = [("o1", "m"), ("o1", "b"), ("o2", "m"), ("o3", "m"), ("o3", "x"), ("o4", "t")]


def table_of(moment: datetime = NOW) -> tuple[CategoryTable, tuple[str, ...]]:
    with sales_of(ORDERS, LINES, PRODUCTS) as sales:
        known = category_visits(sales, moment, "UTC")
    day = as_day(moment)
    rows = np.unique(known.owner)
    return category_table(known, shop_as_of(known, day, rows), rows), known.categories


def figure(table: CategoryTable, customer: int, category: int, name: str) -> float:
    return float(table.figures[customer, category, NAMES.index(name)])


def test_orders_of_a_day_are_one_basket_and_products_without_a_category_are_left_out() -> None:
    again = ("o5", "ana", "2026-02-27T18:00:00", 5.0)
    with sales_of([*ORDERS, again], [*LINES, ("o5", "b"), ("o5", "m")], PRODUCTS) as sales:
        known = category_visits(sales, NOW, "UTC")
    assert (known.customers, known.categories) == (("ana", "ben"), ("bread", "milk", "tea"))
    assert known.owner.tolist() == [0, 0, 0, 1]
    assert known.held(np.array([2])).tolist() == [[1.0, 1.0, 0.0]]


def test_figures_of_a_customer_and_a_category_are_counted_from_her_visits() -> None:
    table, categories = table_of()
    milk, bread = categories.index("milk"), categories.index("bread")
    assert (figure(table, 0, milk, "share"), figure(table, 0, bread, "share")) == (3 / 3, pytest.approx(1 / 3))
    # Her three visits count 0.75², 0.75 and 1; bread was in the oldest only.
    assert figure(table, 0, bread, "share_quick") == pytest.approx(0.75**2 / (0.75**2 + 0.75 + 1))
    assert figure(table, 0, bread, "visits_since") == 2
    assert figure(table, 0, milk, "own_cycle") == pytest.approx((27 - 7) / (3 - 1))
    assert figure(table, 0, milk, "days_since") == pytest.approx(11 + 2 / 24)  # 27 February 10:00 to 10 March 12:00
    assert np.isnan(figure(table, 1, milk, "days_since"))


def test_the_plain_forecast_is_her_faded_share_drawn_to_the_shops() -> None:
    table, categories = table_of()
    bread = categories.index("bread")
    faded, visits = 0.95**2, 0.95**2 + 0.95 + 1
    lately = float(table.lately[bread])
    assert table.drawn[0, bread] == pytest.approx((faded + OWN_VISITS * lately) / (visits + OWN_VISITS))


def test_a_cycle_is_hers_drawn_to_the_shops_where_there_is_one() -> None:
    table, categories = table_of()
    milk = categories.index("milk")
    assert np.isnan(table.shop_cycle).all()  # below five customers there is none
    assert cycles_of(table)[0, milk] == pytest.approx(10.0)
    due = dues_of(table)[0]
    assert [(categories[one.category], round(one.in_days)) for one in due] == [("milk", -1)]
    assert dues_of(table)[1] == []


def test_the_reason_tells_how_often_and_when_it_is_due() -> None:
    with sales_of(ORDERS, LINES, PRODUCTS) as sales:
        listed = predict_next_categories(sales, NOW)["ana"]
        later = predict_next_categories(sales, datetime(2026, 3, 4, 12, tzinfo=UTC))["ana"]
    assert (listed[0].label, listed[0].kind, listed[0].basis) == ("milk", "next_category", "history")
    assert listed[0].reason == "in 3 of 3 baskets, last 11 days ago, every 10 days: due now"
    assert later[0].reason == "in 3 of 3 baskets, last 5 days ago, every 10 days: due about 9 March"
    assert len(listed) <= SHOWN
    assert [one.value for one in listed] == sorted((one.value for one in listed), reverse=True)
    assert all(0 <= one.low <= one.value <= one.high <= 1 for one in listed)


def test_what_was_bought_later_changes_nothing() -> None:
    later = [("z", "ana", "2026-03-11T10:00:00", 5.0), ("y", "cleo", "2026-03-12T10:00:00", 5.0)]
    with sales_of(ORDERS, LINES, PRODUCTS) as sales:
        before = predict_next_categories(sales, NOW)
    with sales_of([*ORDERS, *later], [*LINES, ("z", "t"), ("y", "t")], PRODUCTS) as sales:
        assert predict_next_categories(sales, NOW) == before


def test_a_shop_without_orders_or_categories_gets_none() -> None:
    with sales_of([]) as sales:
        assert predict_next_categories(sales, NOW) == {}
    with sales_of(ORDERS, [("o1", "x")], PRODUCTS) as sales:
        assert predict_next_categories(sales, NOW) == {}


def test_one_customer_with_one_basket_is_told_with_the_shop_as_its_ground() -> None:
    with sales_of(ORDERS[:1], LINES[:2], PRODUCTS) as sales:
        listed = predict_next_categories(sales, NOW)["ana"]
    assert {one.label for one in listed} == {"milk", "bread"}
    assert listed[0].basis == "shop"
    assert listed[0].reason == "in the one basket so far, last 31 days ago"


def steady_shop() -> CategoryVisits:
    """Sixty customers who come every other day, nine times in ten for the one thing each of them is fond of."""
    random = np.random.default_rng(0)
    orders, lines = [], []
    for customer in range(60):
        own = ("m", "b", "t")[customer % 3]
        for visit in range(12):
            order = f"{customer}-{visit}"
            day = 1 + 2 * visit + customer % 2
            orders.append((order, f"c{customer:02}", f"2026-02-{day:02}T10:00:00", 5.0))
            lines += [(order, own)] if random.random() < 0.9 else [(order, "mbt"[random.integers(3)])]
    with sales_of(orders, lines, PRODUCTS) as sales:
        return category_visits(sales, NOW, "UTC")


def test_trees_are_learned_from_baskets_after_earlier_days_and_beat_what_sells_most() -> None:
    known = steady_shop()
    day = as_day(datetime(2026, 2, 20, tzinfo=UTC))
    model = fit_categories(known, day, 7.0)
    assert model.booster is not None
    rows = np.unique(known.owner)
    chances = model.chances(category_table(known, model.shop, rows))
    held = known.held(known.next_visits(day, as_day(NOW))[rows])
    assert held[np.arange(len(rows)), chances.argmax(axis=1)].mean() > 0.8 > held.mean(axis=0).max()


def test_the_card_tells_how_the_last_horizon_was_foretold_beside_habits_and_popularity() -> None:
    known = steady_shop()
    end = datetime(2026, 2, 25, tzinfo=UTC)
    card = category_card(known, as_day(end), 7.0)
    assert card is not None
    assert (card.name, card.trained_to) == ("next_category", end - timedelta(days=7))
    assert card.metrics.keys() == card.baselines["her frequency"].keys() == card.baselines["popularity"].keys()
    hit, popular = (figures["next_category_hit_at_1"] for figures in (card.metrics, card.baselines["popularity"]))
    assert hit > 0.8 > popular
    assert card.limits[0] == "Measured once, on 60 customers who came within 7 days of an earlier day."
    assert sum(point[2] for point in card.curves["calibration"]) == 60 * 3  # the shop has three categories


def test_too_few_baskets_have_no_card() -> None:
    assert category_card(steady_shop(), as_day(datetime(2026, 2, 6, tzinfo=UTC)), 3.0) is None
    with sales_of(ORDERS, LINES, PRODUCTS) as sales:
        assert category_card(category_visits(sales, NOW, "UTC"), as_day(NOW), 7.0) is None


def test_the_quality_of_baskets_foretold_is_the_one_worked_by_hand() -> None:
    chances = np.array([[0.9, 0.5, 0.1, 0.1], [0.2, 0.6, 0.4, 0.3]])
    held = np.array([[1.0, 0.0, 0.0, 0.0], [0.0, 0.0, 0.0, 1.0]])
    found = category_quality(chances, held)
    assert (found["next_category_hit_at_1"], found["next_category_hit_at_3"]) == (1 / 2, 2 / 2)
    right = [0.9, 0.5, 0.9, 0.9, 0.8, 0.4, 0.6, 0.3]
    assert found["next_category_log_loss"] == pytest.approx(-np.log(right).mean())
