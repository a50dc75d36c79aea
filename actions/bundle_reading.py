"""Whether a message asks for a bundle, or takes the one that was told."""

from __future__ import annotations

import re

_BUNDLE = r"(?:bundles?|sets?|combos?|package(?: deal)?s?|deals?)"
#: Words that may stand for it: a combo pizza and a lunch set for kids are products.
_IT = r"(?:it|that|this|them|these|those|the)"
#: "do you have a bundle with that?", "is there a deal for it", "any bundles?", "are they cheaper together", "can you
#: bundle the pasta with something"
_ASKS = re.compile(
    rf"\b(?:an?|any|some|as|which|what|about)\s+(?:bundles?|bundels?|package deals?)\b|"
    rf"\b(?:an?|any|some)\s+{_BUNDLE}\s+(?:to go\s+)?(?:with|for)\s+{_IT}\b|"
    r"^\W*bund(?:le|el)s?\b|\bbundle\s+(?:it|this|that|the|my)\b|\b(?:bundle|set|combo)(?:'s)?\s+price\b|\bas a set\b|"
    r"\b(?:cheaper|costs?|price|save|less)\b.{0,40}\btogether\b",
    re.IGNORECASE,
)
#: "I'll take the bundle", "order the set please", "yes, both together"
_TAKES = re.compile(
    rf"\b(?:take|order|buy|want|get|have|give me)\s+(?:the|that|this|your)\s+(?:whole\s+)?{_BUNDLE}\b", re.IGNORECASE
)
#: "I'll take it", "we'd like both": the bundle, where it was just told.
_TAKES_IT = re.compile(
    r"\b(?:take|have|buy|order|get|want|like)\s+"
    r"(?:it|them|these|those|both|all\s+(?:of\s+(?:it|them)|three)|the lot)\b",
    re.IGNORECASE,
)
_UNSURE = re.compile(r"\?|\b(?:don't|do not|not|no longer|if|when)\b", re.IGNORECASE)


def asks_for_bundle(text: str) -> bool:
    """Whether a message asks what there is together with something."""
    return bool(_ASKS.search(text))


def takes_bundle(text: str, *, told_just_now: bool = False) -> bool:
    """Whether a message takes a bundle; no question does.

    Parameters
    ----------
    told_just_now : the bundle was the last thing we spoke of, so that "it" means it.
    """
    takes = _TAKES.search(text) or (told_just_now and _TAKES_IT.search(text))
    return bool(takes) and not _UNSURE.search(text)
