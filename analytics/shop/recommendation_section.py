"""The section `recommendations` of a shop file: what is never recommended, what only to some, what comes first."""

from __future__ import annotations

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from analytics.recommendation_records import RecommendationPolicy

_Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]
#: Stronger than this, the shop would sell what it wants and call it her taste.
_Factor = Annotated[float, Field(ge=0.2, le=3.0)]


class RecommendationSection(BaseModel):
    """The section; fields as in `analytics.recommendation_records.RecommendationPolicy`."""

    model_config = ConfigDict(extra="forbid")

    never: list[_Text] = []
    never_products: list[_Text] = []
    least_stock: int = Field(default=1, ge=0)
    campaign_stock: int = Field(default=10, ge=0)
    boost: dict[_Text, _Factor] = {}
    age_limited: list[_Text] = []
    of_age: int = Field(default=18, ge=1, le=99)
    margin_weight: float = Field(default=0.0, ge=0, le=1)

    def policy(self) -> RecommendationPolicy:
        """Give the rules."""
        return RecommendationPolicy(
            never=_lowered(self.never),
            never_products=frozenset(self.never_products),
            least_stock=self.least_stock,
            campaign_stock=max(self.campaign_stock, self.least_stock),
            boost={name.lower(): factor for name, factor in self.boost.items()},
            age_limited=_lowered(self.age_limited),
            of_age=self.of_age,
            margin_weight=self.margin_weight,
        )


def _lowered(names: list[str]) -> frozenset[str]:
    return frozenset(name.lower() for name in names)
