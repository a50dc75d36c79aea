"""The live profile of somebody of whom nothing is known."""

from __future__ import annotations

from analytics.live.state import LiveState, new_raw, to_raw


def test_nobody_known_is_the_empty_record_and_a_copy_of_its_own_each_time() -> None:
    one, other = new_raw(), new_raw()
    one["seen"]["cart"]["mug"] = 1

    assert other == to_raw(LiveState())
