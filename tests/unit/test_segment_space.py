"""Spaces: one customer and all customers come to the same point, and what says the same is joined."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
import pytest

from analytics import columns as c
from analytics.segmentation.figures import Columns, columns_of, telling
from analytics.segmentation.fitting import fit_model
from analytics.segmentation.model import from_arrays
from analytics.segmentation.space import Layer, Space
from analytics.segmentation.spaces import aspects_space, habits_space, log_space, rfm_space


@pytest.fixture(scope="module")
def shop() -> Columns:
    """120 customers; baskets differ, money follows orders, every fifth ordered once, nobody gets discounts."""
    draw = np.random.default_rng(3)
    rows = []
    for number in range(120):
        orders = 1 if number % 5 == 0 else int(draw.integers(2, 40))
        basket = float(draw.uniform(10, 30))
        behaviour = {
            c.BASKET_VALUE: basket,
            c.CATEGORIES_BOUGHT: 2 * orders,
            c.DISCOUNT_SHARE: 0.0,
            c.DAYS_BETWEEN_ORDERS: None if orders == 1 else 365 / orders,
        }
        rows.append((f"c{number}", float(draw.uniform(1, 300)), orders, orders * basket, behaviour))
    return columns_of(rows)[1]


@pytest.mark.parametrize("fit", [aspects_space, habits_space, rfm_space, log_space])
def test_one_customer_and_all_customers_come_to_the_same_points(shop: Columns, fit) -> None:  # type: ignore[no-untyped-def]
    space = fit(shop)
    points = space.points(shop)
    for number in (0, 1, 77):
        one = {name: None if math.isnan(values[number]) else values[number] for name, values in shop.items()}
        assert space.point(one) == pytest.approx(points[number].tolist())


def test_a_bent_layer_is_the_tanh_of_weighted_sums() -> None:
    layer = Layer(((1.0, 2.0), (0.0, -1.0)), (0.5, 0.0), bend=True)
    expected = [math.tanh(1 * 0.1 + 2 * 0.2 + 0.5), math.tanh(-0.2)]
    assert layer.of([0.1, 0.2]) == pytest.approx(expected)
    assert layer.of_all(np.array([[0.1, 0.2]]))[0].tolist() == pytest.approx(expected)


def test_a_figure_that_is_the_same_for_all_tells_nobody_apart(shop: Columns) -> None:
    assert telling(shop) == [c.BASKET_VALUE, c.DAYS_BETWEEN_ORDERS, c.CATEGORIES_BOUGHT]


def test_figures_that_say_the_same_are_one_aspect_and_recency_stays_alone(shop: Columns) -> None:
    space = aspects_space(shop)
    assert space.axes[0] == c.RECENCY_DAYS
    joined = next(axis for axis in space.axes if c.FREQUENCY in axis).split("+")
    assert {c.FREQUENCY, c.DAYS_BETWEEN_ORDERS, c.CATEGORIES_BOUGHT} <= set(joined)
    # A longer gap is fewer orders: the gap is turned before the mean is taken.
    row = space.layers[0].weights[space.axes.index("+".join(joined))]
    assert row[space.figures.index(c.FREQUENCY)] == -row[space.figures.index(c.DAYS_BETWEEN_ORDERS)]


def test_what_goes_with_nothing_else_counts_less(shop: Columns) -> None:
    space = aspects_space(shop)
    assert dict(zip(space.axes, space.weights, strict=True))[c.BASKET_VALUE] < 0.5


def test_a_customer_of_one_order_reads_as_one_with_the_longest_gap(shop: Columns) -> None:
    space = aspects_space(shop)
    longest = np.nanmax(shop[c.DAYS_BETWEEN_ORDERS])
    once = {c.RECENCY_DAYS: 5.0, c.FREQUENCY: 1.0, c.MONETARY: 12.0, c.BASKET_VALUE: 12.0, c.CATEGORIES_BOUGHT: 2.0}
    assert space.point(once) == space.point({**once, c.DAYS_BETWEEN_ORDERS: longest})


def test_the_model_survives_its_arrays_and_its_ids_follow_the_money(shop: Columns) -> None:
    model = fit_model(shop, aspects_space(shop), 4, 0)
    again = from_arrays(model.to_arrays())
    assert again == model
    assigned = model.assign_all(shop)
    spent = [shop[c.MONETARY][assigned == segment].mean() for segment in model.ids]
    assert spent == sorted(spent, reverse=True)


def test_distances_of_one_customer_are_those_of_all_in_the_order_of_ids(shop: Columns) -> None:
    plain = fit_model(shop, aspects_space(shop), 3, 0)
    mixture = replace(plain, narrowness=((2.0,) * len(plain.space.weights),) * 3, offsets=(0.0, 0.5, 0.1))
    for model in (plain, mixture):
        rows = model.distances_all(shop)
        one = {name: values[1] for name, values in shop.items()}
        assert model.distances(one) == pytest.approx(rows[1].tolist())
        assert model.assign(one) == model.ids[int(rows[1].argmin())]


def test_a_hand_made_space_gives_hand_worked_distances() -> None:
    space = Space(
        name="rfm", figures=(c.FREQUENCY,), fallbacks=(1.0,), scales=((0.0, 10.0),), weights=(2.0,), axes=("orders",)
    )
    model = replace(fit_model({c.FREQUENCY: np.array([0.0, 10.0]), c.MONETARY: np.array([0.0, 1.0])}, space, 2, 0))
    # 5 orders of 0 to 10 lie at place 0.5, times the weight 2 at 1.0: as far from 0 as from 2.
    assert model.distances({c.FREQUENCY: 5.0}) == pytest.approx([1.0, 1.0])
