"""Adds how a message feels: VADER and the sentence vector that is there already."""

from __future__ import annotations

from typing import Any

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.nlu.constants import TEXT
from rasa.shared.nlu.training_data.message import Message

from bot.components import keys
from bot.components.encoder import SentenceFeaturizer, sentence_vector
from language.sentiment import Sentiment


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.ENTITY_EXTRACTOR, is_trainable=False)
class SentimentTagger(GraphComponent):
    """Sets the property `sentiment`, a float in [-1, 1]. It is no entity: it fills no slot and steers no policy."""

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """There is nothing to configure: the head comes with the package `language`."""
        return {}

    @classmethod
    def required_components(cls) -> list[type]:
        """Need the sentence vector."""
        return [SentenceFeaturizer]

    def __init__(self) -> None:
        self._sentiment = Sentiment.load()

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> SentimentTagger:
        """Make the component; it has nothing trained to load."""
        del config, model_storage, resource, execution_context
        return cls()

    def process(self, messages: list[Message]) -> list[Message]:
        """Score a turn's message; a chosen quick reply has no mood."""
        for message in messages:
            vector = sentence_vector(message)
            if vector is not None:
                message.set(keys.SENTIMENT, self._sentiment.score(message.get(TEXT), vector), add_to_output=True)
        return messages
