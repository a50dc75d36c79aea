"""Names that the components, the channel and the actions share. Each is written once."""

from __future__ import annotations

from language.intent.model import OUT_OF_SCOPE

#: Property of a message (and of the stored user event): a float in [-1, 1]; absent for a chosen quick reply.
SENTIMENT = "sentiment"

#: Property of a message: how surely it is about something the shop knows, 0..1; below 0.5 it is not.
SCOPE = "scope"

#: Property of a message: its text with mistyped words mended, which encoder and classifier read.
MENDED = "mended"

#: In a message's metadata: the intent she chose when we asked what she meant; it is taken as read.
MEANT = "meant"

#: Entities, as declared in the domain.
PRODUCT_QUERY = "product_query"
PRODUCT_ID = "product_id"
ORDER_ID = "order_id"
TOPIC = "topic"
ASPECT = "aspect"

#: Intent of a message that was not understood.
FALLBACK_INTENT = "nlu_fallback"
#: Intent whose examples are not about the shop.
OUT_OF_SCOPE_INTENT = OUT_OF_SCOPE
#: Intent of a message in another language.
LANGUAGES_INTENT = "ask_languages"
#: A message that begins with it is a quick reply of the house; Rasa's own handler reads it.
INTENT_PREFIX = "/"
