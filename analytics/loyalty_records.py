"""What a shop's loyalty programme promises, and where a customer stands in it; frozen and typed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class LoyaltyProgramme:
    """How points are earned and spent, from the section `loyalty` of the shop file."""

    #: Points for each unit of currency paid.
    points_per_unit: float = 1.0
    #: What a point is worth, in major currency units.
    worth: float = 0.01
    #: Points are spent in steps of so many.
    step: int = 1
    #: Days without a purchase after which all points expire; None: never.
    idle_days: int | None = None
    #: Categories, in lower case, that earn none.
    without: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class LoyaltyBalance:
    """A customer's points as her purchases earned them; what she spent at the checkout is the shop's to know."""

    points: int
    #: In major currency units.
    worth: float
    #: Points that can be spent now: whole steps.
    spendable: int
    #: Points until the next step.
    missing: int
    #: When they expire unless she buys something; None: never, or no points.
    expires_at: datetime | None = None
