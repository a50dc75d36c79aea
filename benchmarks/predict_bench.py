"""`rapport bench predict`: what is expected of customers, held against what they did."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from typing import Any

from benchmarks import dialogue_ablation, predict_answers, predict_few, predict_next, predict_sessions
from benchmarks.parts import Part
from benchmarks.predict_buying import measure_buying
from benchmarks.predict_cdnow import measure_cdnow

logger = logging.getLogger(__name__)

#: What is measured, in this order; each is told whether to be quick. A part whose data are absent is left out.
MEASURED: tuple[Callable[[bool], list[Part]], ...] = (
    measure_buying,
    lambda _quick: measure_cdnow(),
    predict_next.measure,
    predict_answers.measure,
    lambda _quick: predict_sessions.measure(),
    predict_few.measure,
    lambda quick: [dialogue_ablation.measure(quick)],
)

#: Figures of which less is better; of all others more is.
_LESS = ("mae", "rmse", "brier", "ece", "loss", "bias", "error")


def run(quick: bool) -> dict[str, Any]:
    """Measure all parts.

    Parameters
    ----------
    quick : one household of the demonstration shop in eight, fewer resamples.

    Returns
    -------
    dict
        In the form of every benchmark. `ratio` is the figure over the best baseline, turned round where less is better.
    """
    began = time.perf_counter()
    figures: dict[str, float] = {}
    baselines: dict[str, dict[str, float]] = {}
    sizes: dict[str, Any] = {}
    for part in _parts(quick):
        figures |= part.figures
        sizes |= part.sizes
        for name, values in part.baselines.items():
            baselines.setdefault(name, {}).update(values)
    return {
        "bench": "predict",
        "sizes": sizes,
        "figures": figures,
        "baselines": baselines,
        "ratio": _ratios(figures, baselines),
        "seconds": round(time.perf_counter() - began, 1),
    }


def _parts(quick: bool) -> list[Part]:
    parts = []
    for measure in MEASURED:
        try:
            parts += measure(quick)
        except FileNotFoundError as absent:
            logger.warning("left out: %s", absent)
    return parts


def _ratios(figures: dict[str, float], baselines: dict[str, dict[str, float]]) -> dict[str, float]:
    found = {}
    for key, figure in figures.items():
        others = [abs(values[key]) for values in baselines.values() if key in values]
        if others and figure:
            less = any(word in key.split("_") for word in _LESS)
            best = min(others) if less else max(others)
            found[key] = round(best / abs(figure) if less else figure / best, 4) if best else 1.0
    return found
