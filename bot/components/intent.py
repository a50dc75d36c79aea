"""The intent classifier: `language.intent` as a component of Rasa."""

from __future__ import annotations

from typing import Any

import numpy as np
from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.classifiers.classifier import IntentClassifier
from rasa.shared.nlu.constants import (
    INTENT,
    INTENT_NAME_KEY,
    INTENT_RANKING_KEY,
    METADATA,
    PREDICTED_CONFIDENCE_KEY,
    TEXT,
)
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot.components import keys
from bot.components.encoder import SentenceFeaturizer, sentence_vector
from bot.components.spelling import as_meant
from language.encoder import check_same_encoder, fingerprint
from language.intent.model import IntentModel
from language.intent.training import train

SEED = "seed"
RANKING_LENGTH = "ranking_length"
_FILE = "intents.npz"
_ENCODER_FILE = "encoder.txt"


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=True)
class CalibratedIntentClassifier(IntentClassifier, GraphComponent):
    """Sets `intent`, a sorted `intent_ranking`, and how surely the message is in scope."""

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """Seed of the folds, and how many intents of the ranking are kept with each event."""
        return {SEED: 42, RANKING_LENGTH: 5}

    @classmethod
    def required_components(cls) -> list[type]:
        """Need the sentence vector."""
        return [SentenceFeaturizer]

    def __init__(self, config: dict[str, Any], model_storage: ModelStorage, resource: Resource) -> None:
        self._config = config
        self._storage = model_storage
        self._resource = resource
        self._model: IntentModel | None = None

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> CalibratedIntentClassifier:
        """Make an untrained classifier."""
        del execution_context
        return cls(config, model_storage, resource)

    def train(self, training_data: TrainingData) -> Resource:
        """Train on all examples with an intent.

        Raises
        ------
        TooFewExamplesError : fewer than two intents, or one with a single example.
        """
        examples = [message for message in training_data.intent_examples if sentence_vector(message) is not None]
        texts = [message.get(TEXT) for message in examples]
        labels = [message.get(INTENT) for message in examples]
        vectors = np.array([sentence_vector(message) for message in examples], dtype=np.float32)
        self._model = train(texts, vectors, labels, seed=self._config[SEED]).model
        with self._storage.write_to(self._resource) as folder:
            np.savez_compressed(folder / _FILE, **self._model.as_arrays())
            (folder / _ENCODER_FILE).write_text(fingerprint(), encoding="utf-8")
        return self._resource

    @classmethod
    def load(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
        **_unused: Any,
    ) -> CalibratedIntentClassifier:
        """Read the trained classifier out of the model.

        Raises
        ------
        OtherEncoderError : it was trained on the vectors of another encoder.
        """
        classifier = cls.create(config, model_storage, resource, execution_context)
        with model_storage.read_from(resource) as folder:
            trained_on = folder / _ENCODER_FILE
            check_same_encoder(trained_on.read_text(encoding="utf-8") if trained_on.is_file() else None)
            with np.load(folder / _FILE, allow_pickle=False) as arrays:
                classifier._model = IntentModel.from_arrays(arrays)
        return classifier

    def process(self, messages: list[Message]) -> list[Message]:
        """Classify a turn's message; one without a sentence gets no intent."""
        for message in messages:
            self._classify(message)
        return messages

    def _classify(self, message: Message) -> None:
        vector = sentence_vector(message)
        if vector is None or self._model is None:
            message.set(INTENT, {INTENT_NAME_KEY: None, PREDICTED_CONFIDENCE_KEY: 0.0}, add_to_output=True)
            message.set(INTENT_RANKING_KEY, [], add_to_output=True)
            return
        meant = (message.get(METADATA) or {}).get(keys.MEANT)
        if meant in self._model.labels:
            told = {INTENT_NAME_KEY: meant, PREDICTED_CONFIDENCE_KEY: 1.0}
            message.set(INTENT, told, add_to_output=True)
            message.set(INTENT_RANKING_KEY, [told], add_to_output=True)
            message.set(keys.SCOPE, 1.0, add_to_output=True)
            return
        read = self._model.read([as_meant(message)], vector[None, :])
        confidences = read.confidences[0]
        order = np.argsort(-confidences, kind="stable")[: self._config[RANKING_LENGTH]]
        ranking = [
            {INTENT_NAME_KEY: self._model.labels[rank], PREDICTED_CONFIDENCE_KEY: round(float(confidences[rank]), 4)}
            for rank in order
        ]
        message.set(INTENT, ranking[0], add_to_output=True)
        message.set(INTENT_RANKING_KEY, ranking, add_to_output=True)
        message.set(keys.SCOPE, round(float(read.scope[0]), 3), add_to_output=True)
