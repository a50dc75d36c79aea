"""One question asked of ours and of every rival: figures of all, and the gain over the best that stands alone."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping, Sequence

from analytics.evaluation.gains import relative_gain
from benchmarks.parts import Part
from benchmarks.recommending.measuring import Quality, Task, quality_of
from benchmarks.recommending.protocol import K, Known, Recommend, Recommender

#: Told what is being measured.
Tell = Callable[[str], None]


def fit_all(models: Sequence[Recommender], known: Known, tell: Tell) -> dict[str, Recommend]:
    """Fit each model once, by name."""
    fitted = {}
    for model in models:
        began = time.process_time()
        fitted[model.name] = model.fit(known)
        tell(f"{model.name} learnt ({time.process_time() - began:.1f} s)")
    return fitted


def compare(
    prefix: str, task: Task, known: Known, ours: Recommend, rivals: Mapping[str, Recommend], blends: Sequence[str] = ()
) -> Part:
    """Measure ours beside its rivals on the same wishes.

    Parameters
    ----------
    prefix : of the keys; `…_gain` is the relative gain in nDCG over the best rival that is no blend, with the bounds
        that hold 95 % of resamples of the customers (`…_gain_low`, `…_gain_high`).
    blends : names among `rivals` that are made of several models.

    Returns
    -------
    Part
        `sizes` names the best single model; without anybody to ask, there are no figures.
    """
    if not task.asked:
        return Part(figures={}, sizes={f"{prefix}customers": 0})
    mine = quality_of(ours, task, known)
    others = {name: quality_of(recommend, task, known) for name, recommend in rivals.items()}
    best = best_single(others, blends)
    gain, low, high = relative_gain(mine.ndcg, others[best].ndcg)
    return Part(
        figures=mine.figures(prefix)
        | {f"{prefix}gain": round(gain, 4), f"{prefix}gain_low": round(low, 4), f"{prefix}gain_high": round(high, 4)},
        baselines={name: quality.figures(prefix) for name, quality in others.items()},
        sizes={f"{prefix}customers": len(task.asked), f"{prefix}best_single": best},
    )


def best_single(qualities: Mapping[str, Quality], blends: Sequence[str]) -> str:
    """Give the name of the model with the highest mean nDCG among those that are no blend."""
    return max((name for name in qualities if name not in blends), key=lambda name: float(qualities[name].ndcg.mean()))


def hits(prefix: str, task: Task, known: Known, ours: Recommend, rivals: Mapping[str, Recommend]) -> Part:
    """Measure hit@10 alone, with its 95 % bounds of the gain over the first rival; for those without history."""
    if not task.asked:
        return Part(figures={}, sizes={f"{prefix}customers": 0})
    mine = quality_of(ours, task, known)
    others = {name: quality_of(recommend, task, known) for name, recommend in rivals.items()}
    gain, low, high = relative_gain(mine.hit, next(iter(others.values())).hit)
    keys = (f"{prefix}hit_at_{K}", f"{prefix}ndcg_at_{K}")

    def both(quality: Quality) -> dict[str, float]:
        return {key: value for key, value in quality.figures(prefix).items() if key in keys}

    return Part(
        figures=both(mine)
        | {f"{prefix}gain": round(gain, 4), f"{prefix}gain_low": round(low, 4), f"{prefix}gain_high": round(high, 4)},
        baselines={name: both(quality) for name, quality in others.items()},
        sizes={f"{prefix}customers": len(task.asked)},
    )
