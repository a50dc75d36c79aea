"""The section `engagement` of a shop file: what a customer's doings are worth to the shop, and how fast that fades."""

from __future__ import annotations

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from analytics.profile_records import GOALS, EngagementPolicy, GoalKind

_Points = Annotated[float, Field(ge=0, le=100)]


class EngagementSection(BaseModel):
    """The section; kinds that are not named keep the weight they have by default."""

    model_config = ConfigDict(extra="forbid")

    half_life_days: float = Field(default=30.0, gt=0)
    goals: dict[GoalKind, _Points] = {}

    def policy(self) -> EngagementPolicy:
        """Give the weights."""
        goals = {**GOALS, **{str(kind): points for kind, points in self.goals.items()}}
        return EngagementPolicy(half_life_days=self.half_life_days, goals=goals)
