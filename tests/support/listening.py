"""Analytics that notes which lists it was asked for and which reasons it gave; everything else is the shop's own."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from analytics.facade import Analytics
from analytics.recommendation_records import NO_CONTEXT, Bundle, RecommendContext
from analytics.records import Recommendation


@dataclass
class Listening:
    """Wraps a shop's analytics for the actions; `lists` holds (mode, kinds of its reasons), the latest last."""

    analytics: Analytics
    lists: list[tuple[str, frozenset[str]]] = field(default_factory=list)

    def recommend(
        self, customer_id: str | None, context: RecommendContext = NO_CONTEXT, **more: Any
    ) -> list[Recommendation]:
        answered = context.wanted and customer_id is None
        return self._noted(
            "newcomer" if answered else context.mode, self.analytics.recommend(customer_id, context, **more)
        )

    def similar(self, *asked: Any, **more: Any) -> list[Recommendation]:
        return self._noted("similar", self.analytics.similar(*asked, **more))

    def substitutes(self, *asked: Any, **more: Any) -> list[Recommendation]:
        return self._noted("substitutes", self.analytics.substitutes(*asked, **more))

    def goes_with(self, *asked: Any, **more: Any) -> list[Recommendation]:
        return self._noted("goes_with", self.analytics.goes_with(*asked, **more))

    def bundle(self, *asked: Any, **more: Any) -> Bundle | None:
        found = self.analytics.bundle(*asked, **more)
        self.lists.append(("bundle", frozenset() if found is None else frozenset({found.reason.kind})))
        return found

    def __getattr__(self, name: str) -> Any:
        return getattr(self.analytics, name)

    def _noted(self, mode: str, picks: list[Recommendation]) -> list[Recommendation]:
        self.lists.append((mode, frozenset(pick.reason.kind for pick in picks)))
        return picks
