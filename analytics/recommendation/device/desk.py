"""Keeps the document of the recommender in use, and writes it anew when model or catalogue change."""

from __future__ import annotations

from collections.abc import Callable

from sqlalchemy import Connection

from analytics.facade import AnalyticsUnavailable
from analytics.recommendation.device.export import export_of
from analytics.recommendation.device.shelf import shelf_of
from analytics.recommendation.model import NextBasketModel
from analytics.recommendation.rules import Rules
from analytics.recommendation.service import active_version
from analytics.recommendation_records import DeviceExport
from analytics.snapshot import Snapshot
from store.engine import Database
from store.repositories.catalogue import catalogue_version, priced_products


class DeviceDesk:
    """Gives the export for browsers.

    Parameters
    ----------
    model : gives the model in use; raises `AnalyticsUnavailable` where there is none.
    rules : of the shop; what they forbid is not in it. currency : put before prices.
    """

    def __init__(
        self,
        database: Database,
        model: Callable[[], NextBasketModel],
        *,
        rules: Rules,
        currency: str,
        check_every: float,
    ) -> None:
        self._model, self._rules, self._currency = model, rules, currency
        self._export: Snapshot[DeviceExport] = Snapshot(
            database,
            version=lambda connection: (catalogue_version(connection), active_version(connection)),
            build=self._built,
            check_every=check_every,
        )

    def export(self) -> DeviceExport:
        """Give the document; the first call after a change takes a second."""
        return self._export.get()

    def _built(self, connection: Connection) -> DeviceExport:
        model, version = self._model(), active_version(connection)
        if version is None:
            raise AnalyticsUnavailable("No recommender was built yet; run `rapport recommender`.")
        shelf = shelf_of(model, priced_products(connection), self._rules)
        return export_of(model, shelf, version=version, currency=self._currency)
