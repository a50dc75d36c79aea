"""What customers of the simulated shop buy and say they like, out of one written-down truth.

Orders and turns of conversations are those of `benchmarks.simulated_shop`; here each order gets its products, and some
turns a word of taste. Every equation and constant stands in docs/explanation/simulated-shop.md; a change here is a
change there.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import duckdb
import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from benchmarks.simulated_shop import START, simulate

#: Categories of the range, and products of each.
KINDS = 24
PRODUCTS_A_KIND = 12
#: A customer's shares of the categories: Dirichlet, all alike; the smaller, the fewer she cares for.
TASTE_SPREAD = 0.15
#: Tastes turn at this rate a day: a category is dropped, and another taken up with this share.
TURNING = 0.008
TAKES_UP = 0.35
#: Lines of an order beyond the first (Poisson), and the chance that a line is her own favourite of its category.
LINES = 4.0
FAVOURITE = 0.5
#: Chance that a turn tells a like, and a dislike.
TELLS_LIKE = 0.6
TELLS_DISLIKE = 0.4

_BY_RANK = np.cumsum(1 / np.arange(1, PRODUCTS_A_KIND + 1))


@dataclass(slots=True)
class _Customer:
    """One customer as the days go by; `seen_on`: day of her last event; `taken`, `dropped`: -1 before the first."""

    shares: NDArray[np.float64]
    favourites: NDArray[np.int64]
    seen_on: float = 0.0
    taken: int = -1
    dropped: int = -1


@dataclass(slots=True)
class _Written:
    lines: set[tuple[str, int]] = field(default_factory=set)
    stated: list[tuple[str, object, int, bool]] = field(default_factory=list)


def simulate_tastes(into: duckdb.DuckDBPyConnection, *, customers: int, seed: int, words_matter: bool = True) -> None:
    """Let the simulated shop live, fill its orders with products and let customers say what they like.

    Parameters
    ----------
    into : gets the tables of `simulate`, but with other `lines` and `products` (product_id, name, category,
        price), and `stated` (customer_id, said_at, category, likes).
    words_matter : False makes the null world: whoever states something names a category by chance, all else alike.
    """
    simulate(into, customers=customers, seed=seed)
    random = np.random.default_rng((seed, 1))
    events = into.execute(
        "SELECT customer_id, placed_at AS moment, order_id FROM orders UNION ALL "
        "SELECT customer_id, said_at, NULL FROM said ORDER BY customer_id, moment, order_id"
    ).fetchall()
    written = _Written()
    living: dict[str, _Customer] = {}
    for customer_id, moment, order_id in events:
        customer = living.get(customer_id) or living.setdefault(customer_id, _newcomer(random))
        _turn(customer, (moment - START).total_seconds() / 86_400, random)
        if order_id is not None:
            written.lines.update((order_id, product) for product in _basket(customer, random))
        else:
            _speak(written, customer, customer_id, moment, words_matter, random)
    _make_tables(into, written)


def _newcomer(random: np.random.Generator) -> _Customer:
    return _Customer(
        shares=random.dirichlet(np.full(KINDS, TASTE_SPREAD)), favourites=random.integers(0, PRODUCTS_A_KIND, KINDS)
    )


def _turn(customer: _Customer, day: float, random: np.random.Generator) -> None:
    """Let the taste turn as often as it did since her last event."""
    since = day - customer.seen_on if customer.seen_on else 0.0
    customer.seen_on = max(day, 1e-9)
    for _ in range(random.poisson(TURNING * since)):
        customer.dropped = int(random.choice(KINDS, p=customer.shares))
        customer.taken = int((customer.dropped + random.integers(1, KINDS)) % KINDS)
        customer.shares[customer.dropped] = 0.0
        customer.shares *= (1 - TAKES_UP) / max(customer.shares.sum(), 1e-12)
        customer.shares[customer.taken] += TAKES_UP
        customer.shares /= customer.shares.sum()


def _basket(customer: _Customer, random: np.random.Generator) -> list[int]:
    """Draw products: categories by her shares, in each her favourite or one by rank (chance 1 / rank)."""
    size = 1 + random.poisson(LINES)
    kinds = np.minimum(np.searchsorted(np.cumsum(customer.shares), random.random(size)), KINDS - 1)
    others = np.searchsorted(_BY_RANK, random.random(size) * _BY_RANK[-1])
    places = np.where(random.random(size) < FAVOURITE, customer.favourites[kinds], others)
    products: list[int] = (kinds * PRODUCTS_A_KIND + places).tolist()
    return products


def _speak(
    written: _Written,
    customer: _Customer,
    customer_id: str,
    moment: object,
    words_matter: bool,
    random: np.random.Generator,
) -> None:
    for likes, chance, meant in ((True, TELLS_LIKE, customer.taken), (False, TELLS_DISLIKE, customer.dropped)):
        tells, by_chance = random.random() < chance, int(random.integers(0, KINDS))
        if tells and meant >= 0:
            written.stated.append((customer_id, moment, meant if words_matter else by_chance, likes))


def _make_tables(into: duckdb.DuckDBPyConnection, written: _Written) -> None:
    lines = sorted(written.lines)
    products = range(KINDS * PRODUCTS_A_KIND)
    into.register("made_lines", pa.table({
        "order_id": [order for order, _ in lines], "product_id": [f"p{product:03}" for _, product in lines],
        "quantity": [1] * len(lines),
    }))  # fmt: skip
    into.register("made_products", pa.table({
        "product_id": [f"p{product:03}" for product in products],
        "name": [f"kind {product // PRODUCTS_A_KIND:02} number {product % PRODUCTS_A_KIND}" for product in products],
        "category": [f"kind {product // PRODUCTS_A_KIND:02}" for product in products],
        "price": [1.0] * len(products),
    }))  # fmt: skip
    into.register("made_stated", pa.table({
        "customer_id": [row[0] for row in written.stated],
        "said_at": pa.array([row[1] for row in written.stated], type=pa.timestamp("us")),
        "category": pa.array([row[2] for row in written.stated], type=pa.int32()),
        "likes": [row[3] for row in written.stated],
    }))  # fmt: skip
    for name in ("lines", "products", "stated"):
        into.execute(f"CREATE OR REPLACE TABLE {name} AS SELECT * FROM made_{name}")  # noqa: S608
        into.unregister(f"made_{name}")
