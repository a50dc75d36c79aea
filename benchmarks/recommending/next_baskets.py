"""Next baskets of known customers, of those with one order, and first baskets of newcomers, of both public shops."""

from __future__ import annotations

import time

from benchmarks.parts import Part
from benchmarks.recommending import shops
from benchmarks.recommending.comparing import Tell, compare, fit_all, hits
from benchmarks.recommending.ease import Ease
from benchmarks.recommending.ours import Ours
from benchmarks.recommending.plain import Popularity, PopularityOfLikes
from benchmarks.recommending.protocol import Recommend
from benchmarks.recommending.rivals import POPULARITIES, RECENT, fusions, single_models
from benchmarks.recommending.shops import journey_split, retail_split
from benchmarks.recommending.splits import Split
from benchmarks.recommending.tasks import NEWCOMERS, all_items, new_items, one_order

_RETAIL, _JOURNEY = "online_retail", "complete_journey"
_ONE_IN_QUICK = 6


def online_retail(quick: bool, tell: Tell) -> list[Part]:
    """Measure everything that is asked of Online Retail.

    Raises
    ------
    FileNotFoundError
        The data set is not beside the project.
    """
    return every_question(_RETAIL, retail_split(shops.online_retail(_ONE_IN_QUICK if quick else 1)), tell)


def complete_journey(quick: bool, tell: Tell) -> list[Part]:
    """Measure known households of The Complete Journey; newcomers and those with one order are too few to ask.

    Raises
    ------
    FileNotFoundError
        The package that carries the data is not installed.
    """
    cut = journey_split(shops.complete_journey(_ONE_IN_QUICK if quick else 1))
    return [_size(_JOURNEY, cut), *known_customers(_JOURNEY, cut, _ours(cut, tell), tell)]


def every_question(shop: str, cut: Split, tell: Tell) -> list[Part]:
    """Measure known customers, those with one order, and newcomers; `shop` begins every key."""
    ours = _ours(cut, tell)
    return [
        _size(shop, cut),
        *known_customers(shop, cut, ours, tell),
        *with_one_order(shop, cut, ours, tell),
        *without_history(shop, cut, ours, tell),
    ]


def _ours(cut: Split, tell: Tell) -> Recommend:
    began = time.process_time()
    ours = Ours(told=lambda step, _share: tell(step)).fit(cut.known)
    tell(f"ours learnt ({time.process_time() - began:.1f} s)")
    return ours


def _size(shop: str, cut: Split) -> Part:
    customers, products = cut.known.shape
    return Part(figures={}, sizes={f"{shop}_known_customers": customers, f"{shop}_products": products})


def known_customers(shop: str, cut: Split, ours: Recommend, tell: Tell) -> list[Part]:
    """Measure both protocols over all known customers."""
    blends = fusions(shop)
    rivals = fit_all((*single_models(shop), *blends), cut.known, tell)
    tell("asking")
    return [
        compare(f"{shop}_all_", all_items(cut), cut.known, ours, rivals, [blend.name for blend in blends]),
        compare(f"{shop}_novel_", new_items(cut), cut.known, ours, rivals, [blend.name for blend in blends]),
    ]


def with_one_order(shop: str, cut: Split, ours: Recommend, tell: Tell) -> list[Part]:
    """Measure both protocols over those with exactly one order, against what sells."""
    popular, once = fit_all(POPULARITIES, cut.known, tell), one_order(cut)
    return [
        compare(f"{shop}_one_order_all_", all_items(cut, once), cut.known, ours, popular),
        compare(f"{shop}_one_order_novel_", new_items(cut, once), cut.known, ours, popular),
    ]


def without_history(shop: str, cut: Split, ours: Recommend, tell: Tell) -> list[Part]:
    """Measure hits of first baskets, told nothing, one or two answers, or a first click."""
    week = Popularity(7)
    rivals = fit_all((RECENT, week, PopularityOfLikes(), Ease()), cut.known, tell)
    plain, likes, clicks = (RECENT.name, week.name), PopularityOfLikes().name, Ease().name
    hinted = {"newcomer_one_answer": likes, "newcomer_two_answers": likes, "newcomer_click": clicks}
    parts = []
    for name, task in NEWCOMERS.items():
        held = (*plain, hinted[name]) if name in hinted else plain
        parts.append(hits(f"{shop}_{name}_", task(cut), cut.known, ours, {rival: rivals[rival] for rival in held}))
    return parts
