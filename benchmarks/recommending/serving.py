"""How long one whole list takes: CPU time in this process, on one core, of a shop of 20,000 products."""

from __future__ import annotations

import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from analytics.recommendation.ranking.ranker import Ranked
from analytics.workspace import open_workspace
from benchmarks.parts import Part
from benchmarks.recommending.comparing import Tell
from benchmarks.recommending.ours import Ours, ranking
from benchmarks.recommending.plain import recent
from benchmarks.recommending.protocol import Asked, K, Known, best_of, forbidden
from benchmarks.recommending.splits import read_shop, split
from benchmarks.synthetic_sales import END, write_sales

_LINES, _CUSTOMERS = 400_000, 4_000
_ASKED, _ASKED_QUICK = 1_000, 100
#: Asked before the clock starts, so that no first touch is measured.
_WARMING = 20
#: Rounds over all wishes; the quickest of each counts. CPU time, too, grows with what else runs on the machine, which
#: shares its caches.
_ROUNDS = 3
_PLAIN = "EASE scoring"


def measure(quick: bool, tell: Tell) -> list[Part]:
    """Ask for one list after the other, of all items and of new ones in turn, each of another customer.

    `serve_p50_ms`, `serve_p95_ms`: CPU milliseconds of one list; `serve_per_s`: lists in a second of CPU time.
    """
    known = made_up(_LINES // 4 if quick else _LINES)
    tell(f"a shop of {known.shape[1]} products made")
    asked = _wishes(known, _ASKED_QUICK if quick else _ASKED)
    taught = Ours().taught(known)
    if taught is None:
        raise ValueError("The made-up shop has too little past to learn from.")
    tell("ours learnt")
    rank = ranking(known, taught, recent(known, 30))
    mine = _times(lambda wish: _first(rank(wish)), asked)
    plain = _times(_scoring(known, asked), asked)
    return [
        Part(
            figures=figures_of(mine),
            baselines={_PLAIN: figures_of(plain)},
            sizes={"serve_products": known.shape[1], "serve_customers": known.shape[0], "serve_lists": len(asked)},
        )
    ]


def _first(ranked: Ranked | None) -> list[tuple[int, float]]:
    return [] if ranked is None else ranked.entries(K)


def made_up(lines: int, customers: int = _CUSTOMERS) -> Known:
    """Make up three years of a shop and give all of it."""
    with tempfile.TemporaryDirectory(prefix="rapport-bench-") as temporary, open_workspace() as sales:
        folder = Path(temporary) / "shop"
        write_sales(folder, lines=lines, customers=customers)
        sales.execute(
            f"""
            CREATE TABLE kept AS SELECT * REPLACE (product_id::VARCHAR AS product_id)
            FROM read_parquet('{folder}/sales.parquet/*.parquet') WHERE quantity > 0;
            CREATE TABLE orders AS SELECT order_id::VARCHAR AS order_id, customer_id::VARCHAR AS customer_id,
                   min(placed_at) AS placed_at FROM kept GROUP BY ALL;
            CREATE TABLE lines AS
            SELECT order_id::VARCHAR AS order_id, product_id, sum(quantity)::INTEGER AS quantity FROM kept GROUP BY ALL;
            CREATE TABLE products AS
            SELECT product_id, concat(category, ' number ', product_id) AS name, category, price
            FROM (SELECT product_id::VARCHAR AS product_id, category FROM read_parquet('{folder}/products.parquet'))
            JOIN (SELECT product_id, median(amount / quantity) AS price FROM kept GROUP BY ALL) USING (product_id)
            """  # noqa: S608  (our own paths)
        )
        end = END.replace(tzinfo=None)
        return split(read_shop(sales, end), end).known


def _wishes(known: Known, count: int) -> list[Asked]:
    customers = np.random.default_rng(0).permutation(known.shape[0])[:count].tolist()
    return [Asked(customer=one, new_only=number % 2 == 1) for number, one in enumerate(customers)]


def _scoring(known: Known, asked: Sequence[Asked]) -> Callable[[Asked], object]:
    """Give the plainest thing that ranks everything: her products' rows of an item-item matrix added up, the ten best.

    The rows hold random numbers, and only those asked for are there: what they hold changes no time, and learning
    them takes products³.
    """
    needed = np.unique(np.concatenate([_bought(known, wish) for wish in asked]))
    place = np.full(known.shape[1], -1, dtype=np.int64)
    distinct = min(len(needed), 2_000)  # 160 MB; rows are shared in turn
    place[needed] = np.arange(len(needed)) % distinct
    rows = np.random.default_rng(0).standard_normal((distinct, known.shape[1]), dtype=np.float32)

    def recommend(wish: Asked) -> list[list[int]]:
        scores = rows[place[_bought(known, wish)]].sum(axis=0)
        scores[forbidden(known, wish)] = -np.inf
        return best_of(scores[None, :], K)

    return recommend


def _bought(known: Known, wish: Asked) -> NDArray[np.int32]:
    start, end = known.bought.indptr[wish.customer : (wish.customer or 0) + 2]
    return np.asarray(known.bought.indices[start:end])


def _times(recommend: Callable[[Asked], object], asked: Sequence[Asked]) -> NDArray[np.float64]:
    for wish in asked[:_WARMING]:
        recommend(wish)
    spent = np.empty((_ROUNDS, len(asked)))
    for round_, place in np.ndindex(spent.shape):
        began = time.process_time_ns()
        recommend(asked[place])
        spent[round_, place] = (time.process_time_ns() - began) / 1e6
    return np.asarray(spent.min(axis=0))


def figures_of(milliseconds: NDArray[np.float64]) -> dict[str, float]:
    """Give the middle, the slow end, and how many lists a second of CPU time makes."""
    return {
        "serve_p50_ms": round(float(np.percentile(milliseconds, 50)), 4),
        "serve_p95_ms": round(float(np.percentile(milliseconds, 95)), 4),
        "serve_per_s": round(1000 / float(milliseconds.mean()), 1),
    }
