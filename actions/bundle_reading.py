"""Whether a message asks for a bundle, or takes the one that was told."""

from __future__ import annotations

import re

_BUNDLE = r"(?:bundles?|sets?|combos?|package(?: deal)?s?|deals?)"
#: Words that may stand for it: a combo pizza and a lunch set for kids are products.
_IT = r"(?:it|that|this|them|these|those|the)"
#: "do you have a bundle with that?", "is there a deal for it", "any bundles?"
_ASKS = re.compile(
    rf"\b(?:an?|any|some|as)\s+(?:bundles?|package deals?)\b|"
    rf"\b(?:an?|any|some)\s+{_BUNDLE}\s+(?:to go\s+)?(?:with|for)\s+{_IT}\b",
    re.IGNORECASE,
)
#: "I'll take the bundle", "order the set please", "yes, both together"
_TAKES = re.compile(
    rf"\b(?:take|order|buy|want|get|have|give me)\s+(?:the|that|this|your)\s+(?:whole\s+)?{_BUNDLE}\b", re.IGNORECASE
)


def asks_for_bundle(text: str) -> bool:
    """Whether a message asks what there is together with something."""
    return bool(_ASKS.search(text))


def takes_bundle(text: str) -> bool:
    """Whether a message takes a bundle; no question does."""
    return bool(_TAKES.search(text)) and not re.search(r"\?|\b(?:don't|do not|not|no longer)\b", text, re.IGNORECASE)
