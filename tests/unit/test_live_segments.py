"""When a customer changes her segment: only when another is clearly nearer."""

from __future__ import annotations

import pytest

from analytics.live.segments import chosen_segment, figures_of


@pytest.mark.parametrize(
    ("distances", "present", "chosen"),
    [
        ([3.0, 1.0, 2.0], None, 8),  # she was in none: the nearest
        ([3.0, 1.0, 2.0], 99, 8),  # the model does not have hers any more
        ([1.0, 0.9, 2.0], 7, 7),  # nearer by a tenth: she stays
        ([1.0, 0.85, 2.0], 7, 7),  # exactly at the margin: she stays
        ([1.0, 0.84, 2.0], 7, 8),  # nearer by 16 %: she goes
        ([1.0, 0.9, 0.5], 7, 9),  # to the nearest, not to the next
        ([0.0, 0.0, 0.0], 9, 9),
    ],
)
def test_she_goes_where_it_is_clearly_nearer(distances: list[float], present: int | None, chosen: int) -> None:
    assert chosen_segment(distances, (7, 8, 9), present) == chosen


def test_to_and_fro_at_the_border_she_does_not_flicker() -> None:
    present = 1
    seen = []
    for step in (0.95, 1.05, 0.95, 1.05, 0.80, 1.05, 0.95, 1.30):
        present = chosen_segment([1.0, step], (1, 2), present)
        seen.append(present)
    assert seen == [1, 1, 1, 1, 2, 2, 2, 1]


def test_what_the_live_profile_does_not_know_comes_from_the_feature_job() -> None:
    habits = '{"basket_value": 9.0, "categories_bought": 7, "favourite_category": "Tea"}'
    wanted = ("basket_value", "categories_bought", "favourite_category", "weekend_share")
    assert figures_of({"basket_value": 12.0}, wanted, habits) == {"basket_value": 12.0, "categories_bought": 7.0}
    assert figures_of({"basket_value": 12.0}, ("basket_value",), "not read") == {"basket_value": 12.0}
