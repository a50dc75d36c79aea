"""Predictions and model cards as JSON, and back."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict, fields
from datetime import datetime
from typing import Any

from analytics.facade import AnalyticsUnavailable
from analytics.prediction_records import ModelCard, Prediction

_FIELDS = ("kind", "value", "low", "high", "reason", "baseline", "basis", "horizon_days", "label")


def predictions_text(listed: Sequence[Prediction]) -> str:
    """Write the predictions of a customer as JSON text, without what is None."""
    return json.dumps([_written(one) for one in listed], ensure_ascii=False, separators=(",", ":"))


def predictions_from(stored: Any) -> tuple[Prediction, ...]:
    """Read them: SQLite hands out JSON as text, PostgreSQL as an object."""
    rows = json.loads(stored) if isinstance(stored, str) else stored
    return tuple(Prediction(**row) for row in rows)


def card_dict(card: ModelCard) -> dict[str, Any]:
    """Give a card as plain JSON."""
    moments = {name: at.isoformat() if (at := getattr(card, name)) else None for name in ("trained_from", "trained_to")}
    return asdict(card) | moments | {"limits": list(card.limits)}


def card_from(stored: dict[str, Any], version: str, sha256: str) -> ModelCard:
    """Read a card; version and hash are those of the artifact it lies in.

    Raises
    ------
    AnalyticsUnavailable
        A field is missing: the artifact was written by another version of the program.
    """
    absent = [field.name for field in fields(ModelCard) if field.name not in stored]
    if absent:
        raise AnalyticsUnavailable(f"The model cards have no {', '.join(absent)}; run `rapport predictions` again.")
    moments = {
        name: datetime.fromisoformat(at) if (at := stored[name]) else None for name in ("trained_from", "trained_to")
    }
    return ModelCard(**(stored | moments | {"limits": tuple(stored["limits"]), "version": version, "sha256": sha256}))


def _written(one: Prediction) -> dict[str, Any]:
    return {name: value for name in _FIELDS if (value := getattr(one, name)) is not None}
