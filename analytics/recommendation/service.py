"""Recommendations for one asker in one moment: what speaks for products, checked against what may be shown today."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from sqlalchemy import Connection

from analytics.artifacts.registry import ArtifactRegistry
from analytics.catalogue.search import ProductSearch
from analytics.products import product_record
from analytics.recommendation.artifact import NAME, from_arrays
from analytics.recommendation.asker import Asker
from analytics.recommendation.diversity import MANNERS, Candidate, Manner, varied
from analytics.recommendation.evidence import Evidence
from analytics.recommendation.gathering import Gatherer
from analytics.recommendation.history import onlooker_of, ranker_of, shopper_of
from analytics.recommendation.model import NextBasketModel
from analytics.recommendation.past import Past
from analytics.recommendation.request import Request
from analytics.recommendation.rules import Rules
from analytics.recommendation.shelves import Shelves
from analytics.recommendation.together import Together
from analytics.recommendation_records import RecommendContext
from analytics.records import Reason, Recommendation
from analytics.snapshot import CHECK_EVERY, Snapshot
from store.engine import Database
from store.repositories.artifacts import active_artifact
from store.repositories.catalogue import catalogue_version, priced_products
from store.repositories.profiles import features_row

#: Products looked at first, beyond those left out: enough for a varied short list where some are sold out; then more.
_LOOKED_AT, _AND_MORE = 24, 400


class Recommender:
    """Answers from the model in use, which it loads once and exchanges when another is made active."""

    def __init__(
        self,
        database: Database,
        artifacts_dir: Path,
        *,
        clock: Callable[[], datetime],
        rules: Rules,
        search: ProductSearch,
        together: Together,
        check_every: float = CHECK_EVERY,
    ) -> None:
        self._clock = clock
        self._rules = rules
        self._search = search
        self._together = together
        registry = ArtifactRegistry(database, artifacts_dir)
        self._model: Snapshot[NextBasketModel] = Snapshot(
            database,
            version=active_version,
            build=lambda _: from_arrays(registry.load(NAME).arrays()),
            check_every=check_every,
        )
        self._shelves: Snapshot[Shelves] = Snapshot(
            database,
            version=lambda connection: (catalogue_version(connection), active_version(connection)),
            build=lambda connection: Shelves.of(priced_products(connection), self._model.get()),
            check_every=check_every,
        )

    def load(self) -> NextBasketModel:
        """Give the model in use; raises `AnalyticsUnavailable` where none was built or its file is damaged."""
        return self._model.get()

    def shelves(self) -> Shelves:
        """Give the range by shelf."""
        return self._shelves.get()

    def recommend(
        self,
        connection: Connection,
        asker: Asker,
        context: RecommendContext,
        *,
        limit: int,
        exclude: frozenset[str],
    ) -> list[Recommendation]:
        """Recommend up to `limit` products that may be shown to her, best first, each with its reason."""
        if limit < 1:
            return []
        request = Request(self._sources(connection, asker), asker, context, self._rules, exclude)
        picked = _picked(request, limit, MANNERS[context.mode])
        reasons = request.reasons([one.row.product_id for one in picked])
        picks = [
            Recommendation(product=product_record(one.row), score=one.worth, reason=reasons[one.row.product_id])
            for one in picked
        ]
        return request.with_liked(picks, limit)

    def why(self, connection: Connection, asker: Asker, product_id: str, context: RecommendContext) -> Reason | None:
        """Explain one product as it would be in a list of the same context; None for an unknown product."""
        return (
            Request(self._sources(connection, asker), asker, context, self._rules).reasons([product_id]).get(product_id)
        )

    def _sources(self, connection: Connection, asker: Asker) -> Gatherer:
        model, now = self._model.get(), self._clock()
        past = Past.of(connection, asker.customer_id)
        if asker.customer_id is None:
            evidence = Evidence(model, None, None, onlooker_of(model, (*asker.viewed, *asker.cart)))
        else:
            features = features_row(connection, asker.customer_id)
            segment_id = None if features is None else features.segment_id
            shopper = shopper_of(model, asker.customer_id, past, now)
            ranker = ranker_of(model, asker.customer_id, past, now)
            evidence = Evidence(model, shopper, segment_id, ranker)
        return Gatherer(
            connection=connection,
            evidence=evidence,
            search=self._search,
            together=self._together,
            shelves=self._shelves.get(),
            past=past,
            now=now,
        )


def _picked(request: Request, limit: int, manner: Manner) -> list[Candidate]:
    """Pick from the best leads; from many more where too few of these may be shown."""
    picked: list[Candidate] = []
    for looked_at in (_LOOKED_AT + 4 * limit, _AND_MORE + 4 * limit):
        leads = request.leads(looked_at)
        picked = varied(request.candidates(leads[:looked_at]), limit, manner, request.news())
        if len(picked) == limit or len(leads) < looked_at:
            break
    return picked


def active_version(connection: Connection) -> str | None:
    """Give the version of the model in use; None where none was built."""
    row = active_artifact(connection, NAME)
    return None if row is None else row.version
