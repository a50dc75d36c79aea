"""Which of the products just shown a customer means: by quick reply, by order ("the second one"), by name, by "it"."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass

from actions import slots
from actions.turn import Turn

#: Place in the list, from the start (0, 1, 2) or from its end (-1).
ORDINALS = {"first": 0, "1st": 0, "second": 1, "2nd": 1, "third": 2, "3rd": 2, "fourth": 3, "4th": 3, "last": -1}
_NUMBERS = {"one": 0, "two": 1, "three": 2, "four": 3, "1": 0, "2": 1, "3": 2, "4": 3}
#: "number two", "option 2", "#3".
_NUMBERED = re.compile(r"(?:\b(?:number|no|nr|option)\.?\s*|#\s?)(one|two|three|four|[1-4])\b", re.IGNORECASE)
#: "is it the last one you have" asks what is left of a product, not for the end of a list.
_ORDINAL = re.compile(rf"\b({'|'.join(ORDINALS)})\b(?!\s+(?:time|order|week|month|year|night))", re.IGNORECASE)
#: "The cheaper one" is what a comparison has just found.
_SINGLE = re.compile(r"\b(?:it|its|it's|this|that|that's|thing|cheap(?:er|est)(?: one)?)\b", re.IGNORECASE)
_MANY = re.compile(r"\b(?:these|those|them|they|both|all|each|any of)\b", re.IGNORECASE)
#: "Not that one, the …", "I meant the …": what follows is what she wants.
_RATHER = re.compile(
    r"\bnot\s+(?:that|this|those|these|it)(?:\s+ones?)?\b[\s,.;:–-]+(?:but\s+|rather\s+)?(?=the\b|i\b)|\bi\s+mean(?:t)?\b",
    re.IGNORECASE,
)
#: Words shorter than this ("for", "the", "oz") name no product.
SHORTEST_NAMING_WORD = 4


@dataclass(frozen=True, slots=True)
class Shown:
    """A product that was shown; `name` is empty where only its id is known."""

    product_id: str
    name: str


def products_shown(turn: Turn) -> list[Shown]:
    """Give the products last shown, in their order."""
    ids, names = turn.slot_list(slots.SHOWN_PRODUCTS), turn.slot_list(slots.SHOWN_NAMES)
    names += [""] * (len(ids) - len(names))
    return [Shown(product_id, name) for product_id, name in zip(ids, names, strict=False)]


def products_meant(turn: Turn) -> list[Shown]:
    """Give the products she means: the one she points at, else all that were shown (none, if none were)."""
    shown = products_shown(turn)
    chosen = turn.entity(slots.PRODUCT_ID)
    if chosen:
        return [next((item for item in shown if item.product_id == chosen), Shown(chosen, ""))]
    pointed = _first(by_order(turn.text, shown)) or _by_name(turn.text, shown) or in_mind(turn, shown)
    return [pointed] if pointed else shown


def by_order(text: str, shown: list[Shown]) -> list[Shown]:
    """Give those she points at by their place: two for "the first or the third"."""
    places = [ORDINALS[match[1].lower()] for match in _ORDINAL.finditer(text)]
    places += [_NUMBERS[match[1].lower()] for match in _NUMBERED.finditer(text)]
    return list(dict.fromkeys(shown[place] for place in places if -len(shown) <= place < len(shown)))


def by_words(query: str, shown: list[Shown]) -> list[Shown]:
    """Give those whose names hold every word of hers: "the coffee" may be several of what was shown."""
    said = set(words_of(query))
    return [item for item in shown if said and said <= set(words_of(item.name))]


def in_mind(turn: Turn, shown: Collection[Shown]) -> Shown | None:
    """Give the product that "it" or "that one" means: the one spoken of last."""
    if not _SINGLE.search(turn.text) or _MANY.search(turn.text):
        return None
    return next((item for item in shown if item.product_id == turn.slot(slots.PRODUCT_IN_MIND)), None)


def corrected_to(turn: Turn) -> Shown | None:
    """Give the product among those shown that she names instead of another: "no, not that, the kids cereal"."""
    rather = _RATHER.search(turn.text)
    return _by_name(turn.text[rather.end() :], products_shown(turn)) if rather else None


def speaks_of_shown(text: str) -> bool:
    """Whether the words point at something without naming it: "how big is it", "are those in stock"."""
    return bool(_SINGLE.search(text) or _MANY.search(text) or _ORDINAL.search(text) or _NUMBERED.search(text))


def _first(items: list[Shown]) -> Shown | None:
    return items[0] if items else None


def _by_name(text: str, shown: list[Shown]) -> Shown | None:
    said = {word for word in words_of(text) if len(word) >= SHORTEST_NAMING_WORD}
    common = [len(said & set(words_of(item.name))) for item in shown]
    best = max(common, default=0)
    return shown[common.index(best)] if best and common.count(best) == 1 else None


def words_of(text: str) -> list[str]:
    """The words of a name, without the ending of the plural."""
    found = re.findall(r"[a-z0-9]+", text.lower())
    return [word.rstrip("s") if len(word) >= SHORTEST_NAMING_WORD else word for word in found]
