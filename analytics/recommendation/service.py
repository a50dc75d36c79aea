"""Recommendations for one customer: the model's ranking, checked against what is really on sale today."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from itertools import chain
from pathlib import Path

from sqlalchemy import Connection

from analytics.artifacts.registry import ArtifactRegistry
from analytics.products import product_record
from analytics.recommendation.artifact import NAME, from_arrays
from analytics.recommendation.evidence import Evidence
from analytics.recommendation.history import shopper_of
from analytics.recommendation.model import NextBasketModel
from analytics.recommendation.picking import Candidate, pick
from analytics.records import Reason, Recommendation
from analytics.snapshot import CHECK_EVERY, Snapshot
from store.engine import Database
from store.repositories.artifacts import active_artifact
from store.repositories.catalogue import ProductRow, products_by_id
from store.repositories.orders import purchase_moments
from store.repositories.profiles import features_row, profile_row

#: Products looked at beyond those left out: enough for a varied short list where some are sold out.
_LOOKED_AT = 40
#: New products looked at.
_NEWS_LOOKED_AT = 10
#: What she ordered less than this ago she has, or it is on its way: it is not recommended, nor what reads like it.
_JUST_BOUGHT = timedelta(days=2)


class Recommender:
    """Answers from the model in use, which it loads once and exchanges when another is made active.

    Parameters
    ----------
    left_out : categories (lower case) of which the shop recommends nothing unasked.
    """

    def __init__(
        self,
        database: Database,
        artifacts_dir: Path,
        *,
        clock: Callable[[], datetime],
        left_out: frozenset[str] = frozenset(),
        check_every: float = CHECK_EVERY,
    ) -> None:
        self._clock = clock
        self._left_out = left_out
        registry = ArtifactRegistry(database, artifacts_dir)
        self._model: Snapshot[NextBasketModel] = Snapshot(
            database,
            version=_active_version,
            build=lambda _: from_arrays(registry.load(NAME).arrays()),
            check_every=check_every,
        )

    def load(self) -> NextBasketModel:
        """Give the model in use; raises `AnalyticsUnavailable` where none was built or its file is damaged."""
        return self._model.get()

    def recommend(
        self, connection: Connection, customer_id: str | None, *, limit: int, exclude: frozenset[str]
    ) -> list[Recommendation]:
        """Recommend up to `limit` products on sale, best first, each with its reason."""
        if limit < 1:
            return []
        evidence = self._evidence(connection, customer_id)
        unwanted = exclude | _refused(connection, customer_id)
        ranked = evidence.ranking(_LOOKED_AT + limit * 4 + len(unwanted))
        news = [] if customer_id is None else evidence.news(_NEWS_LOOKED_AT + len(unwanted))
        ids = {index: str(evidence.model.products[index]) for index, _ in chain(ranked, news)}
        rows = products_by_id(connection, set(ids.values()) - unwanted)
        moments = {} if customer_id is None or not rows else purchase_moments(connection, customer_id, rows.keys())
        now = self._clock()
        just_bought = {name for name, bought_at in moments.items() if now - max(bought_at) < _JUST_BOUGHT}
        left_out = evidence.groups_of(unwanted | just_bought)
        shown = {index: rows[name] for index, name in ids.items() if name in rows and self._may_show(rows[name])}
        candidates, fresh = (
            [one for one in _candidates(evidence, entries, shown) if one.group not in left_out]
            for entries in (ranked, news)
        )
        return [
            Recommendation(
                product=product_record(shown[one.index]),
                score=one.score,
                reason=evidence.reason(ids[one.index], moments, shown[one.index].times_sold, now),
            )
            for one in pick(candidates, fresh, limit)
        ]

    def why(self, connection: Connection, customer_id: str | None, product_id: str) -> Reason | None:
        """Explain one product for one customer; None for an unknown product."""
        row = products_by_id(connection, [product_id]).get(product_id)
        if row is None:
            return None
        moments = {} if customer_id is None else purchase_moments(connection, customer_id, [product_id])
        evidence = self._evidence(connection, customer_id)
        return evidence.reason(product_id, moments, row.times_sold, self._clock())

    def _may_show(self, row: ProductRow) -> bool:
        return row.in_stock and row.price is not None and row.category.lower() not in self._left_out

    def _evidence(self, connection: Connection, customer_id: str | None) -> Evidence:
        model = self._model.get()
        if customer_id is None:
            return Evidence(model, None, None)
        features = features_row(connection, customer_id)
        segment_id = None if features is None else features.segment_id
        return Evidence(model, shopper_of(connection, model, customer_id, self._clock()), segment_id)


def _candidates(
    evidence: Evidence, entries: list[tuple[int, float]], shown: Mapping[int, ProductRow]
) -> list[Candidate]:
    return [
        Candidate(
            index=index,
            score=score,
            group=int(evidence.model.groups[index]),
            category=int(evidence.model.categories[index]),
            new=evidence.is_new(index),
        )
        for index, score in entries
        if index in shown
    ]


def _refused(connection: Connection, customer_id: str | None) -> frozenset[str]:
    profile = None if customer_id is None else profile_row(connection, customer_id)
    return frozenset() if profile is None else frozenset(profile.preferences.get("refused_products", ()))


def _active_version(connection: Connection) -> str | None:
    row = active_artifact(connection, NAME)
    return None if row is None else row.version
