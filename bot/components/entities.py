"""Adds the entities that patterns find, each where its intent calls for it."""

from __future__ import annotations

from typing import Any

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.nlu.constants import (
    ENTITIES,
    INTENT,
    INTENT_NAME_KEY,
    TEXT,
)
from rasa.shared.nlu.training_data.message import Message

from bot.components import keys
from bot.components.found_entity import found_entity
from bot.components.patterns.reading import SEARCH_INTENTS as SEARCHING
from bot.components.patterns.reading import SUGGEST_INTENTS as SUGGESTING
from bot.components.patterns.reading import entities

SEARCH_INTENTS = "search_intents"
SUGGEST_INTENTS = "suggest_intents"


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.ENTITY_EXTRACTOR, is_trainable=False)
class PatternEntities(GraphComponent):
    """Finds order numbers and topics in any message, and the product in one that asks for a product."""

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """Intents whose messages name a product: after request words, or only after "recommend me …"."""
        return {SEARCH_INTENTS: list(SEARCHING), SUGGEST_INTENTS: list(SUGGESTING)}

    def __init__(self, config: dict[str, Any]) -> None:
        self._search_intents = frozenset(config[SEARCH_INTENTS])
        self._suggest_intents = frozenset(config[SUGGEST_INTENTS])

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> PatternEntities:
        """Make the component; it has nothing trained to load."""
        del model_storage, resource, execution_context
        return cls(config)

    def process(self, messages: list[Message]) -> list[Message]:
        """Add entities to a turn's message; a chosen quick reply brings its own."""
        for message in messages:
            text = message.get(TEXT) or ""
            if text and not text.startswith(keys.INTENT_PREFIX):
                intent = (message.get(INTENT) or {}).get(INTENT_NAME_KEY)
                message.set(ENTITIES, [*message.get(ENTITIES, []), *self._entities(text, intent)], add_to_output=True)
        return messages

    def _entities(self, text: str, intent: str | None) -> list[dict[str, Any]]:
        found = entities(text, intent, self._search_intents, self._suggest_intents)
        return [found_entity(kind, piece.value, piece.start, piece.end, self) for kind, piece in found]
