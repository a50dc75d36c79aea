"""How a message is put, whatever it is about: asked or stated, politely or with swearing, shouted or not."""

from __future__ import annotations

import math
import re

#: The figures of `manner`, in its order.
MANNERS = ("question", "asks", "polite", "swears", "rages", "presses", "you", "shouts", "exclaims", "length")

_WORD = re.compile(r"[A-Za-z']+")
_ASKS = re.compile(
    r"^\W*(?:(?:and|so|ok|hi|hello|hey|sorry|please)\W+)*(?:what|which|when|where|who|why|how|can|could|may|do|does|did|is"
    r"|are|will|would|was|were|have|has|any|show|give|find|tell|get|put|remind|recommend|suggest)\b",
    re.IGNORECASE,
)
_POLITE = re.compile(
    r"\b(?:please|pls|thanks|thank you|can (?:you|i)|could (?:you|i)|how (?:do|can) i|i'?d like)\b", re.IGNORECASE
)
_SWEARS = re.compile(
    r"\b(?:hell|damn\w*|goddamn|fuck\w*|wtf|(?:bull)?shit\w*|crap\w*|bloody|sucks?|screw you)\b", re.IGNORECASE
)
#: "What a joke" rages, "tell me a joke" doesn't.
_RAGES = re.compile(
    r"\b(?:is|are|such|what|bloody|absolute|total|complete)(?: an?)?(?: \w+)? joke\b"
    r"|\b(?:stupid|dumb|useless|pathetic|worthless|incompeten\w+|scam\w*|garbage|rubbish|disgrace\w*|disgust\w*|furious"
    r"|ridiculous|outrageous|unacceptable|fuming|livid|worst|terrible|horrible|awful|hate|despise|ashamed?)\b",
    re.IGNORECASE,
)
_PRESSES = re.compile(
    r"\b(?:again|never|ever|always|every (?:single )?time|nobody|still|already|finally|fed up|sick of|tired of|enough"
    r"|very|so|really|absolutely|totally|completely)\b",
    re.IGNORECASE,
)
_YOU = re.compile(r"\b(?:you|your|you're|u)\b", re.IGNORECASE)


def manner(text: str) -> list[float]:
    """Give the figures named in `MANNERS`, each between 0 and about 2.

    Counts of words stop at two and exclamation marks at three, so that a rant weighs no more than anger; `shouts` is
    the share of words in capitals, `length` a third of the logarithm of the number of words + 1.
    """
    words = _WORD.findall(text)
    capitals = sum(word.isupper() and len(word) > 2 for word in words)
    return [
        float("?" in text),
        float(_ASKS.search(text) is not None),
        float(_POLITE.search(text) is not None),
        _up_to_two(_SWEARS, text),
        _up_to_two(_RAGES, text),
        _up_to_two(_PRESSES, text),
        float(_YOU.search(text) is not None),
        capitals / max(1, len(words)),
        min(3, text.count("!")) / 3,
        math.log1p(len(words)) / 3,
    ]


def _up_to_two(words: re.Pattern[str], text: str) -> float:
    return float(min(2, len(words.findall(text))))
