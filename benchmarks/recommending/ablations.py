"""What each part of ours is worth: the same question with the part left out, on Online Retail."""

from __future__ import annotations

from analytics.evaluation.gains import relative_gain
from benchmarks.parts import Part
from benchmarks.recommending import shops
from benchmarks.recommending.comparing import Tell
from benchmarks.recommending.measuring import quality_of
from benchmarks.recommending.ours import ABLATIONS, Ours
from benchmarks.recommending.tasks import all_items, new_items

_ONE_IN_QUICK = 6
#: The past is asked so often, less than the shop does: each variant learns anew.
_MOMENTS = 2


def measure(quick: bool, tell: Tell) -> list[Part]:
    """Fit ours whole and without each part.

    Returns
    -------
    list of Part
        `ablation_all_ndcg_at_10` and `ablation_novel_ndcg_at_10`, the same keys of each variant as a baseline, and what
        the part adds (`ablation_all_gain_of_content`, with `…_low` and `…_high` of 95 % of resamples of the customers).

    Raises
    ------
    FileNotFoundError
        The data set is not beside the project.
    """
    cut = shops.retail_split(shops.online_retail(_ONE_IN_QUICK if quick else 1))
    tasks = {"all": all_items(cut), "novel": new_items(cut)}
    variants = [_ours(), *(_ours(part) for part in ABLATIONS)]
    qualities = {}
    for variant in variants:
        recommend = variant.fit(cut.known)
        qualities[variant.name] = {name: quality_of(recommend, task, cut.known) for name, task in tasks.items()}
        tell(f"{variant.name} measured")
    whole = qualities.pop(_ours().name)
    figures: dict[str, float] = {}
    baselines: dict[str, dict[str, float]] = {}
    for name, quality in whole.items():
        figures |= quality.figures(f"ablation_{name}_")
        for part in ABLATIONS:
            variant_name = _ours(part).name
            without = qualities[variant_name][name]
            baselines.setdefault(variant_name, {}).update(without.figures(f"ablation_{name}_"))
            key = f"ablation_{name}_gain_of_{part}"
            gains = relative_gain(quality.ndcg, without.ndcg)
            figures |= dict(zip((key, f"{key}_low", f"{key}_high"), (round(gain, 4) for gain in gains), strict=True))
    return [Part(figures=figures, baselines=baselines)]


def _ours(*without: str) -> Ours:
    return Ours(without=frozenset(without), moments=_MOMENTS)
