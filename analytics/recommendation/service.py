"""Recommendations for one customer: the model's ranking, checked against what is really on sale today."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

from sqlalchemy import Connection

from analytics.artifacts.registry import ArtifactRegistry
from analytics.customers.tastes import Tastes
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
from store.repositories.orders import purchase_moments, purchases_of
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
            version=active_version,
            build=lambda _: from_arrays(registry.load(NAME).arrays()),
            check_every=check_every,
        )

    def load(self) -> NextBasketModel:
        """Give the model in use; raises `AnalyticsUnavailable` where none was built or its file is damaged."""
        return self._model.get()

    def recommend(
        self,
        connection: Connection,
        customer_id: str | None,
        *,
        limit: int,
        exclude: frozenset[str],
        tastes: Tastes = Tastes(),  # noqa: B008  frozen, and of nobody
    ) -> list[Recommendation]:
        """Recommend up to `limit` products on sale that suit what she said, best first, each with its reason."""
        if limit < 1:
            return []
        evidence = self._evidence(connection, customer_id)
        unwanted = exclude | _refused(connection, customer_id)
        now = self._clock()
        left_out = evidence.groups_of(unwanted | _just_bought(connection, customer_id, now))
        ranked = evidence.ranking(_LOOKED_AT + limit * 4 + len(unwanted))
        news = [] if customer_id is None else evidence.news(_NEWS_LOOKED_AT + len(unwanted))
        picked = self._on_sale(
            connection,
            evidence,
            [one for one in _candidates(evidence, ranked) if one.group not in left_out],
            [one for one in _candidates(evidence, news) if one.group not in left_out],
            limit,
            tastes,
        )
        ids = [row.product_id for _, row in picked]
        moments = {} if customer_id is None or not ids else purchase_moments(connection, customer_id, ids)
        return [
            Recommendation(
                product=product_record(row),
                score=candidate.score,
                reason=evidence.reason(row.product_id, moments, row.times_sold, now),
            )
            for candidate, row in picked
        ]

    def why(self, connection: Connection, customer_id: str | None, product_id: str) -> Reason | None:
        """Explain one product for one customer; None for an unknown product."""
        row = products_by_id(connection, [product_id]).get(product_id)
        if row is None:
            return None
        moments = {} if customer_id is None else purchase_moments(connection, customer_id, [product_id])
        evidence = self._evidence(connection, customer_id)
        return evidence.reason(product_id, moments, row.times_sold, self._clock())

    def _on_sale(
        self,
        connection: Connection,
        evidence: Evidence,
        ranked: list[Candidate],
        news: list[Candidate],
        limit: int,
        tastes: Tastes,
    ) -> list[tuple[Candidate, ProductRow]]:
        """Pick products that may be shown today; rows are read only of those that come into question."""
        rows: dict[int, ProductRow | None] = {}
        while True:
            fit = [[one for one in some if rows.get(one.index, one) is not None] for some in (ranked, news)]
            picked = pick(fit[0], fit[1], limit)
            unread = [one for one in picked if one.index not in rows]
            if not unread:
                return [(one, row) for one in picked if (row := rows[one.index]) is not None]
            names = {one.index: str(evidence.model.products[one.index]) for one in unread}
            found = products_by_id(connection, names.values())
            for index, name in names.items():
                row = found.get(name)
                rows[index] = row if row is not None and self._may_show(row) and tastes.suits(row) else None

    def _may_show(self, row: ProductRow) -> bool:
        return row.in_stock and row.price is not None and row.category.lower() not in self._left_out

    def _evidence(self, connection: Connection, customer_id: str | None) -> Evidence:
        model = self._model.get()
        if customer_id is None:
            return Evidence(model, None, None)
        features = features_row(connection, customer_id)
        segment_id = None if features is None else features.segment_id
        return Evidence(model, shopper_of(connection, model, customer_id, self._clock()), segment_id)


def _candidates(evidence: Evidence, entries: list[tuple[int, float]]) -> list[Candidate]:
    return [
        Candidate(
            index=index,
            score=score,
            group=int(evidence.model.groups[index]),
            category=int(evidence.model.categories[index]),
            new=evidence.is_new(index),
        )
        for index, score in entries
    ]


def _just_bought(connection: Connection, customer_id: str | None, now: datetime) -> frozenset[str]:
    if customer_id is None:
        return frozenset()
    return frozenset(one.product_id for one in purchases_of(connection, customer_id, since=now - _JUST_BOUGHT))


def _refused(connection: Connection, customer_id: str | None) -> frozenset[str]:
    profile = None if customer_id is None else profile_row(connection, customer_id)
    return frozenset() if profile is None else frozenset(profile.preferences.get("refused_products", ()))


def active_version(connection: Connection) -> str | None:
    """Give the version of the model in use; None where none was built."""
    row = active_artifact(connection, NAME)
    return None if row is None else row.version
