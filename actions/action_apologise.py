"""Answer a complaint: apology and help, never a sale."""

from __future__ import annotations

from rasa_sdk.events import EventType

from actions.apology import apologise
from actions.base import EngagementAction
from actions.turn import Turn


class Apologise(EngagementAction):
    """Answer a complaint or an outburst."""

    action_name = "action_apologise"
    apologises_first = False

    def respond(self, turn: Turn) -> list[EventType]:
        """Apologise and offer the help that fits."""
        return apologise(turn, self.analytics)
