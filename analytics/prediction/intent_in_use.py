"""The purchase intent of the session a customer is in: her live profile, weighed by what the shop's sessions taught."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from sqlalchemy import Connection

from analytics.artifacts.registry import ArtifactRegistry
from analytics.live.reading import live_of
from analytics.live.shop_clock import ShopClock
from analytics.prediction.bayes_logistic import Logistic
from analytics.prediction.further import INTENT
from analytics.prediction.reading import ARTIFACT
from analytics.prediction.session_lessons import running_intent
from analytics.prediction_records import Prediction
from analytics.snapshot import CHECK_EVERY, Snapshot
from store.engine import Database
from store.repositories.artifacts import active_artifact


class IntentInUse:
    """Holds the weights that the predictions job learned; before it ran, the prior's.

    Parameters
    ----------
    timezone : the shop's zone, in which hours and weekends are told.
    """

    def __init__(
        self, database: Database, artifacts_dir: Path, timezone: str, *, check_every: float = CHECK_EVERY
    ) -> None:
        registry = ArtifactRegistry(database, artifacts_dir)
        self._clock = ShopClock(timezone)
        self._weights: Snapshot[Logistic | None] = Snapshot(
            database,
            version=_active_version,
            build=lambda connection: _weights(registry) if _active_version(connection) else None,
            check_every=check_every,
        )

    def of(self, connection: Connection, customer_id: str, now: datetime) -> Prediction | None:
        """Give the chance that her running session ends with an order; None where none runs, or she ordered in it."""
        live = live_of(connection, customer_id, now)
        if live is None or live.seen.session is None:
            return None
        return running_intent(live, self._weights.get(), self._clock)


def _weights(registry: ArtifactRegistry) -> Logistic | None:
    arrays = registry.load(ARTIFACT).arrays()
    held = {name.removeprefix(INTENT): values for name, values in arrays.items() if name.startswith(INTENT)}
    return Logistic.from_arrays(held) if held else None


def _active_version(connection: Connection) -> str | None:
    row = active_artifact(connection, ARTIFACT)
    return None if row is None else row.version
