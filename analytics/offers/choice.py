"""Choosing among offers: mostly the best, at times another, always with a known probability.

The probability of each candidate is what off-policy evaluation later divides by; it is exact and never zero.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256
from random import Random

#: Share of decisions drawn evenly among the candidates, so that each keeps being tried.
EXPLORATION = 0.1
#: Candidates are drawn in proportion to worth to this power: twice the worth, four times the chance.
SHARPNESS = 2.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """The position drawn and the probability of each candidate, which sum to one."""

    index: int
    probabilities: tuple[float, ...]


def probabilities_of(worths: Sequence[float]) -> tuple[float, ...]:
    """Give the probability of each candidate from its worth (> 0)."""
    powers = [(worth / max(worths)) ** SHARPNESS for worth in worths]
    total = sum(powers)
    evenly = EXPLORATION / len(worths)
    return tuple(evenly + (1 - EXPLORATION) * power / total for power in powers)


def choose(worths: Sequence[float], seed: str) -> Choice:
    """Draw one candidate; the same worths and seed give the same one on every machine.

    Raises
    ------
    ValueError
        There is no candidate, or one is worth nothing.
    """
    if not worths or min(worths) <= 0:
        raise ValueError("choose among at least one candidate, each worth more than zero")
    probabilities = probabilities_of(worths)
    drawn = _drawn(seed)
    index = 0
    for probability in probabilities[:-1]:
        drawn -= probability
        if drawn < 0:
            break
        index += 1
    return Choice(index=index, probabilities=probabilities)


def happens(share: float, seed: str) -> bool:
    """Draw whether something of probability `share` (0..1) happens; the same seed gives the same on every machine."""
    return _drawn(f"{seed}|happens") < share


def _drawn(seed: str) -> float:
    return Random(int.from_bytes(sha256(seed.encode()).digest()[:8], "big")).random()
