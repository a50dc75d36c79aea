"""Rasa's own responses, whose conditions see the turn that is being answered and not only the one before it.

Rasa sets the slots of an action after it has worded what the action says. What the action knows of the present turn
(mood, channel, segment, history) comes along as facts, and counts for `condition:` like the slots of these names.
"""

from __future__ import annotations

from typing import Any

from rasa.core.nlg import TemplatedNaturalLanguageGenerator
from rasa.shared.core.domain import Domain
from rasa.shared.core.trackers import DialogueStateTracker
from rasa.utils.endpoints import EndpointConfig

#: Slots on which a wording may depend; an action sends them with every response.
CIRCUMSTANCES = ("mood", "channel", "segment", "history")


class CircumstancedResponses(TemplatedNaturalLanguageGenerator):  # type: ignore[misc]
    """Named in endpoints.yml; Rasa gives it the responses of each domain it loads."""

    def __init__(self, endpoint_config: EndpointConfig | None = None, domain: Domain | None = None) -> None:
        del endpoint_config
        super().__init__(domain.responses if domain else {})

    async def generate(
        self, utter_action: str, tracker: DialogueStateTracker, output_channel: str, **facts: Any
    ) -> dict[str, Any] | None:
        """Choose a wording by the circumstances of this turn, and fill it."""
        present = {name: facts[name] for name in CIRCUMSTANCES if facts.get(name)}
        slots = {**tracker.current_slot_values(), **present}
        worded: dict[str, Any] | None = self.generate_from_slots(utter_action, slots, output_channel, **facts)
        return worded
