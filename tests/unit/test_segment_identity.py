"""Who continues whom, and who went where."""

from __future__ import annotations

import pyarrow as pa

from analytics.segmentation.engines import moves_of
from analytics.segmentation.identity import matched_ids, moves_between


def test_a_group_takes_the_id_of_the_segment_that_it_shares_most_members_with() -> None:
    before = {"a0": 7, "a1": 7, "a2": 7, "b0": 9, "b1": 9}
    now = {"a0": 0, "a1": 0, "a2": 1, "b0": 1, "b1": 1}
    # Group 0 shares 2 of 3 with segment 7, group 1 shares 2 of 3 with segment 9.
    assert matched_ids(before, now, [0, 1], 10) == {0: 7, 1: 9}


def test_pairs_are_made_for_the_best_of_all_not_one_by_one() -> None:
    # Group 0 is like segment 1 (4 of 8) and like segment 2 (3 of 7 = 0.43); group 1 is like segment 1 only (4 of 8).
    before = {f"x{n}": 1 for n in range(4)} | {f"y{n}": 2 for n in range(3)} | {f"z{n}": 1 for n in range(4)}
    now = {f"x{n}": 0 for n in range(4)} | {f"y{n}": 0 for n in range(3)} | {f"z{n}": 1 for n in range(4)}
    assert matched_ids(before, now, [0, 1], 3) == {0: 2, 1: 1}


def test_a_group_that_shares_less_than_a_quarter_gets_a_new_id() -> None:
    before = dict.fromkeys((f"a{n}" for n in range(10)), 1)
    now = {f"a{n}": int(n < 2) for n in range(10)}
    # Group 1 holds 2 of the 10 of segment 1, group 0 holds 8 of them.
    assert matched_ids(before, now, [0, 1], 5) == {0: 1, 1: 5}


def test_without_earlier_segments_all_ids_are_new_and_in_order() -> None:
    assert matched_ids({}, {"a": 0, "b": 1}, [1, 0], 1) == {1: 1, 0: 2}


def test_moves_are_counted_from_row_to_column_and_newcomers_apart() -> None:
    moved = {"came_from": [1, 1, 2, None, 8, 1], "segment": [1, 2, 2, 2, 2, 9]}
    counted = moves_of(pa.table(moved, schema=pa.schema([("came_from", pa.int64()), ("segment", pa.int64())])))
    counts, newcomers = moves_between(counted, (1, 2))
    assert counts == ((1, 1), (0, 1))
    assert newcomers == (0, 1)
