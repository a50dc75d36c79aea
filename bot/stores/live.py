"""Trackers kept in memory between turns, lent to one turn at a time."""

from __future__ import annotations

from collections import OrderedDict
from typing import Generic, TypeVar

Kept = TypeVar("Kept")


class Live(Generic[Kept]):
    """The most recently used values by key, at most `capacity` of them.

    A value is taken out while it is worked on and put back when the work is saved. So work that fails, or is cancelled
    half-way, leaves nothing behind: the next turn finds no value and reads the stored state.
    """

    def __init__(self, capacity: int) -> None:
        self._capacity = capacity
        self._kept: OrderedDict[str, Kept] = OrderedDict()

    def take(self, key: str) -> Kept | None:
        """Take a value out; None when there is none."""
        return self._kept.pop(key, None)

    def look(self, key: str) -> Kept | None:
        """Give a value without taking it out."""
        return self._kept.get(key)

    def put(self, key: str, value: Kept) -> None:
        """Put a value back; the one that was not used for longest gives way."""
        self._kept[key] = value
        self._kept.move_to_end(key)
        if len(self._kept) > self._capacity:
            self._kept.popitem(last=False)

    def __len__(self) -> int:
        return len(self._kept)
