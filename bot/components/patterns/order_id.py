"""Order numbers: "order 4711", "#20144", "31198459", "#W2378156"."""

from __future__ import annotations

import re

from bot.components.patterns.found import Found

_ORDER_ID = re.compile(
    r"""
      \#\s?(?P<hash>[a-z]?\d{2,20})\b                                        # 20144 after a hash sign
    | \b(?:order|purchase|parcel|package|tracking)\s+(?:(?:number|no\.?|nr\.?|id)\s*)?(?:is\s+)?
      (?P<named>[a-z]?\d{3,20})\b                                            # 4711 after the word
    | (?<![\w.,$€£+-])(?P<bare>[a-z]?\d{5,20})(?![\w%]|[.,]\d)               # five digits or more on their own
    """,
    re.IGNORECASE | re.VERBOSE,
)
#: "do you deliver to zip code 45202" names no order.
_ELSEWHERE = re.compile(r"\b(?:zip(?:\s?code)?|post(?:al)?\s?code|phone|telephone|call)\b\W*$", re.IGNORECASE)


def order_ids(text: str) -> list[Found]:
    """Find order numbers; values in capitals, without the hash sign."""
    found = []
    for match in _ORDER_ID.finditer(text):
        kind = match.lastgroup or "bare"
        if kind == "bare" and _ELSEWHERE.search(text[: match.start()]):
            continue
        found.append(Found(match.group(kind).upper(), match.start(kind), match.end(kind)))
    return found
