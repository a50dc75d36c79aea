"""Hears a message that is in another language, whatever the classifier made of its words."""

from __future__ import annotations

from typing import Any

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.classifiers.classifier import IntentClassifier
from rasa.shared.nlu.constants import (
    ENTITIES,
    INTENT,
    INTENT_NAME_KEY,
    INTENT_RANKING_KEY,
    METADATA,
    PREDICTED_CONFIDENCE_KEY,
    TEXT,
)
from rasa.shared.nlu.training_data.message import Message

from bot.components import keys
from bot.components.found_entity import found_entity
from language.tongue import tongue


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=False)
class ForeignTongue(GraphComponent):
    """Sets the intent `ask_languages`, and the language as the entity `aspect`."""

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """There is nothing to configure: the words come with the package `language`."""
        return {}

    @classmethod
    def required_components(cls) -> list[type]:
        """Need a classifier before it, whose reading is set aside."""
        return [IntentClassifier]

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> ForeignTongue:
        """Make the component; it has nothing trained to load."""
        del config, model_storage, resource, execution_context
        return cls()

    def process(self, messages: list[Message]) -> list[Message]:
        """Look at a turn's message; a quick reply, and what she said she meant, are left alone."""
        for message in messages:
            text = message.get(TEXT) or ""
            meant = (message.get(METADATA) or {}).get(keys.MEANT)
            heard = None if meant or text.startswith(keys.INTENT_PREFIX) else tongue(text)
            if heard:
                self._set(message, heard, len(text))
        return messages

    def _set(self, message: Message, heard: str, end: int) -> None:
        told = {INTENT_NAME_KEY: keys.LANGUAGES_INTENT, PREDICTED_CONFIDENCE_KEY: 1.0}
        found = found_entity(keys.ASPECT, heard, 0, end, self)
        message.set(INTENT, told, add_to_output=True)
        message.set(INTENT_RANKING_KEY, [told], add_to_output=True)
        message.set(keys.SCOPE, 1.0, add_to_output=True)
        message.set(ENTITIES, [*message.get(ENTITIES, []), found], add_to_output=True)
