"""`rapport bench predict`, CDNOW: the published test of models of buying, 39 weeks to learn from and 39 to foretell."""

from __future__ import annotations

from datetime import date
from importlib.metadata import PackageNotFoundError, files
from pathlib import Path

import numpy as np

from analytics.prediction.beta_geometric import fit_beta_geometric
from analytics.prediction.history import Floats, History, day_of, history_of
from analytics.prediction.pareto import fit_pareto
from benchmarks.parts import Part

#: The first day that is foretold, and how many are.
END, HORIZON = day_of(date(1997, 10, 1)), 273
_WEEK = 7


def cdnow_file() -> Path | None:
    """Say where the file of the sample is: inside the package `lifetimes`, whose code is not imported; or None."""
    try:
        listed = files("lifetimes") or []
    except PackageNotFoundError:
        return None
    return next((Path(str(one.locate())) for one in listed if one.name == "CDNOW_sample.txt"), None)


def read_cdnow() -> History:
    """Read all purchase days.

    Raises
    ------
    FileNotFoundError
        The package is not installed.
    """
    file = cdnow_file()
    if file is None:
        raise FileNotFoundError("data absent: CDNOW is in the package lifetimes, which is not installed")
    bought: dict[tuple[str, int], float] = {}
    for line in file.read_text().splitlines():
        if line.strip():
            _, customer, day, _, amount = line.split()
            key = customer, day_of(date(int(day[:4]), int(day[4:6]), int(day[6:])))
            bought[key] = bought.get(key, 0.0) + float(amount)
    customers, places = np.unique(np.array([key[0] for key in bought]), return_inverse=True)
    return history_of(customers.tolist(), places, np.array([key[1] for key in bought]), np.array(list(bought.values())))


def measure_cdnow() -> list[Part]:
    """Measure what serves shops too young to test models on (Pareto/NBD), beside BG/NBD and MBG/NBD.

    Time is counted as in the papers: to the last day of the 39 weeks, not past it.
    """
    history = read_cdnow()
    summary = history.summary(END)
    orders = history.bought_within(END, HORIZON)[0][summary.customer]
    known = summary.repeats, summary.recency / _WEEK, (summary.age - 1) / _WEEK
    plain, leaving = fit_beta_geometric(*known), fit_beta_geometric(*known, may_leave_at_once=True)
    weeks = HORIZON / _WEEK
    figures = _errors(fit_pareto(*known).expected(weeks, *known), orders)
    figures |= {f"cdnow_{name}": round(getattr(plain, name), 4) for name in ("r", "alpha", "a", "b")}
    return [
        Part(
            figures=figures | {"cdnow_log_likelihood": round(plain.log_likelihood, 1)},
            baselines={
                "bg_nbd": _errors(plain.expected(weeks, *known), orders),
                "mbg_nbd": _errors(leaving.expected(weeks, *known), orders),
                "usual rate": _errors(summary.repeats * weeks / known[2], orders),
            },
            sizes={"cdnow_customers": len(orders)},
        )
    ]


def _errors(expected: Floats, orders: Floats) -> dict[str, float]:
    off = expected - orders
    return {
        "cdnow_mae": round(float(np.mean(np.abs(off))), 5),
        "cdnow_rmse": round(float(np.sqrt(np.mean(off**2))), 5),
        "cdnow_correlation": round(float(np.corrcoef(expected, orders)[0, 1]), 5),
    }
