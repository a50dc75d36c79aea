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
#: Four digits on their own may be much else; about an order they are its number, unless they are a year.
_SHORT = re.compile(r"(?<![\w.,$€£+#-])(?!(?:19|20)\d\d\b)(?P<short>\d{4})(?![\w%]|[.,:]\d)")
#: "do you deliver to zip code 45202" names no order.
_ELSEWHERE = re.compile(r"\b(?:zip(?:\s?code)?|post(?:al)?\s?code|phone|telephone|call)\b\W*$", re.IGNORECASE)


def order_ids(text: str, about_orders: bool = False) -> list[Found]:
    """Find order numbers; values in capitals, without the hash sign.

    Parameters
    ----------
    about_orders : whether the message asks for something about an order, where four digits alone are its number.
    """
    found = []
    for match in _ORDER_ID.finditer(text):
        kind = match.lastgroup or "bare"
        if kind == "bare" and _ELSEWHERE.search(text[: match.start()]):
            continue
        found.append(Found(match.group(kind).upper(), match.start(kind), match.end(kind)))
    if found or not about_orders:
        return found
    short = (match for match in _SHORT.finditer(text) if not _ELSEWHERE.search(text[: match.start()]))
    return [Found(match["short"], match.start(), match.end()) for match in short]
