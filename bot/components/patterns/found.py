"""What a pattern found."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Found:
    """A piece of a text, `text[start:end]`, and the value it stands for."""

    value: str
    start: int
    end: int
