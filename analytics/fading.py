"""How much something of the past still counts: half after its half-life, a quarter after two."""

from __future__ import annotations

from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

#: An age, or an array of ages, in days.
Age = TypeVar("Age", float, NDArray[np.float32], NDArray[np.float64])


def faded(age: Age, half_life: float) -> Age:
    """Give what is left of 1 after so many days, 0..1 (an array keeps its type).

    Parameters
    ----------
    age, half_life : in days.
    """
    left: Age = 0.5 ** (age / half_life)
    return left
