"""The base of actions that sell: to somebody upset they apologise instead, and record that they held back."""

from __future__ import annotations

from abc import ABC, abstractmethod
from typing import ClassVar

from rasa_sdk.events import EventType

from actions.apology import apologise
from actions.base import EngagementAction
from actions.turn import Turn


class SellingAction(EngagementAction, ABC):
    """An action that puts products or offers before a customer, unless she is upset."""

    apologises_first = False
    #: Kind of decision it takes: "offer" or "recommendation".
    decision_kind: ClassVar[str]

    def respond(self, turn: Turn) -> list[EventType]:
        """Sell, or apologise to somebody upset."""
        if turn.is_upset:
            turn.decide(self.decision_kind, chosen=None, withheld="mood")
            return apologise(turn, self.analytics)
        return self.sell(turn)

    @abstractmethod
    def sell(self, turn: Turn) -> list[EventType]:
        """Answer somebody who is not upset."""
