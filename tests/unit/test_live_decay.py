"""Fading counters: what is read of them, whatever the order in which things came."""

from __future__ import annotations

import pytest

from analytics.live.decay import add, add_bounded, read, shares, weight

DAY = 86400.0
NOW = 1_800_000_000.0


def test_a_thing_of_now_counts_one_and_one_of_a_half_life_ago_counts_half() -> None:
    counters: dict[str, float] = {}
    add(counters, "views", weight(NOW, 30))
    add(counters, "views", weight(NOW - 30 * DAY, 30))
    assert read(counters, NOW, 30) == pytest.approx({"views": 1 + 1 / 2}, rel=1e-5)
    assert read(counters, NOW + 30 * DAY, 30) == pytest.approx({"views": (1 + 1 / 2) / 2}, rel=1e-5)


def test_the_order_of_arrival_does_not_matter() -> None:
    moments = [NOW - 3 * DAY, NOW, NOW - 40 * DAY]
    forth: dict[str, float] = {}
    back: dict[str, float] = {}
    for at in moments:
        add(forth, "views", weight(at, 30))
    for at in reversed(moments):
        add(back, "views", weight(at, 30))
    assert forth["views"] == pytest.approx(back["views"], rel=1e-5)


def test_shares_need_no_moment_and_add_up_to_one() -> None:
    counters = {"tea": weight(NOW, 90), "coffee": 3 * weight(NOW, 90)}
    assert shares(counters) == {"coffee": 3 / 4, "tea": 1 / 4}
    assert shares({}) == {}


def test_a_full_family_leaves_out_its_least() -> None:
    counters = {"tea": 2.0, "coffee": 1.0}
    add_bounded(counters, "milk", 0.5, most=2)
    assert counters == {"tea": 2.0, "milk": 0.5}
    add_bounded(counters, "tea", 1.0, most=2)
    assert counters == {"tea": 3.0, "milk": 0.5}


@pytest.mark.parametrize("at", [-1e12, 0.0, 1e12])
def test_no_moment_is_beyond_all_numbers(at: float) -> None:
    assert 0 < weight(at, 30) < float("inf")
