"""How large the segments were, day by day: carried from version to version, since old versions are forgotten."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from typing import Any

from analytics.segment_records import SizesAt

#: Days that are remembered: three months of nightly work.
MOST = 90
_KEY = "history"


def with_sizes(before: Mapping[str, Any], segments: Iterable[int], now: datetime) -> dict[str, Any]:
    """Give the history with today's sizes, as it is kept among a version's metrics.

    Parameters
    ----------
    before : metrics of the version in use so far; none, or of an earlier program: the history begins.
    segments : the segment id of every customer.
    now : aware. Of each day (UTC) the last sizes stay.
    """
    at = now.astimezone(UTC).isoformat()
    sizes = {str(segment): n for segment, n in sorted(Counter(segments).items())}
    past = [one for one in before.get(_KEY, ()) if one["at"][:10] != at[:10]]
    return {_KEY: [*past, {"at": at, "sizes": sizes}][-MOST:]}


def sizes_over_time(metrics: Mapping[str, Any]) -> tuple[SizesAt, ...]:
    """Read the history out of a version's metrics, oldest first."""
    return tuple(
        SizesAt(
            at=datetime.fromisoformat(one["at"]), sizes={int(segment): int(n) for segment, n in one["sizes"].items()}
        )
        for one in metrics.get(_KEY, ())
    )
