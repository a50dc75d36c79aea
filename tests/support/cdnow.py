"""CDNOW: 2,357 customers of a music shop, on whom models of buying have been measured since 2005.

The file lies inside the package `lifetimes`, whose code is neither needed nor imported.
"""

from __future__ import annotations

from datetime import date
from importlib.metadata import PackageNotFoundError, files
from pathlib import Path

import numpy as np
import pytest

from analytics.prediction.history import History, day_of, history_of

#: The end of the period on which models are fitted, and what comes after it: 39 weeks each.
END = day_of(date(1997, 10, 1))
HORIZON = 273


def cdnow_file() -> Path | None:
    """Where the file of the sample is; None where the package is absent."""
    try:
        listed = files("lifetimes") or []
    except PackageNotFoundError:
        return None
    return next((Path(str(one.locate())) for one in listed if one.name == "CDNOW_sample.txt"), None)


needs_cdnow = pytest.mark.skipif(cdnow_file() is None, reason="data absent: CDNOW is in the package lifetimes")


def cdnow() -> History:
    """Read all purchase days."""
    file = cdnow_file()
    assert file is not None
    bought: dict[tuple[str, int], float] = {}
    for line in file.read_text().splitlines():
        if line.strip():
            _, customer, day, _, amount = line.split()
            key = customer, day_of(date.fromisoformat(day))
            bought[key] = bought.get(key, 0.0) + float(amount)
    customers, places = np.unique(np.array([key[0] for key in bought]), return_inverse=True)
    return history_of(customers, places, np.array([key[1] for key in bought]), np.array(list(bought.values())))
