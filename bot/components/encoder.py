"""The sentence encoder as a featurizer: one pass a turn, shared by intent and sentiment."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt
from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.constants import FEATURIZER_CLASS_ALIAS
from rasa.nlu.featurizers.dense_featurizer.dense_featurizer import DenseFeaturizer
from rasa.shared.nlu.constants import FEATURE_TYPE_SENTENCE, TEXT
from rasa.shared.nlu.training_data.features import Features
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot.components import keys
from bot.components.spelling import as_meant
from language.encoder import SentenceEncoder

THREADS = "threads"


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.MESSAGE_FEATURIZER, is_trainable=False)
class SentenceFeaturizer(DenseFeaturizer, GraphComponent):
    """Adds the sentence vector (384, length 1) of a message as its dense sentence feature."""

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """One thread: a message takes 2–4 ms, and the other cores belong to other processes."""
        return {**DenseFeaturizer.get_default_config(), THREADS: 1}

    def __init__(self, config: dict[str, Any], name: str) -> None:
        super().__init__(name, config)
        self._encoder = SentenceEncoder.load(threads=config[THREADS])

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> SentenceFeaturizer:
        """Make the component; it has nothing trained to load."""
        del model_storage, resource
        return cls(config, execution_context.node_name)

    @classmethod
    def validate_config(cls, config: dict[str, Any]) -> None:
        """Accept any config: Rasa has merged it over the defaults."""

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        """Encode all examples at once."""
        self._add([message for message in training_data.training_examples if message.get(TEXT)])
        return training_data

    def process(self, messages: list[Message]) -> list[Message]:
        """Encode a turn's message; a chosen quick reply holds no sentence."""
        said = [message for message in messages if message.get(TEXT)]
        self._add([message for message in said if not message.get(TEXT).startswith(keys.INTENT_PREFIX)])
        return messages

    def _add(self, messages: list[Message]) -> None:
        if not messages:
            return
        vectors = self._encoder.encode([as_meant(message) for message in messages])
        for message, vector in zip(messages, vectors, strict=True):
            message.add_features(
                Features(vector[None, :], FEATURE_TYPE_SENTENCE, TEXT, self._config[FEATURIZER_CLASS_ALIAS])
            )


def sentence_vector(message: Message) -> npt.NDArray[np.float32] | None:
    """Give the vector the featurizer added, shape (384,); None for a message that has none."""
    _, sentence = message.get_dense_features(TEXT, [])
    if sentence is None:
        return None
    vector: npt.NDArray[np.float32] = np.asarray(sentence.features)[0]
    return vector
