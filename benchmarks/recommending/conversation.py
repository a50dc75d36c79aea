"""What words of taste are worth: ours with and without them, on a simulated shop and on its null world."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from datetime import timedelta

import duckdb
import numpy as np
from scipy import sparse

from analytics.evaluation.gains import relative_gain
from analytics.recommendation.hearing import Said, Words, hear
from analytics.workspace import open_workspace
from benchmarks.parts import Part
from benchmarks.recommending.comparing import Tell
from benchmarks.recommending.measuring import Task, quality_of
from benchmarks.recommending.ours import Ours, serving
from benchmarks.recommending.protocol import Known, Recommend
from benchmarks.recommending.splits import Split, read_shop, split
from benchmarks.recommending.tasks import all_items, new_items
from benchmarks.simulated_shop import DAYS, START
from benchmarks.simulated_tastes import simulate_tastes

_CUSTOMERS, _CUSTOMERS_QUICK = 3000, 600
_SEED = 7
#: Days at the end that are foretold, and how long before them words are heeded.
_HORIZON, _HEEDED = 28, 120
#: The moment of the cut.
_CUT = START + timedelta(days=DAYS - _HORIZON)

_DEAF = "Rapport without conversation"

Stated = dict[str, dict[bool, tuple[int, ...]]]


def measure(quick: bool, tell: Tell) -> list[Part]:
    """Ask for the next basket of everybody who stated a taste in the 120 days before the cut.

    `conversation_all_ndcg_at_10`, `conversation_novel_ndcg_at_10` with their gains (`…_gain`, `…_gain_low`,
    `…_gain_high`: relative, 95 % of resamples of the customers) over ours without the words; `conversation_null_…` the
    same where words mean nothing. `…_words_gain` is what the shop learnt words to be worth (`Words.gain`).
    """
    customers = _CUSTOMERS_QUICK if quick else _CUSTOMERS
    cut, said, heard = _world(customers, words_matter=True)
    taught = Ours().taught(cut.known)
    tell("ours learnt")
    # What is bought is the same in both worlds, so the ranking is learnt once; what words are worth in each.
    _, by_chance, heard_by_chance = _world(customers, words_matter=False)
    return [
        *_parts("conversation_", cut, said, serving(cut.known, taught, heard), heard),
        *_parts("conversation_null_", cut, by_chance, serving(cut.known, taught, heard_by_chance), heard_by_chance),
    ]


def _world(customers: int, *, words_matter: bool) -> tuple[Split, Stated, Words]:
    with open_workspace() as shop:
        simulate_tastes(shop, customers=customers, seed=_SEED, words_matter=words_matter)
        cut = split(read_shop(shop, START + timedelta(days=DAYS)), _CUT)
        return cut, _stated(shop, cut), _heard(shop, cut.known)


def _heard(shop: duckdb.DuckDBPyConnection, known: Known) -> Words:
    """Learn what words are worth, as the shop does, from all that was said before the cut."""
    place = {str(name): number for number, name in enumerate(known.purchases.customers)}
    number = _numbers(known)
    rows = shop.execute(
        "SELECT customer_id, date_diff('second', said_at, $until) / 86400.0, category FROM stated "
        "WHERE likes AND said_at <= $until ORDER BY ALL",
        {"until": _CUT},
    ).fetchall()
    said = [Said(place[one], age, number[category]) for one, age, category in rows if one in place]
    categories = known.on_sale.categories
    ones = np.ones(len(categories), np.float32)
    things = sparse.csr_matrix((ones, (categories, np.arange(len(categories)))))
    return hear(said, things, known.purchases)


def _numbers(known: Known) -> dict[int, int]:
    """Give the number that each category of the simulation has in the range."""
    of_words = dict(zip(known.words, known.on_sale.categories.tolist(), strict=True))
    return {int(word.removeprefix("kind ")): number for word, number in of_words.items()}


def _parts(prefix: str, cut: Split, said: Stated, ours: Recommend, heard: Words) -> list[Part]:
    asked = [place for place, name in enumerate(cut.known.purchases.customers) if str(name) in said]
    gained = {f"{prefix}words_gain": round(heard.gain, 4)}
    parts = [Part(figures=gained, sizes={f"{prefix}words_heard": heard.heard})]
    for name, task in (("all", all_items(cut, asked)), ("novel", new_items(cut, asked))):
        key = f"{prefix}{name}_"
        sizes: dict[str, int | str] = {f"{key}customers": len(task.asked)}
        if not task.asked:
            parts.append(Part(figures={}, sizes=sizes))
            continue
        mine, deaf = quality_of(ours, _telling(task, cut, said), cut.known), quality_of(ours, task, cut.known)
        gains = (round(gain, 4) for gain in relative_gain(mine.ndcg, deaf.ndcg))
        figures = mine.figures(key) | dict(zip((f"{key}gain", f"{key}gain_low", f"{key}gain_high"), gains, strict=True))
        parts.append(Part(figures=figures, baselines={_DEAF: deaf.figures(key)}, sizes=sizes))
    return parts


def _stated(shop: duckdb.DuckDBPyConnection, cut: Split) -> Stated:
    """Give what each customer said before the cut, not too long ago: her newest like and her newest dislike."""
    number = _numbers(cut.known)
    rows = shop.execute(
        "SELECT customer_id, likes, arg_max(category, said_at) FROM stated "
        "WHERE said_at BETWEEN $since AND $until GROUP BY customer_id, likes",
        {"since": _CUT - timedelta(days=_HEEDED), "until": _CUT},
    ).fetchall()
    said: Stated = defaultdict(dict)
    for customer, likes, category in rows:
        said[customer][likes] = (number[category],)
    return said


def _telling(task: Task, cut: Split, stated: Stated) -> Task:
    """Add to each wish what she said."""
    asked = []
    for wish in task.asked:
        said = stated[str(cut.known.purchases.customers[wish.customer])]
        asked.append(replace(wish, likes=said.get(True, ()), dislikes=said.get(False, ())))
    return Task(asked=tuple(asked), bought=task.bought)
