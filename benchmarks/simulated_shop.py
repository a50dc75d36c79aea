"""A shop that never was, whose orders and conversations come from one written-down truth.

Every equation and constant stands in docs/explanation/simulated-shop.md; a change here is a change there. No public set
has both orders and conversations of the same people, so what dialogue signals are worth is measured here, beside a
world in which they are worth nothing.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta

import duckdb
import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

START = datetime(2024, 1, 1)  # noqa: DTZ001  (the tables hold naive UTC)
DAYS = 540
#: Customers join on a day of the first so many.
JOINING_DAYS = 270
#: Orders a day: Gamma with this shape, and this mean (one in sixteen days).
RATE_SHAPE = 2.0
RATE_MEAN = 0.0625
#: Chance that an order goes wrong: Beta.
BAD_A = 1.2
BAD_B = 8.0
#: Satisfaction, -1..1: where a customer's settles, and how far that strays between customers.
SETTLES = 0.3
SETTLES_SPREAD = 0.2
#: Share of the way back it goes in a day, what a bad order takes, what a resolved complaint gives.
SETTLING = 0.02
BAD_TAKES = 0.5
RESOLVED_GIVES = 0.2
#: Rate a day of leaving for good at average satisfaction, and how much satisfaction changes its logarithm.
LEAVING = 0.0022
LEAVING_BY_SATISFACTION = 3.0
#: Chance a day of a conversation: always, on a day with an order, with one that went wrong.
SPEAKS = 0.006
SPEAKS_ORDERED = 0.1
SPEAKS_BAD = 0.75
#: Turns of a conversation beyond the first (Poisson), and how far the mood of a turn strays from satisfaction.
TURNS = 1.5
STRAYS = 0.4
#: Chance that a conversation about a bad order is a complaint, and mean days until it is resolved.
COMPLAINS = 0.6
RESOLVED_AFTER = 12.0
#: Chance that a turn is not met, and what a bad order adds to it.
UNMET = 0.06
UNMET_BAD = 0.25
CATEGORIES = ("bread", "milk", "fruit", "coffee", "cheese", "sweets", "pasta", "soap")
CHANNELS = ("web", "telegram", "email")


@dataclass(slots=True)
class _Written:
    """Rows as the days go by, a list a column."""

    orders: list[tuple[int, int, float]] = field(default_factory=list)
    said: list[tuple[int, float, float, bool, bool, int]] = field(default_factory=list)
    complaints: list[tuple[int, float, float]] = field(default_factory=list)


def simulate(into: duckdb.DuckDBPyConnection, *, customers: int, seed: int, feelings_matter: bool = True) -> None:
    """Let the shop live for `DAYS` days and write what it would have seen.

    Parameters
    ----------
    into : gets `orders`, `lines`, `products` as `analytics.features.sales.load_sales` has them, and `said`,
        `complaints` as `analytics.features.dialogues.load_dialogues` has them.
    customers : who ever join.
    seed : the same seed gives the same shop.
    feelings_matter : False makes the null world: customers leave at the rate of average satisfaction whatever theirs
        is, all else alike.
    """
    random = np.random.default_rng(seed)
    written = _Written()
    joined = random.integers(0, JOINING_DAYS, customers)
    rate = random.gamma(RATE_SHAPE, RATE_MEAN / RATE_SHAPE, customers)
    goes_wrong = random.beta(BAD_A, BAD_B, customers)
    settles = random.normal(SETTLES, SETTLES_SPREAD, customers)
    satisfaction = settles.copy()
    resolved_on = np.full(customers, -1.0)
    left = np.zeros(customers, dtype=bool)
    for day in range(DAYS):
        there = (joined <= day) & ~left
        orders = there & ((random.random(customers) < -np.expm1(-rate)) | (joined == day))
        bad = orders & (random.random(customers) < goes_wrong)
        satisfaction += SETTLING * (settles - satisfaction) - BAD_TAKES * bad
        mended = (resolved_on >= day) & (resolved_on < day + 1)
        satisfaction += RESOLVED_GIVES * mended
        np.clip(satisfaction, -1.0, 1.0, out=satisfaction)
        chance = np.where(bad, SPEAKS_BAD, np.where(orders, SPEAKS_ORDERED, SPEAKS))
        speaks = there & (random.random(customers) < chance)
        complains = speaks & bad & (random.random(customers) < COMPLAINS)
        takes = random.exponential(RESOLVED_AFTER, customers)
        resolved_on = np.where(complains, day + 1 + takes, resolved_on)
        _write_day(written, day, random, (orders, bad, speaks, complains), satisfaction, resolved_on)
        felt = satisfaction if feelings_matter else np.full(customers, SETTLES)
        hazard = LEAVING * np.exp(-LEAVING_BY_SATISFACTION * (felt - SETTLES))
        left |= there & (random.random(customers) < -np.expm1(-hazard))
    _make_tables(into, written, customers, random)


def _write_day(
    written: _Written,
    day: int,
    random: np.random.Generator,
    marks: tuple[NDArray[np.bool_], ...],
    satisfaction: NDArray[np.float64],
    resolved_on: NDArray[np.float64],
) -> None:
    orders, bad, speaks, complains = marks
    for one in np.flatnonzero(orders):
        # Each customer has an hour of her own, 8 to 20, and keeps to it within two hours or so.
        hour = np.clip(8 + (one * 7) % 13 + random.normal(0, 1.5), 0, 23.9)
        written.orders.append((int(one), day, float(hour)))
    for one in np.flatnonzero(speaks):
        for turn in range(1 + random.poisson(TURNS)):
            mood = float(np.clip(satisfaction[one] + random.normal(0, STRAYS), -1, 1))
            unmet = bool(random.random() < UNMET + UNMET_BAD * bad[one])
            moment = day + 0.9 + turn / 1440
            written.said.append((int(one), moment, mood, unmet, bool(bad[one]), int(one) % len(CHANNELS)))
    for one in np.flatnonzero(complains):
        written.complaints.append((int(one), day + 0.9, float(resolved_on[one])))


def _make_tables(
    into: duckdb.DuckDBPyConnection, written: _Written, customers: int, random: np.random.Generator
) -> None:
    def moments(days: list[float]) -> pa.Array:
        return pa.array([START + timedelta(days=day) for day in days], type=pa.timestamp("us"))

    taste = random.dirichlet(np.full(len(CATEGORIES), 0.5), customers)
    total = np.round(np.exp(random.normal(3.0, 0.5, len(written.orders))), 2)
    held = [np.flatnonzero(random.random(len(CATEGORIES)) < 1 - (1 - taste[one]) ** 3) for one, _, _ in written.orders]
    into.register("made_orders", pa.table({
        "order_id": [f"o{number}" for number in range(len(written.orders))],
        "customer_id": [f"c{one:05}" for one, _, _ in written.orders],
        "placed_at": moments([day + hour / 24 for _, day, hour in written.orders]),
        "total": total, "discount": np.zeros(len(total)),
    }))  # fmt: skip
    into.register("made_lines", pa.table({
        "order_id": [f"o{number}" for number, each in enumerate(held) for _ in each],
        "product_id": [f"p{one}" for each in held for one in each],
    }))  # fmt: skip
    into.register("made_products", pa.table({
        "product_id": [f"p{one}" for one in range(len(CATEGORIES))],
        "category": list(CATEGORIES), "department": ["food"] * len(CATEGORIES),
    }))  # fmt: skip
    into.register("made_said", pa.table({
        "customer_id": [f"c{row[0]:05}" for row in written.said], "said_at": moments([row[1] for row in written.said]),
        "sentiment": [row[2] for row in written.said], "channel": [CHANNELS[row[5]] for row in written.said],
        "unmet": [row[3] for row in written.said], "trouble": [row[4] for row in written.said],
        "shopping": [not row[4] for row in written.said],
    }))  # fmt: skip
    into.register("made_complaints", pa.table({
        "customer_id": [f"c{row[0]:05}" for row in written.complaints],
        "opened_at": moments([row[1] for row in written.complaints]),
        "resolved_at": moments([row[2] for row in written.complaints]),
    }))  # fmt: skip
    for name in ("orders", "lines", "products", "said", "complaints"):
        into.execute(f"CREATE TABLE {name} AS SELECT * FROM made_{name}")  # noqa: S608
        into.unregister(f"made_{name}")
