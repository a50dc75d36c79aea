"""Building the recommender from the shop's database, measured on a split by time, kept as the artifact in use."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict, dataclass, field
from datetime import datetime
from pathlib import Path
from time import perf_counter

import numpy as np

from analytics.artifacts.registry import ArtifactRegistry
from analytics.evaluation.next_basket import evaluate
from analytics.recommendation.artifact import NAME, to_arrays
from analytics.recommendation.purchases import Purchases, Range, read_purchases, read_range
from analytics.recommendation.ranking.factors import fit_factors
from analytics.recommendation.ranking.knowledge import FitFactors
from analytics.recommendation.ranking.lessons import Plan
from analytics.recommendation.ranking.teaching import Taught, teach
from analytics.recommendation.training import train
from analytics.recommendation.words_said import hear_conversations
from store.engine import Database
from store.repositories.profiles import segment_members

#: Called with the name of the step and how much of the whole is done, 0..1.
Progress = Callable[[str, float], None]

#: The last weeks of the history, on which the model that does not know them is measured.
HELD_OUT_DAYS = 28
MEASURED_CUSTOMERS = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class RecommenderReport:
    """What was built. `metrics` by model ("recommender", "popular", "popular_30_days"); empty for a short history."""

    version: str
    customers: int
    products: int
    purchases: int
    metrics: dict[str, dict[str, float]] = field(default_factory=dict)
    seconds: float


def build_recommender(
    database: Database,
    artifacts_dir: Path,
    now: datetime,
    progress: Progress,
    seed: int = 0,
    factors: FitFactors = fit_factors,
) -> RecommenderReport:
    """Train on all orders up to `now` and put the model to use.

    Parameters
    ----------
    now : aware; orders after it are not seen.
    progress : told the step and how much of the whole is done, 0..1, before each step.
    seed : draws the customers on whom quality is measured; the model itself has no chance in it.
    factors : how products are factorised (`analytics.recommendation.engines`).

    Raises
    ------
    ValueError
        The shop has no orders of products with a price: there is nothing to learn from.
    """
    started = perf_counter()
    progress("Reading orders", 0.0)
    with database.read() as connection:
        on_sale = read_range(connection)
        purchases = read_purchases(connection, on_sale, now)
        segment_of = segment_members(connection)
        words = hear_conversations(connection, on_sale, purchases, now)
    if len(purchases.product) == 0:
        raise ValueError("No orders of products with a price; import orders and products first (`rapport import`).")
    progress(f"Learning from {len(purchases.product):,} purchases of {len(purchases.customers):,} customers", 0.1)
    taught = _taught(purchases, on_sale, seed, factors, progress)
    metrics = taught.metrics if taught else {}
    if not metrics:
        progress(f"Measuring on the last {HELD_OUT_DAYS} days", 0.8)
        metrics = _measured(purchases, on_sale, seed)
    progress("Writing down who buys like whom", 0.9)
    model = train(purchases, on_sale, segment_of, taught, words)
    registry = ArtifactRegistry(database, artifacts_dir)
    version = registry.save(NAME, to_arrays(model), metrics=metrics, now=now)
    progress("Recommender in use", 1.0)
    return RecommenderReport(
        version=version,
        customers=len(purchases.customers),
        products=len(on_sale.products),
        purchases=len(purchases.product),
        metrics=metrics,
        seconds=perf_counter() - started,
    )


def _taught(purchases: Purchases, on_sale: Range, seed: int, factors: FitFactors, progress: Progress) -> Taught | None:
    """Teach the ranking; None where the shop has too little past."""
    plan = Plan.for_shop(float(purchases.age.max()), len(np.unique(purchases.product)), seed)
    if plan is None:
        return None
    taught = teach(purchases, on_sale, plan, lambda step, done: progress(step, 0.1 + 0.7 * done), factors=factors)
    return taught if taught.serves_customers else None


def _measured(purchases: Purchases, on_sale: Range, seed: int) -> dict[str, dict[str, float]]:
    figures = evaluate(purchases, on_sale, days_ago=HELD_OUT_DAYS, customers=MEASURED_CUSTOMERS, seed=seed)
    return {name: asdict(of_model) for name, of_model in figures.items()}
