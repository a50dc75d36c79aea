"""Keeping what she says of her tastes, whichever action reads it."""

from __future__ import annotations

from collections.abc import Sequence

from rasa_sdk.events import EventType, SlotSet

from actions import slots, wording
from actions.pointing import Shown, products_shown, words_of
from actions.refusals import REFUSED
from actions.turn import Turn
from language.preferences import Taste, TasteKind

KINDS: tuple[TasteKind, ...] = ("likes", "dislikes", "diets")
#: Said where exactly one kind was stated.
_NOTED = {"likes": "utter_preference_likes", "dislikes": "utter_preference_dislikes", "diets": "utter_preference_diet"}
#: Words after which a slip may do harm: she is asked to read labels.
_CAREFUL = ("allerg", "intoleran", "coeliac", "celiac")


def note_tastes(turn: Turn, stated: Sequence[Taste]) -> list[EventType]:
    """Acknowledge and keep what she states, and turn down what was just shown of a thing she does not like."""
    if turn.customer_id is None:
        turn.say("utter_preference_visitor")
        return _refusing(turn, stated)
    for kind in KINDS:
        things = [taste.thing for taste in stated if taste.kind == kind]
        if things:
            turn.remember(kind, things)
    kinds = {taste.kind for taste in stated}
    response = _NOTED[next(iter(kinds))] if len(kinds) == 1 else "utter_preference_several"
    if any(word in turn.text.lower() for word in _CAREFUL):
        response = "utter_preference_careful"
    turn.say(response, things=wording.listing([taste.thing for taste in stated]))
    return _refusing(turn, stated)


def _refusing(turn: Turn, stated: Sequence[Taste]) -> list[EventType]:
    disliked = [set(words_of(taste.thing)) for taste in stated if taste.kind == "dislikes"]
    ids = [item.product_id for item in products_shown(turn) if _is_one(item, disliked)]
    if not ids:
        return []
    turn.remember(REFUSED, ids)
    before = turn.slot_list(slots.REFUSED_PRODUCTS)
    return [SlotSet(slots.REFUSED_PRODUCTS, list(dict.fromkeys([*before, *ids])))]


def _is_one(item: Shown, disliked: Sequence[set[str]]) -> bool:
    return any(thing and thing <= set(words_of(item.name)) for thing in disliked)
