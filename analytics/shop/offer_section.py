"""The section `offer_policy` of a shop file: whom to win back, and to whom nothing needs to be given away."""

from __future__ import annotations

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from analytics.offer_records import OfferPolicy

_Share = Annotated[float, Field(ge=0, le=1)]


class OfferSection(BaseModel):
    """The section; fields as in `analytics.offer_records.OfferPolicy`."""

    model_config = ConfigDict(extra="forbid")

    win_back_from: _Share = 0.5
    win_back_worth: float = Field(default=1.0, ge=0)
    win_back_classes: list[str] = ["At risk", "Can't lose them"]
    buys_anyway_below: _Share = 0.15
    full_price_below: _Share = 0.05
    #: Below 1: what is never tried can't be judged.
    withheld_share: float = Field(default=0.9, ge=0, lt=1)
    not_for: list[str] = []

    def policy(self) -> OfferPolicy:
        """Give the rules."""
        said = self.model_dump(exclude={"win_back_classes", "not_for"})
        return OfferPolicy(
            **said,
            win_back_classes=frozenset(name.lower() for name in self.win_back_classes),
            not_for=frozenset(name.lower() for name in self.not_for),
        )
