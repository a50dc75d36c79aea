"""Online Retail: next baskets of known customers, of those with one order, and first baskets of newcomers."""

from __future__ import annotations

from benchmarks.parts import Part
from benchmarks.recommending.comparing import Tell, compare, fit_all, hits
from benchmarks.recommending.ease import Ease
from benchmarks.recommending.ours import Ours
from benchmarks.recommending.plain import Popularity, PopularityOfLikes
from benchmarks.recommending.rivals import RECENT, fusions, popularities, single_models
from benchmarks.recommending.shops import RETAIL_DAYS, online_retail, retail_split
from benchmarks.recommending.splits import Split
from benchmarks.recommending.tasks import NEWCOMERS, all_items, new_items, one_order

_ONE_IN_QUICK = 6
_PREFIX = "online_retail_"


def measure(quick: bool, tell: Tell) -> list[Part]:
    """Measure everything that is asked of Online Retail.

    Raises
    ------
    FileNotFoundError
        The data set is not beside the project.
    """
    cut = retail_split(online_retail(_ONE_IN_QUICK if quick else 1))
    customers, products = cut.known.shape
    size = Part(
        figures={},
        sizes={
            f"{_PREFIX}known_customers": customers, f"{_PREFIX}products": products, f"{_PREFIX}days": RETAIL_DAYS,
        },
    )  # fmt: skip
    return [size, *known_customers(_PREFIX, cut, tell, "online_retail"), *without_history(cut, tell)]


def known_customers(prefix: str, cut: Split, tell: Tell, shop: str) -> list[Part]:
    """Measure both protocols over all known customers, and over those with one order against what sells."""
    ours = Ours().fit(cut.known)
    tell("ours learnt")
    blends = fusions()
    rivals = fit_all((*single_models(shop), *blends), cut.known, tell)
    popular = {name: rivals[name] for name in popularities()}
    once = one_order(cut)
    tell("asking")
    return [
        compare(f"{prefix}all_", all_items(cut), cut.known, ours, rivals, [blend.name for blend in blends]),
        compare(f"{prefix}novel_", new_items(cut), cut.known, ours, rivals, [blend.name for blend in blends]),
        compare(f"{prefix}one_order_all_", all_items(cut, once), cut.known, ours, popular),
        compare(f"{prefix}one_order_novel_", new_items(cut, once), cut.known, ours, popular),
    ]


def without_history(cut: Split, tell: Tell) -> list[Part]:
    """Measure hits of first baskets, told nothing, one or two answers, or a first click."""
    ours = Ours().fit(cut.known)
    week = Popularity(7)
    rivals = fit_all((RECENT, week, PopularityOfLikes(), Ease()), cut.known, tell)
    plain, likes, clicks = (RECENT.name, week.name), PopularityOfLikes().name, Ease().name
    hinted = {"newcomer_one_answer": likes, "newcomer_two_answers": likes, "newcomer_click": clicks}
    parts = []
    for name, task in NEWCOMERS.items():
        held = (*plain, hinted[name]) if name in hinted else plain
        parts.append(hits(f"{_PREFIX}{name}_", task(cut), cut.known, ours, {rival: rivals[rival] for rival in held}))
    return parts
