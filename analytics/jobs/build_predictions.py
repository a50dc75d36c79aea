"""The job that says what is expected of every customer: all makers, one artifact, one table."""

from __future__ import annotations

import json
import time
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from analytics.artifacts.registry import ArtifactRegistry
from analytics.features.sales import load_sales
from analytics.prediction.buying import predict_buying
from analytics.prediction.further import FURTHER
from analytics.prediction.making import Made, Maker, Material
from analytics.prediction.reading import ARTIFACT
from analytics.prediction.wire import card_dict, predictions_text
from analytics.prediction_records import ModelCard, Prediction
from analytics.workspace import open_workspace
from store.engine import Database
from store.repositories.bulk import Row
from store.repositories.predictions import write_predictions

#: Called with the name of the step and how much of the whole is done, 0..1.
Progress = Callable[[str, float], None]

#: Who predicts what, in the order in which it stands in a customer's list.
MAKERS: tuple[Maker, ...] = (predict_buying, *FURTHER)


@dataclass(frozen=True, slots=True, kw_only=True)
class PredictionsReport:
    """What was predicted. `version` None when there is nobody to predict anything of."""

    version: str | None
    customers: int
    cards: tuple[ModelCard, ...]
    seconds: float

    def lines(self) -> list[str]:
        """Tell it: a line in all, and a few for each model."""
        lines = [f"predictions for {self.customers:,} customers in {self.seconds:.1f} s, version {self.version or '-'}"]
        for card in self.cards:
            lines.append(f"  {card.name}: {card.purpose}")
            for name, figures in ({"in use": card.metrics} | card.baselines).items():
                lines.append(f"    {name}: " + ", ".join(f"{key} {value:.3g}" for key, value in figures.items()))
        return lines


def build_predictions(
    database: Database,
    artifacts_dir: Path,
    now: datetime,
    progress: Progress,
    *,
    timezone: str = "UTC",
    currency: str = "$",
    makers: Sequence[Maker] = MAKERS,
) -> PredictionsReport:
    """Predict what every customer who has ordered will do, and write it in one transaction.

    Parameters
    ----------
    database : with orders, or none: then there are no predictions either.
    artifacts_dir : where the models are kept.
    now : aware moment of computing; orders after it are not seen.
    progress : told of every step.
    timezone : the shop's zone, in which days begin.
    currency : sign put before amounts in reasons.
    """
    started = time.perf_counter()
    progress("Reading orders", 0.0)
    with open_workspace() as sales:
        load_sales(database, sales)
        made: list[Made] = []

        def tell(text: str) -> None:
            progress(text, 0.1 + 0.8 * len(made) / len(makers))

        material = Material(sales=sales, database=database, now=now, timezone=timezone, currency=currency, tell=tell)
        for maker in makers:
            made.append(maker(material))
    progress("Writing predictions", 0.9)
    version, customers = _write(database, artifacts_dir, now, made)
    progress("Predictions made", 1.0)
    return PredictionsReport(
        version=version,
        customers=customers,
        cards=tuple(card for one in made for card in one.cards),
        seconds=time.perf_counter() - started,
    )


def _write(database: Database, artifacts_dir: Path, now: datetime, made: Sequence[Made]) -> tuple[str | None, int]:
    listed: defaultdict[str, list[Prediction]] = defaultdict(list)
    at_risk: dict[str, float] = {}
    arrays: dict[str, NDArray[Any]] = {"made_at": np.array(now.timestamp())}
    for one in made:
        for customer_id, predictions in one.predictions.items():
            listed[customer_id].extend(predictions)
        at_risk |= one.at_risk
        arrays |= one.arrays
    if not listed:
        with database.write() as connection:
            write_predictions(connection, (), "", now)
        return None, 0
    registry = ArtifactRegistry(database, artifacts_dir)
    metrics = {
        "cards": [card_dict(card) for one in made for card in one.cards],
        "newcomers": json.loads(predictions_text([prediction for one in made for prediction in one.of_newcomers])),
        "customers": len(listed),
    }
    with database.write() as connection:
        version = registry.save(ARTIFACT, arrays, metrics=metrics, now=now, connection=connection)
        write_predictions(connection, _rows(listed, at_risk), version, now)
    registry.prune(ARTIFACT)
    return version, len(listed)


def _rows(listed: dict[str, list[Prediction]], at_risk: dict[str, float]) -> Iterator[Row]:
    for customer_id, predictions in listed.items():
        first = {one.kind: one.value for one in reversed(predictions)}
        risk = round(at_risk.get(customer_id, 0.0), 2)
        yield customer_id, predictions_text(predictions), first.get("churn"), first.get("value"), risk
