"""What a bundle costs, to the cent: never less than the shop allows, and never more than its parts."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analytics.ordering_records import BundlePrice
from analytics.orders.bundle_discount import discount_of, shared_out
from analytics.recommendation.bundle_price import bundle_cents, bundle_id, cents
from analytics.recommendation_records import BundlePolicy
from analytics.records import OrderLine, Product


def line(product_id: str, price: float, quantity: int = 1) -> OrderLine:
    product = Product(product_id=product_id, name=product_id, category="Food", department="Grocery", price=price)
    return OrderLine(product=product, quantity=quantity, amount=quantity * price)


def test_without_a_section_a_bundle_costs_the_sum() -> None:
    assert bundle_cents([299, 125], [None, None], BundlePolicy()) == 299 + 125


def test_the_percentage_is_taken_off_and_a_fraction_of_a_cent_rounded_up() -> None:
    assert bundle_cents([500, 500], [None, None], BundlePolicy(percent_off=10)) == 1000 - 100
    assert bundle_cents([299, 126], [None, None], BundlePolicy(percent_off=10)) == 383, "382.5 cents"


def test_little_is_sold_at_its_sum_and_no_more_is_taken_off_than_allowed() -> None:
    assert bundle_cents([299, 100], [None, None], BundlePolicy(percent_off=10, least_price=4)) == 399
    assert bundle_cents([9000, 1000], [None, None], BundlePolicy(percent_off=10, most_saving=2.5)) == 10000 - 250


def test_the_margin_the_shop_wants_is_left_where_the_catalogue_tells_it() -> None:
    policy = BundlePolicy(percent_off=50, least_margin=0.2)
    assert bundle_cents([1000, 1000], [0.4, 0.4], policy) == 1200 / 0.8
    assert bundle_cents([1000, 1000], [0.1, 0.1], policy) == 2000, "there is nothing to take off"
    assert bundle_cents([1000, 1000], [0.4, None], policy) == 1000, "not told of both"


@given(
    prices=st.lists(st.integers(1, 50_000), min_size=2, max_size=3),
    percent=st.floats(0, 50),
    most=st.none() | st.floats(0.01, 20),
)
def test_no_bundle_is_below_what_the_shop_allows_nor_above_its_sum(
    prices: list[int], percent: float, most: float | None
) -> None:
    together = bundle_cents(prices, [None] * len(prices), BundlePolicy(percent_off=percent, most_saving=most))
    assert sum(prices) * (1 - percent / 100) - 1e-6 <= together <= sum(prices)
    assert most is None or sum(prices) - together <= cents(most)


def test_a_bundle_is_another_one_when_a_price_changes() -> None:
    assert bundle_id(["a", "b"], [100, 200], 270) == bundle_id(["a", "b"], [100, 200], 270)
    assert bundle_id(["a", "b"], [100, 201], 270) != bundle_id(["a", "b"], [100, 200], 270)


def test_the_discount_is_borne_by_the_lines_of_the_bundle_to_the_cent() -> None:
    lines = [line("pasta", 1.0), line("milk", 5.0), line("sauce", 2.0, quantity=3)]
    bundle = BundlePrice(product_ids=("pasta", "sauce"), price=3.0, saving=0.5)
    assert shared_out(lines, bundle) == [16, 0, 34]
    assert sum(shared_out(lines, bundle)) == discount_of(lines, bundle) == 50


@pytest.mark.parametrize(
    "bundle",
    [
        None,
        BundlePrice(product_ids=("pasta", "cheese"), price=3.0, saving=0.5),
        BundlePrice(product_ids=("pasta", "sauce"), price=2.9, saving=0.5),
        BundlePrice(product_ids=("pasta", "sauce"), price=3.0, saving=3.0),
        BundlePrice(product_ids=("pasta", "sauce"), price=3.0, saving=-1.0),
    ],
)
def test_what_is_not_the_bundle_that_was_told_takes_nothing_off(bundle: BundlePrice | None) -> None:
    lines = [line("pasta", 1.0), line("sauce", 2.0)]
    assert discount_of(lines, bundle) == 0
    assert shared_out(lines, bundle) == [0, 0]
