"""What people see of a segment model, kept beside its numbers: written with it, read by the overview."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from pydantic import TypeAdapter

from analytics.segment_records import Candidate, Dendrogram, Outlier, SegmentMap, SegmentView, Transitions

_SEEN, _IDS, _SEGMENTS = "seen", "member_ids", "member_segments"


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """Everything but the model itself. `conditions` are the rules by segment id, in the form of hand-made segments."""

    segments: tuple[SegmentView, ...]
    conditions: dict[int, dict[str, Any]]
    candidates: tuple[Candidate, ...] = ()
    rule_fidelity: float | None = None
    notes: tuple[str, ...] = ()
    transitions: Transitions | None = None
    dendrogram: Dendrogram | None = None
    map: SegmentMap | None = None
    outliers: tuple[Outlier, ...] = ()
    rfm_classes: dict[str, int]


def seen_arrays(seen: Seen, members: Mapping[str, int]) -> dict[str, NDArray[Any]]:
    """Pack what is seen and who is in which segment as arrays for the artifact registry."""
    names = "\n".join(members).encode()
    return {
        _SEEN: np.frombuffer(TypeAdapter(Seen).dump_json(seen), dtype=np.uint8),
        _IDS: np.frombuffer(names, dtype=np.uint8),
        _SEGMENTS: np.fromiter(members.values(), dtype=np.int32, count=len(members)),
    }


def seen_from(arrays: Mapping[str, NDArray[Any]]) -> Seen:
    """Give back what is seen."""
    return TypeAdapter(Seen).validate_json(arrays[_SEEN].tobytes())


def members_from(arrays: Mapping[str, NDArray[Any]]) -> dict[str, int]:
    """Give back {customer id: segment id} as it was when this version was made."""
    names = arrays[_IDS].tobytes().decode()
    if not names:
        return {}
    return dict(zip(names.split("\n"), arrays[_SEGMENTS].tolist(), strict=True))
