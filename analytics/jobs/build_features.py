"""The job that computes every customer's features: recency, frequency, money, habits."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from itertools import chain

import pyarrow.compute as pc

from analytics import columns as c
from analytics.features.compute import feature_rows
from analytics.features.engines import Engine, features_by, of_known
from analytics.live.rebuilding import reconcile
from analytics.live.shop_clock import ShopClock
from analytics.shop.today import today_of
from store.engine import Database
from store.repositories.catalogue_write import refresh_active_offers
from store.repositories.customers import customer_ids
from store.repositories.features import write_features

#: Called with the name of the step and how much of the whole is done, 0..1.
Progress = Callable[[str, float], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class FeaturesReport:
    """What was computed: customers with at least one order, their orders, seconds of wall time."""

    customers: int
    orders: int
    seconds: float


def build_features(
    database: Database,
    now: datetime,
    progress: Progress,
    *,
    timezone: str = "UTC",
    engine: Engine = "duckdb",
    source: str | None = None,
) -> FeaturesReport:
    """Compute the features of all customers and write them in one transaction.

    Offers whose window has opened or closed since the last time are switched in the same transaction: both follow from
    the calendar, and the worker runs this job every day. Live profiles that count other orders are made to count these.

    Parameters
    ----------
    database : with orders, or none: then there are no features either.
    now : aware moment of computing; recency is counted from here, or from the end of data that ended long ago.
    progress : told of every step.
    timezone : the shop's zone, in which hours and weekends are told.
    engine, source : as in `analytics.features.engines.features_by`. Of a source outside, customers that the database
        does not know are left out, live profiles stay as they are, and recency is counted from now.

    Raises
    ------
    EngineUnavailable
        The engine cannot run here; nothing was written.
    """
    started = time.perf_counter()
    progress("Computing features", 0.0)
    with database.read() as connection:
        today = now if source is not None else today_of(connection, now)
    features = features_by(engine, database, today, timezone, source=source)
    if source is not None:
        with database.read() as connection:
            features = of_known(features, customer_ids(connection))
    orders = int(pc.sum(features[c.FREQUENCY]).as_py() or 0)
    progress("Writing features", 0.8)
    with database.write() as connection:
        customers = write_features(connection, chain.from_iterable(feature_rows(features)), now)
        refresh_active_offers(connection, now)
        if source is None:
            reconcile(connection, ShopClock(timezone), now)
    progress("Features computed", 1.0)
    return FeaturesReport(customers=customers, orders=orders, seconds=time.perf_counter() - started)
