"""The section `loyalty` of a shop file: what it may say, and the programme it makes."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict, Field

from analytics.loyalty_records import LoyaltyProgramme


class LoyaltySection(BaseModel):
    """The section `loyalty`; a shop that has none has no programme."""

    model_config = ConfigDict(extra="forbid")

    points_per_unit: float = Field(default=1.0, gt=0)
    worth: float = Field(default=0.01, ge=0)
    step: int = Field(default=1, ge=1)
    idle_days: int | None = Field(default=None, ge=1)
    without_categories: list[str] = []

    def programme(self) -> LoyaltyProgramme:
        """Give the programme."""
        said = self.model_dump(exclude={"without_categories"})
        return LoyaltyProgramme(**said, without=frozenset(name.lower() for name in self.without_categories))
