"""RFM classes: one for every customer, by the usual grid."""

from __future__ import annotations

from itertools import product

import pytest

from analytics.segmentation.rfm_classes import CLASSES, rfm_class


@pytest.mark.parametrize(
    ("scores", "expected"),
    [
        ((5, 5, 5), "Champions"),
        ((4, 5, 5), "Loyal"),
        ((5, 2, 3), "Potential loyalists"),  # (2 + 3) ÷ 2 is 2.5, rounded up 3
        ((5, 1, 1), "New"),
        ((4, 1, 1), "Promising"),
        ((3, 3, 3), "Need attention"),
        ((3, 1, 2), "About to sleep"),
        ((2, 4, 3), "At risk"),
        ((1, 5, 5), "Can't lose them"),
        ((2, 1, 2), "Hibernating"),
        ((1, 1, 1), "Lost"),
    ],
)
def test_each_class_is_where_marketers_expect_it(scores: tuple[int, int, int], expected: str) -> None:
    assert rfm_class(*scores) == expected


def test_every_customer_has_a_class_and_every_class_can_be_reached() -> None:
    assert {rfm_class(*scores) for scores in product(range(1, 6), repeat=3)} == set(CLASSES)


def test_a_score_beyond_the_scale_is_named() -> None:
    with pytest.raises(ValueError, match="frequency score 6"):
        rfm_class(3, 6, 1)
