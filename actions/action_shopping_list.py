"""The shopping list: put on it, take off it, show it, empty it."""

from __future__ import annotations

from rasa_sdk.events import EventType, SlotSet

from actions import list_items, slots, wording
from actions.base import EngagementAction
from actions.beside import offer_with
from actions.list_flow import put
from actions.list_reading import ListWish, wish_in
from actions.turn import Turn
from analytics.shopping_service import ListItem, ShoppingService


class KeepShoppingList(EngagementAction):
    """Answer "put milk and eggs on my list", "what's on it", "take the milk off", "clear it"."""

    action_name = "action_shopping_list"

    def respond(self, turn: Turn) -> list[EventType]:
        """Do what she wants of her list; emptying a list is asked about first."""
        if turn.slot(slots.OPEN_QUESTION) == slots.ASKED_EMPTY_LIST and turn.intent == "affirm":
            return self._empty(turn)
        wish = _wish(turn)
        if wish == "add":
            return self._add(turn)
        if wish == "remove":
            return self._remove(turn)
        return self._ask_to_empty(turn) if wish == "clear" else self._show(turn)

    @property
    def _lists(self) -> ShoppingService:
        return self.analytics.shopping_service()

    def _add(self, turn: Turn) -> list[EventType]:
        wishes = list_items.wishes_in(turn, self.analytics)
        if not wishes:
            turn.say("utter_list_what")
            return [SlotSet(slots.OPEN_QUESTION, slots.ASKED_LIST_ITEMS)]
        listed = put(turn, self.analytics, wishes)
        chosen = wishes[0].product_id if len(wishes) == 1 else None
        return listed if chosen is None else [*listed, *offer_with(turn, self.analytics, chosen)]

    def _remove(self, turn: Turn) -> list[EventType]:
        shopper = list_items.shopper_of(turn)
        listed = self._lists.items(shopper)
        removed = self._lists.remove(shopper, list_items.to_remove(turn, listed))
        if removed:
            turn.say("utter_list_removed", items=wording.listing(removed))
        elif listed:
            turn.say("utter_list_not_on_it", items=self._written(listed))
        else:
            turn.say("utter_list_empty")
        return []

    def _show(self, turn: Turn) -> list[EventType]:
        listed = self._lists.items(list_items.shopper_of(turn))
        if not listed:
            turn.say("utter_list_empty")
            return []
        turn.say("utter_list_shown", items=self._written(listed))
        return []

    def _ask_to_empty(self, turn: Turn) -> list[EventType]:
        listed = self._lists.items(list_items.shopper_of(turn))
        if not listed:
            turn.say("utter_list_empty")
            return []
        turn.say("utter_list_clear_confirm", count=str(len(listed)))
        return [SlotSet(slots.OPEN_QUESTION, slots.ASKED_EMPTY_LIST)]

    def _empty(self, turn: Turn) -> list[EventType]:
        self._lists.clear(list_items.shopper_of(turn))
        turn.say("utter_list_cleared")
        return []

    def _written(self, listed: list[ListItem]) -> str:
        return list_items.written(listed, self.analytics.shop().currency)


def _wish(turn: Turn) -> ListWish:
    """Give what is to be done: her intent says it, but taking everything off is told by words, or by a quick reply."""
    if turn.entity(slots.MODE) == "clear" or wish_in(turn.text) == "clear":
        return "clear"
    if turn.intent == "remove_from_list":
        return "remove"
    return "show" if turn.intent == "show_list" else "add"
