"""Rate limits: a bucket of tokens for each key, refilled steadily."""

from __future__ import annotations

import time
from collections import OrderedDict
from collections.abc import Callable

#: Keys remembered; the longest unused is forgotten first, which gives it a full bucket, as time has most likely done.
_MOST_KEYS = 50_000


class Buckets:
    """A token bucket for each key.

    Parameters
    ----------
    rate : tokens a second, > 0.
    burst : tokens a full bucket holds, >= 1.
    clock : seconds, growing.
    """

    def __init__(self, rate: float, burst: int, clock: Callable[[], float] = time.monotonic) -> None:
        self._rate = rate
        self._burst = float(burst)
        self._clock = clock
        #: Key → (tokens at that moment, the moment).
        self._levels: OrderedDict[str, tuple[float, float]] = OrderedDict()

    def allows(self, key: str) -> bool:
        """Whether a token is there; it stays there."""
        return self._level(key) >= 1.0

    def take(self, key: str) -> bool:
        """Take a token; False where the bucket is empty."""
        level = self._level(key)
        taken = level >= 1.0
        self._levels[key] = (level - 1.0 if taken else level, self._clock())
        self._levels.move_to_end(key)
        if len(self._levels) > _MOST_KEYS:
            self._levels.popitem(last=False)
        return taken

    def _level(self, key: str) -> float:
        level, then = self._levels.get(key, (self._burst, self._clock()))
        return min(self._burst, level + (self._clock() - then) * self._rate)
