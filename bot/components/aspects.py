"""Adds what exactly a message asks for within its intent, by the sentence vector that is there already."""

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
from bot.components.encoder import SentenceFeaturizer, sentence_vector
from bot.components.found_entity import found_entity
from language.aspects import Aspects, learn_all
from language.encoder import SentenceEncoder


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.ENTITY_EXTRACTOR, is_trainable=False)
class AspectReader(GraphComponent):
    """Sets the entity `aspect` where the intent has aspects and one of them is clearly meant."""

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """There is nothing to configure: the sentences come with the package `language`."""
        return {}

    @classmethod
    def required_components(cls) -> list[type]:
        """Need the sentence vector."""
        return [SentenceFeaturizer]

    def __init__(self, aspects: dict[str, Aspects]) -> None:
        self._aspects = aspects

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> AspectReader:
        """Make the component; its sentences are encoded now, by an encoder that is let go afterwards."""
        del config, model_storage, resource, execution_context
        return cls(learn_all(SentenceEncoder.load(remembered=1).encode))

    def process(self, messages: list[Message]) -> list[Message]:
        """Add the aspect to a turn's message; a chosen quick reply brings its own entities."""
        for message in messages:
            vector = sentence_vector(message)
            aspects = self._aspects.get((message.get(INTENT) or {}).get(INTENT_NAME_KEY) or "")
            aspect = aspects.read(vector) if aspects is not None and vector is not None else ""
            if aspect:
                found = found_entity(keys.ASPECT, aspect, 0, len(message.get(TEXT)), self)
                message.set(ENTITIES, [*message.get(ENTITIES, []), found], add_to_output=True)
        return messages
