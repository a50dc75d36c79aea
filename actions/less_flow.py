"""Less of a thing: what she wants to see less of sinks from the next list on, and comes back when she says so."""

from __future__ import annotations

from rasa_sdk.events import EventType, SlotSet

from actions import slots
from actions.asking import ask_what_next
from actions.pointing import products_meant, words_of
from actions.product_search import find_and_show
from actions.recommend_reading import less_of, shown_again, speaks_of_brand
from actions.turn import Turn
from analytics.facade import Analytics

#: Key of the profile's preferences under which it is kept.
LESS = "less_of"


def show_less(turn: Turn, analytics: Analytics) -> list[EventType]:
    """Note what she wants less of: the thing she names, else the category (or brand) of the product she means."""
    thing = "" if turn.entity(slots.PRODUCT_ID) else less_of(turn.text)
    if not thing:
        thing = _of_shown(turn, analytics)
    if not thing:
        turn.say("utter_less_which")
        return []
    turn.remember(LESS, [thing])
    turn.say("utter_less_noted", thing=thing)
    kept = [one for one in turn.slot_list(slots.LESS_OF) if one != thing]
    return [SlotSet(slots.LESS_OF, [*kept, thing]), *ask_what_next(turn)]


def bring_back(turn: Turn, analytics: Analytics) -> list[EventType] | None:
    """Take it back where she asks for a thing again that she wanted less of; None where she does not."""
    said = set(words_of(shown_again(turn.text)))
    here = turn.slot_list(slots.LESS_OF)
    gone = [thing for thing in _known(turn, analytics, here) if said and _same(said, set(words_of(thing)))]
    if not gone:
        return None
    turn.forget(LESS, gone)
    turn.say("utter_less_back", thing=gone[-1])
    found = find_and_show(turn, analytics, shown_again(turn.text)) or []
    return [SlotSet(slots.LESS_OF, [one for one in here if one not in gone]), *found]


def _known(turn: Turn, analytics: Analytics, here: list[str]) -> list[str]:
    """Give what she wants less of, in this conversation and before."""
    if not shown_again(turn.text):
        return []
    known = analytics.customer(turn.customer_id) if turn.customer_id else None
    return list(dict.fromkeys([*(known.profile.preferences.get(LESS, []) if known else []), *here]))


def _same(said: set[str], thing: set[str]) -> bool:
    return said <= thing or thing <= said


def _of_shown(turn: Turn, analytics: Analytics) -> str:
    """Give the category, or the brand, of the product she means; empty where it is not clear which."""
    meant = products_meant(turn)
    if len(meant) != 1:
        return ""
    product = analytics.products_by_id([meant[0].product_id]).get(meant[0].product_id)
    if product is None:
        return ""
    return (product.brand if speaks_of_brand(turn.text) and product.brand else product.category).lower()
