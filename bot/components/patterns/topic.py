"""Standing questions a message touches, by the key of the shop's answer."""

from __future__ import annotations

import re

from bot.components.patterns.found import Found

_WORDS = {
    "delivery": r"deliver\w*|shipping|shipp?ed|courier|pick[- ]?up",
    "returns": r"returns?|returned|returning|refunds?|refunded|exchange|money back|send (?:it|this|that|them) back",
    "payment": r"pay|paying|payments?|credit cards?|debit cards?|paypal|cash|cheques?|invoices?|gift cards?",
    "hours": r"opening (?:hours|times?)|open|close[sd]?|closing|business hours",
}
_TOPIC = re.compile(r"\b(?:" + "|".join(f"(?P<{topic}>{words})" for topic, words in _WORDS.items()) + r")\b", re.I)


def topics(text: str) -> list[Found]:
    """Find the topics a text touches, each once, in the order of the text."""
    found: dict[str, Found] = {}
    for match in _TOPIC.finditer(text):
        topic = match.lastgroup or ""
        found.setdefault(topic, Found(topic, match.start(), match.end()))
    return list(found.values())
