"""What one unit of a product costs, read from its size."""

from __future__ import annotations

import pytest

from analytics.catalogue.unit_price import unit_price


@pytest.mark.parametrize(
    ("price", "size", "amount", "unit"),
    [
        (2.90, "14.5 oz", 2.90 / 14.5, "oz"),
        (3.20, "1 lb", 3.20 / 16, "oz"),
        (2.79, "1 gallon", 2.79 / 128, "oz"),
        (2.00, "0.5 gal", 2.00 / 64, "oz"),
        (6.00, "12 × 12 oz", 6.00 / 144, "oz"),
        (9.00, "750 ml", 9.00 / 0.75, "L"),
        (3.00, "500 g", 3.00 / 0.5, "kg"),
        (3.10, "20 ct", 3.10 / 20, "ct"),
        (2.40, "1 dozen", 2.40 / 12, "ct"),
        (1.28, "16 fl oz", 1.28 / 16, "oz"),
    ],
)
def test_the_price_is_divided_by_what_is_in_the_pack(price: float, size: str, amount: float, unit: str) -> None:
    read = unit_price(price, size)
    assert read is not None
    assert (read.amount, read.unit) == (pytest.approx(amount), unit)


@pytest.mark.parametrize(
    ("price", "size"),
    [(None, "14.5 oz"), (2.0, None), (2.0, "large"), (2.0, "0 oz"), (2.0, "3 yards"), (2.0, ""), (2.0, ". oz")],
)
def test_there_is_none_where_price_or_size_cannot_be_read(price: float | None, size: str | None) -> None:
    assert unit_price(price, size) is None
