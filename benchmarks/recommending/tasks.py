"""What is asked of every model: lists for customers known at the cut, and for newcomers told a little."""

from __future__ import annotations

from collections.abc import Callable, Iterable

import numpy as np

from benchmarks.recommending.measuring import Task
from benchmarks.recommending.protocol import Asked, Known
from benchmarks.recommending.splits import Split

_SEED = 0


def all_items(split: Split, customers: Iterable[int] | None = None) -> Task:
    """Ask for the next basket of everybody who had bought before the cut (or of some of them)."""
    chosen = sorted(split.wanted if customers is None else set(customers) & set(split.wanted))
    return Task(asked=tuple(Asked(customer=one) for one in chosen), bought=tuple(split.wanted[one] for one in chosen))


def new_items(split: Split, customers: Iterable[int] | None = None) -> Task:
    """Ask for what she had not bought before the cut; who bought only such things is not asked."""
    bought = split.known.bought
    asked, wanted = [], []
    for one in sorted(split.wanted if customers is None else set(customers) & set(split.wanted)):
        before = bought.indices[bought.indptr[one] : bought.indptr[one + 1]].tolist()
        new = split.wanted[one].difference(before)
        if new:
            asked.append(Asked(customer=one, new_only=True))
            wanted.append(new)
    return Task(asked=tuple(asked), bought=tuple(wanted))


def one_order(split: Split) -> list[int]:
    """Give the customers who had ordered exactly once."""
    return np.flatnonzero(split.orders == 1).tolist()


def newcomers(split: Split, *, answers: int = 0, clicks: int = 0) -> Task:
    """Ask for the first basket of those without history, telling a little of what they came for.

    Of each basket `answers` or `clicks` products are drawn by seed and taken out of what is wanted, so that no model
    is told what it is then asked. The model is told the categories of the former and the latter themselves. Baskets
    without anything left to find are not asked about; the same seed draws the same for every model.

    Parameters
    ----------
    answers, clicks : how many products give a hint.
    """
    random = np.random.default_rng(_SEED)
    asked, wanted = [], []
    for basket in split.newcomers:
        drawn = _drawn(basket, answers + clicks, split.known, random)
        left = basket.difference(drawn)
        if left and len(drawn) == answers + clicks:
            named = [int(split.known.on_sale.categories[one]) for one in drawn[:answers]]
            asked.append(Asked(customer=None, likes=tuple(dict.fromkeys(named)), clicked=tuple(drawn[answers:])))
            wanted.append(left)
    return Task(asked=tuple(asked), bought=tuple(wanted))


def first_click(split: Split) -> Task:
    """Ask for the first basket of everybody, told one product of it and nothing else: not even who she is.

    The product is drawn by seed and taken out of what is wanted.
    """
    random = np.random.default_rng(_SEED)
    asked, wanted = [], []
    for basket in (*(split.wanted[one] for one in sorted(split.wanted)), *split.newcomers):
        drawn = _drawn(basket, 1, split.known, random)
        left = basket.difference(drawn)
        if drawn and left:
            asked.append(Asked(customer=None, clicked=tuple(drawn)))
            wanted.append(left)
    return Task(asked=tuple(asked), bought=tuple(wanted))


def _drawn(basket: frozenset[int], count: int, known: Known, random: np.random.Generator) -> list[int]:
    """Draw products of a basket that were on sale before the cut."""
    sold = sorted(one for one in basket if one < known.shape[1])
    return [sold[place] for place in random.permutation(len(sold))[:count]]


#: What a newcomer tells, by the name in the figures' keys.
NEWCOMERS: dict[str, Callable[[Split], Task]] = {
    "newcomer": newcomers,
    "newcomer_one_answer": lambda split: newcomers(split, answers=1),
    "newcomer_two_answers": lambda split: newcomers(split, answers=2),
    "newcomer_click": lambda split: newcomers(split, clicks=1),
}
