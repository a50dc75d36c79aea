"""Quantities as people write them: "3", "x2", "two", "a dozen", "a couple of"."""

from __future__ import annotations

import re

#: Words for numbers; "a" and "an" count one only before a thing, which the caller knows.
NUMBER_WORDS = {
    "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10,
    "eleven": 11, "twelve": 12, "dozen": 12, "couple": 2, "pair": 2, "single": 1, "double": 2, "twice": 2, "once": 1,
}  # fmt: skip
#: As a pattern, without groups: "3", "two", "a dozen", "half a dozen".
NUMBER = rf"(?:half\s+a\s+dozen|(?:a\s+)?(?:{'|'.join(NUMBER_WORDS)})|\d{{1,3}})"
#: Of these a thing may have its name: "double cream", "single malt".
_NAMING = frozenset({"single", "double", "twice", "once"})
#: As a pattern, without groups: what counts the thing that follows it; a thing's own name begins with none.
COUNT = rf"(?:half\s+a\s+dozen|(?:a\s+)?(?:{'|'.join(word for word in NUMBER_WORDS if word not in _NAMING)})|\d{{1,3}})"
_NUMBER = re.compile(
    rf"(?<![\w$€£.,#])(?:x\s?)?(?P<count>{NUMBER})(?:\s?x)?(?![\w%]|[.,:/-]\d|\s*(?:am|pm|o'?clock|%))", re.I
)


def quantity_of(word: str) -> int | None:
    """Give the number a word or figure stands for; None for anything else."""
    said = re.sub(r"\s+", " ", word.strip().lower())
    if said == "half a dozen":
        return 6
    said = said.removeprefix("a ")
    return int(said) if said.isdigit() and len(said) <= 3 else NUMBER_WORDS.get(said)


def quantities_in(text: str) -> list[int]:
    """Give the quantities of a message in order; prices, times, order numbers and percentages are none."""
    found = (quantity_of(match["count"]) for match in _NUMBER.finditer(text))
    return [quantity for quantity in found if quantity is not None]
