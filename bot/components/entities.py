"""Adds the entities that patterns find, each where its intent calls for it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.nlu.constants import (
    ENTITIES,
    ENTITY_ATTRIBUTE_END,
    ENTITY_ATTRIBUTE_START,
    ENTITY_ATTRIBUTE_TYPE,
    ENTITY_ATTRIBUTE_VALUE,
    EXTRACTOR,
    INTENT,
    INTENT_NAME_KEY,
    TEXT,
)
from rasa.shared.nlu.training_data.message import Message

from bot.components import keys
from bot.components.patterns.found import Found
from bot.components.patterns.order_id import order_ids
from bot.components.patterns.product_query import searched_product, suggested_product
from bot.components.patterns.topic import topics

SEARCH_INTENTS = "search_intents"
SUGGEST_INTENTS = "suggest_intents"


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.ENTITY_EXTRACTOR, is_trainable=False)
class PatternEntities(GraphComponent):
    """Finds order numbers and topics in any message, and the product in one that asks for a product."""

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """Intents whose messages name a product: after request words, or only after "recommend me …"."""
        return {SEARCH_INTENTS: ["search_product"], SUGGEST_INTENTS: ["recommend"]}

    def __init__(self, config: dict[str, Any]) -> None:
        self._product: dict[str, Callable[[str], Found | None]] = {
            **dict.fromkeys(config[SEARCH_INTENTS], searched_product),
            **dict.fromkeys(config[SUGGEST_INTENTS], suggested_product),
        }

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
        find_product = self._product.get(intent or "")
        product = find_product(text) if find_product else None
        found = [
            *((keys.ORDER_ID, order) for order in order_ids(text)),
            *((keys.TOPIC, topic) for topic in topics(text)),
            *([(keys.PRODUCT_QUERY, product)] if product else []),
        ]
        return [
            {
                ENTITY_ATTRIBUTE_TYPE: kind,
                ENTITY_ATTRIBUTE_VALUE: piece.value,
                ENTITY_ATTRIBUTE_START: piece.start,
                ENTITY_ATTRIBUTE_END: piece.end,
                EXTRACTOR: type(self).__name__,
            }
            for kind, piece in found
        ]
