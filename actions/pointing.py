"""Which of the products just shown a customer means: by quick reply, by order ("the second one") or by name."""

from __future__ import annotations

import re
from dataclasses import dataclass

from actions import slots
from actions.turn import Turn

#: Place in the list, from the start (0, 1, 2) or from its end (-1).
ORDINALS = {"first": 0, "1st": 0, "second": 1, "2nd": 1, "third": 2, "3rd": 2, "last": -1}
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
    pointed = _by_order(turn.text, shown) or _by_name(turn.text, shown)
    return [pointed] if pointed else shown


def _by_order(text: str, shown: list[Shown]) -> Shown | None:
    places = [ORDINALS[word] for word in _words(text) if word in ORDINALS]
    if not places or not -len(shown) <= places[0] < len(shown):
        return None
    return shown[places[0]]


def _by_name(text: str, shown: list[Shown]) -> Shown | None:
    said = {word for word in _words(text) if len(word) >= SHORTEST_NAMING_WORD}
    common = [len(said & set(_words(item.name))) for item in shown]
    best = max(common, default=0)
    return shown[common.index(best)] if best and common.count(best) == 1 else None


def _words(text: str) -> list[str]:
    return re.findall(r"[a-z0-9]+", text.lower())
