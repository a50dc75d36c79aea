"""Makes `nlu_fallback` of a message that was not understood, and keeps what it might have been behind it."""

from __future__ import annotations

from dataclasses import asdict, fields
from typing import Any

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.classifiers.classifier import IntentClassifier
from rasa.shared.nlu.constants import INTENT, INTENT_NAME_KEY, INTENT_RANKING_KEY, PREDICTED_CONFIDENCE_KEY, TEXT
from rasa.shared.nlu.training_data.message import Message

from bot.components import keys
from bot.components.doubt import Doubt, apart, scope_of, trust


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=False)
class DoubtfulFallback(GraphComponent):
    """Rasa's own FallbackClassifier looks at the confidence alone, which an unfamiliar question often has."""

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """Give the bounds of `Doubt`."""
        return asdict(Doubt())

    @classmethod
    def required_components(cls) -> list[type]:
        """Need a classifier before it."""
        return [IntentClassifier]

    def __init__(self, config: dict[str, Any]) -> None:
        self._doubt = Doubt(**{bound.name: config[bound.name] for bound in fields(Doubt)})

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> DoubtfulFallback:
        """Make the component; it has nothing trained to load."""
        del model_storage, resource, execution_context
        return cls(config)

    def process(self, messages: list[Message]) -> list[Message]:
        """Look at a turn's message; a chosen quick reply is never in doubt."""
        for message in messages:
            text = message.get(TEXT) or ""
            if not text.startswith(keys.INTENT_PREFIX):
                self._judge(message, readable=any(character.isalnum() for character in text))
        return messages

    def _judge(self, message: Message, *, readable: bool) -> None:
        ranking = message.get(INTENT_RANKING_KEY) or []
        confidences = [intent[PREDICTED_CONFIDENCE_KEY] for intent in ranking] if readable else []
        best = ranking[0][INTENT_NAME_KEY] if ranking else None
        scope = scope_of(best, message.get(keys.SCOPE) or 0.0)
        named = [(intent[INTENT_NAME_KEY], intent[PREDICTED_CONFIDENCE_KEY]) for intent in ranking] if readable else []
        if self._doubt.understood(apart(named), scope):
            return
        # What is not trusted goes to the fallback; the others share the rest, so the ranking stays sorted, its sum 1.
        trusted = trust(confidences, scope)
        fallback = {INTENT_NAME_KEY: keys.FALLBACK_INTENT, PREDICTED_CONFIDENCE_KEY: round(1 - trusted, 4)}
        others = [
            {**intent, PREDICTED_CONFIDENCE_KEY: round(intent[PREDICTED_CONFIDENCE_KEY] * trusted, 4)}
            for intent in ranking
        ]
        message.set(INTENT, fallback, add_to_output=True)
        message.set(INTENT_RANKING_KEY, [fallback, *others], add_to_output=True)
