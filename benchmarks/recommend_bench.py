"""`rapport bench recommend`: next baskets foretold, beside the models that are known to foretell them well."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from typing import Any

from threadpoolctl import threadpool_limits

from benchmarks.parts import Part
from benchmarks.recommending import ablations, conversation, device, next_baskets, own_shop, serving, training
from benchmarks.recommending.comparing import Tell

#: What is measured, by the name for `--part`, in this order. A part whose data are absent is left out and told.
PARTS: dict[str, Callable[[bool, Tell], list[Part]]] = {
    "online_retail": next_baskets.online_retail,
    "complete_journey": next_baskets.complete_journey,
    "ablations": ablations.measure,
    "conversation": conversation.measure,
    "device": device.measure,
    "serving": serving.measure,
    "training": training.measure,
    own_shop.OWN_SHOP: own_shop.measure,
}
#: Without a part named: what is the same on every machine.
_UNASKED = tuple(name for name in PARTS if name != own_shop.OWN_SHOP)

#: Figures of which less is better; of all others more is.
_LESS = ("ms",)


def run(quick: bool, parts: Sequence[str] = ()) -> dict[str, Any]:
    """Measure the parts.

    Parameters
    ----------
    quick : a fraction of the customers.
    parts : names among `PARTS`; empty: all but the shop of this installation.

    Returns
    -------
    dict
        In the form of every benchmark; `sizes` names what was left out.
    """
    began = time.perf_counter()
    figures: dict[str, float] = {}
    baselines: dict[str, dict[str, float]] = {}
    sizes: dict[str, Any] = {}
    with threadpool_limits(1):  # one core for everybody
        measured = [part for name in parts or _UNASKED for part in _measured(name, quick)]
    for part in measured:
        figures |= part.figures
        sizes |= part.sizes
        for rival, values in part.baselines.items():
            baselines.setdefault(rival, {}).update(values)
    return {
        "bench": "recommend",
        "sizes": sizes,
        "figures": figures,
        "baselines": baselines,
        "ratio": ratios(figures, baselines),
        "seconds": round(time.perf_counter() - began, 1),
    }


def _measured(name: str, quick: bool) -> list[Part]:
    def tell(what: str) -> None:
        print(f"  {name}: {what}", flush=True)

    try:
        return PARTS[name](quick, tell)
    except FileNotFoundError as absent:
        tell(f"skipped: {absent}")
        return [Part(figures={}, sizes={f"{name}_skipped": str(absent)})]


def ratios(figures: dict[str, float], baselines: dict[str, dict[str, float]]) -> dict[str, float]:
    """Give each figure over the best baseline with its key, turned round where less is better."""
    found = {}
    for key, figure in figures.items():
        others = [values[key] for values in baselines.values() if values.get(key)]
        if others and figure:
            less = any(word in key.split("_") for word in _LESS)
            found[key] = round(min(others) / figure if less else figure / max(others), 4)
    return found
