"""The base of actions that begin a request about an order."""

from __future__ import annotations

from abc import ABC
from typing import ClassVar

from rasa_sdk.events import EventType

from actions.base import EngagementAction
from actions.order_turns import begin
from actions.turn import Turn


class OrderAction(EngagementAction, ABC):
    """Begins a request, or goes on with one of its kind; what follows is in `actions.order_turns`."""

    #: What is asked, as in `actions.order_pending.KIND_BY_INTENT`.
    kind: ClassVar[str] = ""

    def respond(self, turn: Turn) -> list[EventType]:
        """Begin."""
        return begin(turn, self.analytics, self.kind)
