"""Predictions and model cards out of the database."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import Connection

from analytics.prediction.wire import card_from, predictions_from
from analytics.prediction_records import ModelCard, Predictions
from store.repositories.artifacts import active_artifact
from store.repositories.predictions import most_at_risk, predictions_row

#: The artifact's name.
ARTIFACT = "predictions"


@dataclass(frozen=True, slots=True, kw_only=True)
class AtRisk:
    """A customer worth winning back."""

    #: Expected money if she comes again times the probability that she does not, major currency units.
    at_risk: float
    predictions: Predictions


def predictions_of(connection: Connection, customer_id: str) -> Predictions | None:
    """Give what is expected of a customer; the shop's averages where she has not ordered yet, None before the job ran.

    It is not looked up whether there is such a customer.
    """
    row = predictions_row(connection, customer_id)
    if row is not None:
        return Predictions(
            customer_id=row.customer_id,
            made_at=row.made_at,
            model_version=row.model_version,
            listed=predictions_from(row.listed),
        )
    artifact = active_artifact(connection, ARTIFACT)
    averages = predictions_from(artifact.metrics.get("newcomers", [])) if artifact else ()
    if artifact is None or not averages:
        return None
    return Predictions(
        customer_id=customer_id, made_at=artifact.created_at, model_version=artifact.version, listed=averages
    )


def win_back(connection: Connection, limit: int) -> list[AtRisk]:
    """Give the customers with whom most money is at risk, the most first."""
    return [
        AtRisk(
            at_risk=row.at_risk,
            predictions=Predictions(
                customer_id=row.customer_id,
                made_at=row.made_at,
                model_version=row.model_version,
                listed=predictions_from(row.listed),
            ),
        )
        for row in most_at_risk(connection, limit)
    ]


def model_cards(connection: Connection) -> list[ModelCard]:
    """Give the cards of the models in use, with their curves; none before the job ran or with too little to measure.

    Raises
    ------
    AnalyticsUnavailable
        They were written by another version of the program; the message says what to run.
    """
    artifact = active_artifact(connection, ARTIFACT)
    if artifact is None:
        return []
    return [card_from(card, artifact.version, artifact.sha256) for card in artifact.metrics.get("cards", [])]
