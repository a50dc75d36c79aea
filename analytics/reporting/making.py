"""A whole report out of the database."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from sqlalchemy import Connection

from analytics.artifacts.registry import ArtifactRegistry
from analytics.facade import AnalyticsUnavailable
from analytics.prediction.reading import model_cards
from analytics.prediction_records import ModelCard
from analytics.quality.reading import quality_of
from analytics.recommendation.artifact import NAME as RECOMMENDER
from analytics.report_records import Report, Section
from analytics.reporting.expected import load_expected
from analytics.reporting.ground import ground_of
from analytics.reporting.predictions import prediction_findings, predictions_section
from analytics.reporting.quality import quality_section
from analytics.reporting.recommender import recommender_section
from analytics.reporting.segments import segments_section
from analytics.reporting.shop import shop_section
from analytics.reporting.summary import shop_findings
from analytics.segmentation.overview import segments_overview
from analytics.shop.loader import Shop
from store.engine import Database

#: Called with the name of the step and how much of the whole is done, 0..1.
Progress = Callable[[str, float], None]


def make_report(database: Database, artifacts_dir: Path, shop: Shop, now: datetime, progress: Progress) -> Report:
    """Count, draw and tell; seconds for a hundred thousand orders.

    Parameters
    ----------
    database : with all tables; whatever was not computed yet is named in its section, with the command.
    artifacts_dir : where the models of the segments and the recommender lie.
    shop : whose name, currency and zone are told.
    now : aware.
    progress : told of every step.
    """
    progress("Reading orders", 0.0)
    with ground_of(database, now, shop.timezone, shop.facts.currency) as ground:
        progress("Drawing the shop", 0.4)
        sections = [shop_section(ground)]
        progress("Drawing what is expected", 0.75)
        expected = load_expected(database, ground)
        with database.read() as connection:
            (cards, unread), quality = _cards(connection), quality_of(connection, now)
        overview = segments_overview(database, artifacts_dir, now)
        sections += [
            segments_section(overview, ground.currency),
            predictions_section(ground, expected, cards, unread),
            _recommender(database, artifacts_dir),
            quality_section(quality),
        ]
        progress("Writing the summary", 0.85)
        summary = (*shop_findings(ground), *prediction_findings(ground))
        as_of = ground.as_of
    return Report(
        shop=shop.facts.name,
        currency=shop.facts.currency,
        made_at=now,
        as_of=as_of,
        summary=summary,
        sections=tuple(sections),
    )


def _cards(connection: Connection) -> tuple[list[ModelCard], str]:
    """Give the model cards, and why they can't be read: a report is made all the same."""
    try:
        return model_cards(connection), ""
    except AnalyticsUnavailable as error:
        return [], str(error)


def _recommender(database: Database, artifacts_dir: Path) -> Section:
    registry = ArtifactRegistry(database, artifacts_dir)
    if registry.active_version(RECOMMENDER) is None:
        return recommender_section(None)
    try:
        return recommender_section(registry.load(RECOMMENDER))
    except AnalyticsUnavailable as error:
        return recommender_section(None, str(error))
