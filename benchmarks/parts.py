"""One part of a benchmark of several: its figures, and the same keys of what it is held against."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """Figures and baselines by name; `sizes` tells how much was measured, and what in words."""

    figures: dict[str, float]
    baselines: dict[str, dict[str, float]] = field(default_factory=dict)
    sizes: dict[str, int | str] = field(default_factory=dict)
