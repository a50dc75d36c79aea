"""Cutting a figure into bars: round widths, a last bar for the long tail."""

from __future__ import annotations

import itertools
import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass

_STEPS = (1.0, 2.0, 2.5, 5.0, 10.0)


@dataclass(frozen=True, slots=True)
class Bins:
    """Bars of equal width from 0: bar i holds values from i · width to below (i + 1) · width, the last all above."""

    width: float
    count: int

    def labels(self, word: Callable[[float], str], *, whole: bool = False) -> list[str]:
        """Name the bars; `word` writes an edge. Bars of whole numbers are named by what is in them: "3–5"."""
        edges = [number * self.width for number in range(self.count)]
        between = []
        for low, high in itertools.pairwise(edges):
            last = high - 1 if whole else high
            between.append(word(low) if whole and last == low else f"{word(low)}–{word(last)}")
        return [*between, f"{word(edges[-1])} and more"]


def round_bins(high: float, about: int = 20, *, whole: bool = False) -> Bins:
    """Choose round bars for values of 0 to `high` (take the 98th percentile: few values lie above).

    Parameters
    ----------
    high : the last bar begins at or above it.
    about : how many bars are wished for.
    whole : values are whole numbers, so a bar is at least 1 wide.
    """
    if high <= 0:
        return Bins(1.0, 2)
    rough = high / about
    scale = 10.0 ** math.floor(math.log10(rough))
    width = next(step * scale for step in _STEPS if step * scale >= rough * 0.999)
    if whole:
        width = max(1.0, math.ceil(width))
    return Bins(width, math.ceil(high / width) + 1)


def counts_in(found: Sequence[tuple[int, int]], bins: Bins) -> list[int]:
    """Turn (number of the bar, count) of the bars that hold something into a count for every bar."""
    result = [0] * bins.count
    for number, count in found:
        result[min(max(int(number), 0), bins.count - 1)] += count
    return result
