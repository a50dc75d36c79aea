"""The section `bundles` of a shop file: what products that go together may cost together."""

from __future__ import annotations

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from analytics.recommendation_records import BundlePolicy

_Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]


class BundleSection(BaseModel):
    """The section as it is written; fields as in `analytics.recommendation_records.BundlePolicy`."""

    model_config = ConfigDict(extra="forbid")

    percent_off: float = Field(default=0.0, ge=0, le=50)
    least_price: float = Field(default=0.0, ge=0)
    most_saving: float | None = Field(default=None, gt=0)
    least_margin: float | None = Field(default=None, ge=0, lt=1)
    without: list[_Text] = []
    most_products: int = Field(default=3, ge=2, le=3)
    hours: float = Field(default=24.0, gt=0, le=7 * 24)

    def policy(self) -> BundlePolicy:
        """Give what it allows."""
        names = frozenset(name.lower() for name in self.without)
        return BundlePolicy(**(self.model_dump() | {"without": names}))
