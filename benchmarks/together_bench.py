"""`rapport bench together`: how often what goes with a product lies beside it later, against what sells most."""

from __future__ import annotations

import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import timedelta
from math import log2
from random import Random
from typing import Any

from analytics.recommendation.kinds import Kinds
from analytics.recommendation.together import companions
from benchmarks.shop_copy import imported_shop
from store.engine import Database
from store.repositories.catalogue import priced_products
from store.repositories.orders import all_order_products, all_orders

_SEED = 0
_HELD_OUT = timedelta(days=28)
_ASKED, _ASKED_QUICK = 3000, 500
_SHOWN = 3
#: Of a kind in fewer baskets before the split nobody could tell what goes with it.
_LEAST_BASKETS = 50

Baskets = list[frozenset[int]]


@dataclass(frozen=True)
class _Question:
    """A kind of a later basket, and the kinds of other categories that lay beside it."""

    kind: int
    beside: frozenset[int]


def run(quick: bool) -> dict[str, Any]:
    """Ask what goes with a product of a later basket, knowing only earlier baskets.

    Parameters
    ----------
    quick : one household in twenty, and 500 questions.

    Returns
    -------
    dict
        In the form of every benchmark, of three kinds of product shown for each question. `hit_at_3`: share of
        questions with one of them in the basket. `bits_at_3`: what the hits tell, in bits a question: milk, which is in
        every third basket, tells little, coffee filters much. `kinds_shown`: different kinds over all questions. The
        baseline shows what sells most in other categories.
    """
    began = time.perf_counter()
    with imported_shop(quick) as database:
        kinds, before, after = _split(database)
    known = Counter(kind for basket in before for kind in basket)
    kinds = Kinds(
        tuple(replace(kind, sold=known[place]) for place, kind in enumerate(kinds.listed)), kinds.place, len(before)
    )
    questions = _questions(kinds, after, known, _ASKED_QUICK if quick else _ASKED)
    beside = _beside(before, {question.kind for question in questions})
    ours = _measured(kinds, questions, lambda kind: _ours(kinds, kind, known[kind], beside[kind]))
    popular = [kind for kind, _ in known.most_common(200)]
    plain = _measured(kinds, questions, lambda kind: _varied(kinds, kind, popular))
    return {
        "bench": "together",
        "sizes": {"baskets": len(before), "questions": len(questions), "shown": _SHOWN},
        "figures": ours,
        "baselines": {"popular": plain},
        "ratio": {key: round(ours[key] / plain[key], 3) for key in ours if plain[key]},
        "seconds": round(time.perf_counter() - began, 1),
    }


def _split(database: Database) -> tuple[Kinds, Baskets, Baskets]:
    """Give the range by kinds, the baskets before the last weeks, and those in them."""
    with database.read() as connection:
        kinds = Kinds.of(priced_products(connection), 0)
        placed = {order: at for order, _, at in all_orders(connection)}
        held: defaultdict[str, set[int]] = defaultdict(set)
        for order, product in all_order_products(connection):
            if product in kinds.place:
                held[order].add(kinds.place[product])
    split = max(placed.values()) - _HELD_OUT
    before = [frozenset(basket) for order, basket in held.items() if placed[order] < split]
    after = [frozenset(basket) for order, basket in held.items() if placed[order] >= split]
    return kinds, before, after


def _questions(kinds: Kinds, baskets: Baskets, known: Counter[int], most: int) -> list[_Question]:
    random = Random(_SEED)
    asked: list[_Question] = []
    for basket in random.sample(baskets, len(baskets)):
        kind = random.choice(sorted(basket))
        others = frozenset(one for one in basket if kinds.listed[one].category != kinds.listed[kind].category)
        if others and known[kind] >= _LEAST_BASKETS:
            asked.append(_Question(kind, others))
        if len(asked) == most:
            break
    return asked


def _beside(baskets: Baskets, asked: set[int]) -> dict[int, Counter[int]]:
    """Count what lies beside each of the kinds asked about."""
    counted: dict[int, Counter[int]] = {kind: Counter() for kind in asked}
    for basket in baskets:
        for kind in basket & asked:
            counted[kind].update(basket)
    return counted


def _ours(kinds: Kinds, kind: int, baskets: int, beside: Counter[int]) -> list[int]:
    return _varied(kinds, kind, (one.kind for one in companions(kinds, {kind}, baskets, beside)))


def _varied(kinds: Kinds, asked: int, ranked: Iterable[int]) -> list[int]:
    """Take the best of each category but that of the kind asked about."""
    best: dict[str, int] = {}
    for kind in ranked:
        if kinds.listed[kind].category != kinds.listed[asked].category:
            best.setdefault(kinds.listed[kind].category, kind)
        if len(best) == _SHOWN:
            break
    return list(best.values())


def _measured(kinds: Kinds, questions: list[_Question], shown: Callable[[int], list[int]]) -> dict[str, float]:
    lists = {kind: shown(kind) for kind in {question.kind for question in questions}}
    hits = bits = 0.0
    for question in questions:
        found = question.beside.intersection(lists[question.kind])
        hits += bool(found)
        bits += sum(-log2(kinds.listed[kind].sold / kinds.orders) for kind in found)
    return {
        "hit_at_3": round(hits / len(questions), 4),
        "bits_at_3": round(bits / len(questions), 4),
        "kinds_shown": float(len({kind for listed in lists.values() for kind in listed})),
    }
