"""Mends hurried typing before the message is encoded; the customer's own letters stay what is stored and searched."""

from __future__ import annotations

import json
from typing import Any

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.nlu.constants import TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot.components import keys
from language.spelling import Speller, known_words

_FILE = "words.json"


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.MESSAGE_FEATURIZER, is_trainable=True)
class HurriedTyping(GraphComponent):
    """Sets `mended` on a turn's message; training sentences are learnt from as they are."""

    def __init__(self, storage: ModelStorage, resource: Resource, speller: Speller | None = None) -> None:
        self._storage = storage
        self._resource = resource
        self._speller = speller

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> HurriedTyping:
        """Make a component that knows no words yet."""
        del config, execution_context
        return cls(model_storage, resource)

    def train(self, training_data: TrainingData) -> Resource:
        """Learn the words of all examples."""
        self._speller = Speller.of((example.get(TEXT) for example in training_data.intent_examples), known_words())
        with self._storage.write_to(self._resource) as folder:
            (folder / _FILE).write_text(json.dumps(self._speller.used), encoding="utf-8")
        return self._resource

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        """Leave the examples as they are: what is mended at the time of reading is read against real wording."""
        return training_data

    @classmethod
    def load(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
        **_unused: Any,
    ) -> HurriedTyping:
        """Read the words out of the model."""
        del config, execution_context
        with model_storage.read_from(resource) as folder:
            used = json.loads((folder / _FILE).read_text(encoding="utf-8"))
        return cls(model_storage, resource, Speller(used, known_words()))

    def process(self, messages: list[Message]) -> list[Message]:
        """Mend a turn's message; a chosen quick reply holds no typing."""
        for message in messages:
            text = message.get(TEXT) or ""
            if self._speller is not None and not text.startswith(keys.INTENT_PREFIX):
                message.set(keys.MENDED, self._speller.mend(text))
        return messages


def as_meant(message: Message) -> str:
    """Give a message's text as it is read: mended where it could be."""
    return str(message.get(keys.MENDED) or message.get(TEXT))
