"""The moment of a conversation, as recommendations want to know it: what she looked at, wants, has on her list."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from rasa_sdk.events import EventType, SlotSet

from actions import slots
from actions.list_items import shopper_of
from actions.search_wish import thing_alone
from actions.turn import Turn
from analytics.facade import Analytics
from analytics.recommendation_records import Mode, RecommendContext

#: Entries kept of each: what was said long ago says little.
_KEPT = 8
#: Products recommended before in the conversation that are kept.
_SHOWN_KEPT = 30
#: Actions after which the product spoken of was looked at, and the one after which what she looks for is known.
_LOOKS = frozenset({"action_product_details", "action_goes_with", "action_find_substitute", "action_shopping_list"})
_SEARCHES = "action_search_product"


def moment_of(turn: Turn, analytics: Analytics, mode: Mode = "for_you") -> RecommendContext:
    """Give the context of a recommendation: all of it said or done in this conversation, or on her list."""
    items = analytics.shopping_service().items(shopper_of(turn))
    return RecommendContext(
        mode=mode,
        cart=tuple(item.product.product_id for item in items if item.product),
        viewed=tuple(turn.slot_list(slots.LOOKED_AT)),
        wanted=tuple(turn.slot_list(slots.WANTED)),
        less=tuple(turn.slot_list(slots.LESS_OF)),
        ignored=tuple(turn.slot_list(slots.SHOWN_BEFORE)),
    )


def mode_shown(turn: Turn) -> Mode:
    """Give the mode of the list that is before her."""
    mode = turn.slot(slots.MODE_SHOWN)
    return mode if mode in ("buy_again", "new", "popular", "campaign") else "for_you"


def looked_at(turn: Turn, action: str, events: Sequence[EventType]) -> list[EventType]:
    """Keep what a turn shows her to be after: the product she asked about, the words she searched for."""
    if action == _SEARCHES and turn.entities(slots.PRODUCT_QUERY):
        things = [thing_alone(query) or query for query in turn.entities(slots.PRODUCT_QUERY)]
        return [SlotSet(slots.WANTED, _longer(turn, slots.WANTED, things))]
    if action not in _LOOKS:
        return []
    spoken_of = [event["value"] for event in events if event.get("name") == slots.PRODUCT_IN_MIND and event["value"]]
    chosen = turn.entity(slots.PRODUCT_ID)
    looks = [str(one) for one in (*spoken_of, chosen) if one]
    return [SlotSet(slots.LOOKED_AT, _longer(turn, slots.LOOKED_AT, looks))] if looks else []


def wanting(turn: Turn, words: str) -> EventType:
    """Keep what she says she wants."""
    return SlotSet(slots.WANTED, _longer(turn, slots.WANTED, [words]))


def shown_before(turn: Turn) -> EventType:
    """Keep what is before her as shown, so that it sinks in the next lists."""
    shown = turn.slot_list(slots.SHOWN_PRODUCTS)
    return SlotSet(slots.SHOWN_BEFORE, _longer(turn, slots.SHOWN_BEFORE, shown, _SHOWN_KEPT))


def _longer(turn: Turn, slot: str, new: Iterable[str], most: int = _KEPT) -> list[str]:
    """Give a list slot with more in it, each entry once, the newest last."""
    new = list(dict.fromkeys(new))
    return [*(one for one in turn.slot_list(slot) if one not in new), *new][-most:]
