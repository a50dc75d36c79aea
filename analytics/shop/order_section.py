"""The section `order_policy` of a shop file: what customers may still change, send back or report."""

from __future__ import annotations

import re
from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StringConstraints

from analytics.order_records import OrderPolicy, RequestKind

_Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]
#: As long as the store's column.
_Reason = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=32)]
_Method = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=64)]
_Until = Literal["being_prepared", "on_its_way"]
_WINDOW = re.compile(r"([01]\d|2[0-3]):[0-5]\d-([01]\d|2[0-3]):[0-5]\d")


def _window(text: str) -> str:
    """Check a window: two times of one day, the earlier first."""
    starts, _, ends = text.partition("-")
    if not _WINDOW.fullmatch(text) or starts >= ends:
        raise ValueError(f"{text!r} is no delivery window; write two times of one day such as 08:00-12:00")
    return text


class OrderSection(BaseModel):
    """The section as it is written; fields as in `analytics.order_records.OrderPolicy`."""

    model_config = ConfigDict(extra="forbid")

    cancel_until: _Until = "being_prepared"
    address_until: _Until = "being_prepared"
    items_until: _Until = "being_prepared"
    slot_until: _Until = "being_prepared"
    payment_until: _Until = "being_prepared"
    once: list[RequestKind] = []
    closed_by: list[RequestKind] = []
    cancel_reasons: list[_Reason] = []
    slot_windows: list[Annotated[str, AfterValidator(_window)]] = []
    slot_days: int = Field(default=5, ge=1, le=31)
    slot_lead_hours: float = Field(default=12, ge=0)
    payment_methods: list[_Method] = []
    swap_within_category: bool = False
    exchange_within_days: int = Field(default=30, ge=0)
    return_within_days: int = Field(default=30, ge=0)
    report_within_days: int = Field(default=14, ge=0)
    refund_days: int = Field(default=7, ge=0)
    refund_unseen_up_to: float = Field(default=0, ge=0)
    non_returnable_categories: list[_Text] = []

    def policy(self) -> OrderPolicy:
        """Give what it allows."""
        said = self.model_dump(exclude={"non_returnable_categories"})
        return OrderPolicy(
            **{
                **said,
                "once": frozenset(self.once),
                "closed_by": frozenset(self.closed_by),
                "cancel_reasons": tuple(self.cancel_reasons),
                "slot_windows": tuple(self.slot_windows),
                "payment_methods": tuple(self.payment_methods),
            },
            non_returnable=frozenset(category.lower() for category in self.non_returnable_categories),
        )
