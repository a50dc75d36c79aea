"""The section `ordering` of a shop file: whether orders are placed in the chat."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict, Field

from analytics.ordering_records import OrderingPolicy


class OrderingSection(BaseModel):
    """The section as it is written; fields as in `analytics.ordering_records.OrderingPolicy`."""

    model_config = ConfigDict(extra="forbid")

    by_chat: bool = False
    most_total: float = Field(default=200, gt=0)
    delivery_days: float | None = Field(default=None, gt=0)

    def policy(self) -> OrderingPolicy:
        """Give what it allows."""
        return OrderingPolicy(**self.model_dump())
