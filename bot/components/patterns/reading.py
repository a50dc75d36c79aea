"""All that patterns read out of one message, each kind where its intent calls for it."""

from __future__ import annotations

from collections.abc import Collection

from bot.components import keys
from bot.components.patterns.found import Found
from bot.components.patterns.named_things import joined_things, named_things
from bot.components.patterns.order_id import order_ids
from bot.components.patterns.product_query import searched_product, suggested_product
from bot.components.patterns.topic import topics
from language.preferences import tastes_in
from language.requests import sentences

#: Intents whose messages name a product after request words ("do you have oat milk").
SEARCH_INTENTS = ("search_product",)
#: Intents whose messages may name one, but only after "recommend me …".
SUGGEST_INTENTS = ("recommend",)
#: Intents that ask something about products, of which a message may name several, or none ("how big is it").
ABOUT_PRODUCTS = frozenset({"product_details", "compare_products", "find_substitute", "goes_with"})
#: Intents that say what she likes and does not like.
TASTE_INTENTS = frozenset({"state_preference"})
#: Intents about an order that was placed, but for those whose messages hold house numbers or times of day.
ORDER_INTENTS = frozenset(
    {
        "track_order", "cancel_order", "return_order", "exchange_order", "change_items", "change_payment",
        "refund_status", "report_problem", "get_invoice", "reorder",
    }
)  # fmt: skip


def entities(
    text: str,
    intent: str | None,
    search_intents: Collection[str] = SEARCH_INTENTS,
    suggest_intents: Collection[str] = SUGGEST_INTENTS,
) -> list[tuple[str, Found]]:
    """Find order numbers and topics in any message, and the product in one that asks for a product.

    Returns
    -------
    (kind, what was found) with the kinds of the domain's entities.
    """
    return [
        *((keys.ORDER_ID, order) for order in order_ids(text, intent in ORDER_INTENTS)),
        *((keys.TOPIC, topic) for topic in topics(text)),
        *((keys.PRODUCT_QUERY, product) for product in _products(text, intent, search_intents, suggest_intents)),
    ]


def _products(
    text: str, intent: str | None, search_intents: Collection[str], suggest_intents: Collection[str]
) -> list[Found]:
    if intent in ABOUT_PRODUCTS:
        return named_things(text, contents=intent == "product_details")
    if intent in TASTE_INTENTS:
        tastes = tastes_in(text)
        named = {(taste.start, taste.end): taste for taste in (*tastes.stated, *tastes.taken_back)}
        return [Found(taste.thing, taste.start, taste.end) for taste in named.values() if taste.kind != "diets"]
    several = joined_things(text) if intent in search_intents else []
    if several:
        return several
    product = None
    if intent in search_intents:
        product = searched_product(text) or _named_last(text)
    elif intent in suggest_intents:
        product = suggested_product(text)
    return [product] if product else []


def _named_last(text: str) -> Found | None:
    """Give the one thing that the last sentence to name some names: "Poor! Got anything cheaper than that pizza?"."""
    for sentence in reversed(sentences(text)):
        named = named_things(sentence)
        if named:
            start = text.rindex(sentence)
            thing = named[0]
            return Found(thing.value, start + thing.start, start + thing.end) if len(named) == 1 else None
    return None
