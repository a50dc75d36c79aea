"""Insults thrown at the bot or the shop: "show me coffee, you bloody idiots"."""

from __future__ import annotations

import re

_HARSH = r"(?:stupid|dumb|useless|idiotic|pathetic|worthless|brainless|lazy|lying|bloody|damn(?:ed)?|fucking)"
_FILLER = rf"(?:an?|all|such|just|absolute|complete|total|utter|(?:bunch|lot|pack)\s+of|{_HARSH})"
_NAME = r"(?:idiot|moron|imbecile|cretin|bastard|a(?:ss|rse)hole)"
#: These are products, too, or things a shop is asked about: they count only when said to "you".
_AMBIGUOUS = r"(?:fool|clown|jerk|liar|crook|thie(?:f|ves))"
_MACHINE = r"(?:(?:chat)?bots?|robots?|machines?)"
_INSULT = re.compile(
    rf"\b(?:you|u)(?:'re|\s+are)?\s+(?:{_FILLER}\s+)*(?:(?:{_NAME}|{_AMBIGUOUS})s?|{_HARSH}|suck)\b"
    rf"(?:\s+(?:{_MACHINE}|people|things?|piece\s+of\s+\w+))?"
    rf"|\b{_HARSH}\s+{_MACHINE}\b"
    rf"|\b{_NAME}s\b"
    rf"|(?:^|,)\s*(?:{_NAME}|{_AMBIGUOUS})s?\W*$",
    re.IGNORECASE,
)


def insult(text: str) -> re.Match[str] | None:
    """Find the first insult of a message; None in "gooseberry fool" and "I feel like an idiot"."""
    return _INSULT.search(text)
