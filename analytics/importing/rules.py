"""What a mapping may say about cleaning: each rule with a default that leaves out nothing which may be real."""

from __future__ import annotations

from datetime import date
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field, field_validator

Then = Literal["keep", "leave_out"]


class Strict(BaseModel):
    """A part of the mapping file: unknown keys are refused."""

    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=True)


class Returns(Strict):
    """Lines with a quantity below zero, or of orders with the prefix, undo purchases."""

    #: Orders whose id begins with it are returns or cancellations whole: "C".
    order_prefix: str = ""
    #: How long after its purchase a return is looked for.
    within_days: int = Field(default=366, ge=1)


class Outliers(Strict):
    """Values that many times, or a small part of, the product's median are told of."""

    times: float = Field(default=100.0, gt=1)
    then: Then = "keep"


class Currencies(Strict):
    """Amounts in other currencies become the shop's."""

    #: The shop's own, as it stands in the sources: "GBP".
    shop: str = Field(min_length=1)
    #: {currency: what one unit is worth in the shop's} or {currency: {first day: that}}.
    rates: dict[str, float | dict[date, float]] = Field(default_factory=dict)

    @field_validator("rates")
    @classmethod
    def _above_zero(cls, rates: dict[str, float | dict[date, float]]) -> dict[str, float | dict[date, float]]:
        for name, rate in rates.items():
            values = rate.values() if isinstance(rate, dict) else (rate,)
            if not values or any(value <= 0 for value in values):
                raise ValueError(f"the rate of {name} must be above 0")
        return rates


class Cleaning(Strict):
    """The section `cleaning`."""

    returns: Returns | None = None
    #: Customer ids that stand for nobody, whatever their case; an empty one always does.
    nobody: list[str] = Field(default=["0", "-1", "nan", "null", "none", "n/a"])
    #: Order lines equal in everything to an earlier one of their order.
    repeated_lines: Then = "keep"
    #: Order lines with the amount 0.
    free_lines: Then = "keep"
    #: Orders of which no line is left.
    orders_without_lines: Then = "keep"
    price_outliers: Outliers = Outliers()
    quantity_outliers: Outliers = Outliers()
    #: No moment of the shop lies before this day.
    earliest: date = date(1970, 1, 2)
    #: Texts whose letters went through the wrong encoding.
    encoding: Literal["mend", "keep"] = "mend"
    currencies: Currencies | None = None


class Identity(Strict):
    """The section `identity`: which keys say that two customers are one person."""

    #: Namespaces of keys that the source has verified: email, phone, or any of the mapping's `identities`.
    verified: list[str] = Field(min_length=1)
    #: "merge" makes them one, "propose" asks a person.
    same: Literal["merge", "propose"] = "propose"
    #: A key that more customers of one source have is nobody's own.
    at_most: int = Field(default=3, ge=2)
