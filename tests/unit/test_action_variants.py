"""Variants of one product, where a shop swaps a thing only for its like."""

from __future__ import annotations

from dataclasses import replace

import pytest

from actions.variants import only_line, properties, variant_in
from analytics.records import Product
from tests.support import demo_shop

KETTLE = Product(product_id="k0", name="Kettle, 1L, glass, black", category="Kettle", department="Kitchen", price=20)
VARIANTS = [
    replace(KETTLE, product_id=f"k{number}", name=f"Kettle, {kind}")
    for number, kind in enumerate(("1L, glass, white", "1.5L, glass, white", "2L, plastic, dark-blue"), start=1)
]


@pytest.mark.parametrize(
    ("said", "found"),
    [
        ("a white one", "k1"),
        ("the white one in 1.5 L please", "k2"),
        ("2l", "k3"),
        ("the plastic kettle", "k3"),
        ("the dark blue version", "k3"),
        ("a bigger one", None),
        ("another one", None),
        ("a kettle", None),
        ("a white plastic one", None),
    ],
)
def test_the_first_variant_that_has_everything_she_says_is_meant(said: str, found: str | None) -> None:
    variant = variant_in(said, VARIANTS, KETTLE)
    assert (variant.product_id if variant else None) == found


def test_variants_are_told_by_what_is_their_own() -> None:
    assert properties(VARIANTS) == "1L, glass, white; 1.5L, glass, white; 2L, plastic, dark-blue"


def test_one_line_is_meant_or_none() -> None:
    coffee = demo_shop.RECEIVED.lines[0]
    assert only_line(demo_shop.RECEIVED, ("102",)) == coffee
    assert only_line(demo_shop.RECEIVED, ()) is None
    assert only_line(demo_shop.RECEIVED, ("102", "103")) is None
    assert only_line(replace(demo_shop.RECEIVED, lines=(coffee, coffee)), ()) == coffee
