"""The same segment keeps its id when segments are found anew, and how customers moved meanwhile."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import linear_sum_assignment

from analytics.segmentation.model import SegmentModel

#: A new group is an earlier segment when they share at least this much of all their members (Jaccard index): below it
#: more customers changed than stayed, and another name is more honest.
_SAME = 0.25

#: Counts from (row) and to (column) each segment, and of newcomers to each.
Moves = tuple[tuple[tuple[int, ...], ...], tuple[int, ...]]


def matched_ids(
    before: Mapping[str, int], now: Mapping[str, int], groups: Sequence[int], next_id: int
) -> dict[int, int]:
    """Give each new group the id of the earlier segment that it continues, or one never used before.

    Groups and segments are paired so that the pairs have the most members in common in all (Hungarian method on the
    Jaccard index of members known to both); a pair that shares too little is no pair.

    Parameters
    ----------
    before : {customer id: segment id} so far.
    now : {customer id: group}.
    groups : all groups, in the order in which new ids are given.
    next_id : the first id that was never used.

    Returns
    -------
    {group: segment id}
    """
    segments = sorted(set(before.values()))
    likeness = np.zeros((len(groups), len(segments)))
    sizes_now = {group: 0 for group in groups}
    sizes_before = {segment: 0 for segment in segments}
    common: dict[tuple[int, int], int] = {}
    for customer, group in now.items():
        segment = before.get(customer)
        if segment is None:
            continue
        sizes_now[group] += 1
        sizes_before[segment] += 1
        common[group, segment] = common.get((group, segment), 0) + 1
    for (group, segment), count in common.items():
        union = sizes_now[group] + sizes_before[segment] - count
        likeness[groups.index(group), segments.index(segment)] = count / union
    rows, columns = linear_sum_assignment(-likeness)
    found = {
        groups[row]: segments[column]
        for row, column in zip(rows.tolist(), columns.tolist(), strict=True)
        if likeness[row, column] >= _SAME
    }
    for group in groups:
        if group not in found:
            found[group] = next_id
            next_id += 1
    return found


def renumbered(model: SegmentModel, ids: Mapping[int, int]) -> SegmentModel:
    """Give the model its segments' lasting ids, and put it in their order."""
    order = sorted(range(len(model.ids)), key=lambda place: ids[model.ids[place]])
    return replace(
        model,
        ids=tuple(ids[model.ids[place]] for place in order),
        middles=tuple(model.middles[place] for place in order),
        narrowness=tuple(model.narrowness[place] for place in order) if model.narrowness else (),
        offsets=tuple(model.offsets[place] for place in order) if model.offsets else (),
    )


def moves_between(counted: Iterable[Mapping[str, int | None]], ids: Sequence[int]) -> Moves:
    """Lay counted moves out: rows from, columns to, in the order of `ids`; and who came without a segment before.

    Parameters
    ----------
    counted : `came_from`, `segment` and `customers` of each move, as `expressions.movement_expression` has them.
    ids : of the segments; moves from or to others are left out.
    """
    places = {segment: place for place, segment in enumerate(ids)}
    counts: NDArray[np.int64] = np.zeros((len(ids), len(ids)), dtype=np.int64)
    newcomers = [0] * len(ids)
    for move in counted:
        came_from, segment, customers = move["came_from"], move["segment"], int(move["customers"] or 0)
        if segment not in places:
            continue
        if came_from is None:
            newcomers[places[segment]] += customers
        elif came_from in places:
            counts[places[came_from], places[segment]] += customers
    return tuple(map(tuple, counts.tolist())), tuple(newcomers)
