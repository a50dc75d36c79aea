"""A whole report out of the database."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from analytics.report_records import Report
from analytics.reporting.ground import ground_of
from analytics.reporting.shop import shop_section
from analytics.reporting.summary import shop_findings
from analytics.shop.loader import Shop
from store.engine import Database

#: Called with the name of the step and how much of the whole is done, 0..1.
Progress = Callable[[str, float], None]


def make_report(database: Database, shop: Shop, now: datetime, progress: Progress) -> Report:
    """Count, draw and tell; seconds for a hundred thousand orders.

    Parameters
    ----------
    database : with all tables; whatever was not computed yet is named in its section, with the command.
    shop : whose name, currency and zone are told.
    now : aware.
    progress : told of every step.
    """
    progress("Reading orders", 0.0)
    with ground_of(database, now, shop.timezone, shop.facts.currency) as ground:
        progress("Drawing the shop", 0.5)
        sections = (shop_section(ground),)
        progress("Writing the summary", 0.8)
        summary = tuple(shop_findings(ground))
        as_of = ground.as_of
    return Report(
        shop=shop.facts.name, currency=shop.facts.currency, made_at=now, as_of=as_of, summary=summary, sections=sections
    )
