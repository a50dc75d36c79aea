"""Words thrown at the bot or the shop: "show me coffee, you bloody idiots". They are never part of a product's name."""

from __future__ import annotations

import re

_HARSH = r"(?:stupid|dumb|useless|idiotic|pathetic|worthless|brainless|lazy|lying|bloody|damn(?:ed)?|fucking)"
_STRONG = r"(?:absolute|complete|total|utter)"
_PEOPLE = r"(?:idiots?|morons?|imbeciles?|cretins?|fools?|clowns?|jerks?|bastards?|a(?:ss|rse)holes?|liars?|crooks?)"
_MACHINES = r"(?:(?:chat)?bots?|robots?|machines?|programs?|computers?|people|piece\s+of\s+\w+)"
#: A product may be called a fool or a machine: only what is said to "you", or of a bot, or alone, counts as an insult.
INSULT = re.compile(
    rf"\b(?:you|u)\s+(?:(?:{_STRONG}|{_HARSH})\s+)*(?:{_PEOPLE}|{_HARSH}(?:\s+{_MACHINES})?|suck)\b"
    rf"|\b{_HARSH}\s+(?:(?:chat)?bots?|robots?)\b"
    rf"|^\W*{_PEOPLE}\W*$",
    re.IGNORECASE,
)
