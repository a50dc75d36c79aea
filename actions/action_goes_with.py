"""Tell what goes with a product: what the shop's customers put into the same baskets, as a bundle too."""

from __future__ import annotations

import re

from rasa_sdk.events import EventType

from actions import bundle_flow, slots
from actions.action_find_substitute import FindSubstitute
from actions.base import EngagementAction
from actions.beside import tell_beside
from actions.turn import Turn

#: "What can I take instead of spaghetti" asks for the like of it, however it was read.
_INSTEAD = re.compile(r"\b(?:instead of|in (?:the )?place of|rather than|substitute|replace(?:ment)?)\b", re.IGNORECASE)
#: Of the quick replies under a bundle.
_MODES = {"take": bundle_flow.take, "why": bundle_flow.explain}


class GoesWith(EngagementAction):
    """Answer "what goes with spaghetti", "what do I need for tacos"."""

    action_name = "action_goes_with"

    def respond(self, turn: Turn) -> list[EventType]:
        """Suggest what is often bought with it; or go on with the bundle that was told."""
        if _INSTEAD.search(turn.text):
            return FindSubstitute().respond(turn)
        return _MODES.get(turn.entity(slots.MODE) or "", tell_beside)(turn, self.analytics)
