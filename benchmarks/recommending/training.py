"""What teaching costs as a shop grows: CPU time of the whole ranking, of made-up shops of five sizes."""

from __future__ import annotations

import itertools
import time

from benchmarks.parts import Part
from benchmarks.recommending.comparing import Tell
from benchmarks.recommending.ours import Ours
from benchmarks.recommending.serving import made_up

#: Order lines by what a size is called in keys.
_SIZES = {"30k": 30_000, "300k": 300_000, "1m": 1_000_000, "3m": 3_000_000, "10m": 10_000_000}
#: Sizes measured by `--quick`.
_QUICK = 2
#: Order lines for each customer, in three years.
_LINES_EACH = 30


def measure(quick: bool, tell: Tell) -> list[Part]:
    """Teach a shop of each size, one thread; `quick` measures the smallest two.

    `train_30k_s` and so on: CPU seconds. `train_growth_300k`: CPU time of a line there, over that of a line of the
    size before; 1 is linear, less is better.
    """
    sizes = list(_SIZES.items())[: _QUICK if quick else None]
    spent: dict[str, float] = {}
    for name, lines in sizes:
        known = made_up(lines, customers=lines // _LINES_EACH)
        began = time.process_time()
        Ours().taught(known)
        spent[name] = time.process_time() - began
        tell(f"{lines:,} lines, {known.shape[0]:,} customers, {known.shape[1]:,} products: {spent[name]:.1f} s")
    figures = {f"train_{name}_s": round(seconds, 1) for name, seconds in spent.items()}
    for (smaller, few), (larger, many) in itertools.pairwise(sizes):
        figures[f"train_growth_{larger}"] = round(spent[larger] / spent[smaller] / (many / few), 3)
    return [Part(figures=figures, sizes={f"train_{name}_lines": lines for name, lines in sizes})]
