"""Compare products side by side: price, size, price by unit, how often they are bought."""

from __future__ import annotations

import re

from rasa_sdk.events import EventType, SlotSet

from actions import comparing, slots, wording
from actions.base import EngagementAction
from actions.cards import key_of, now_shown
from actions.pointing import in_mind, products_shown
from actions.product_facts import tell_facts
from actions.product_search import say_nothing_found
from actions.products_asked import Asked, products_asked
from actions.search_wish import price_wish
from actions.turn import Turn
from analytics.records import ProductFacts

#: More side by side than these nobody reads.
_MOST = 4
#: "The first two", "these two" of a longer list.
_PAIR = re.compile(r"\b(first|top|last|these|those|the)\s+(?:two|2)\b", re.IGNORECASE)


class CompareProducts(EngagementAction):
    """Answer "which is cheaper, the first or the second", "compare these two", "oat milk or whole milk?"."""

    action_name = "action_compare_products"

    def respond(self, turn: Turn) -> list[EventType]:
        """Set two or more beside each other and say which is cheapest, and what else she asks."""
        asked = self._of_a_kind(products_asked(turn, self.analytics), turn)
        facts = self.analytics.product_facts(_compared(turn, asked)[:_MOST], customer_id=turn.customer_id)
        if len(facts) > 1:
            return self._compare(turn, facts)
        if asked.missing:
            say_nothing_found(turn, asked.missing)
        if asked.best:
            return tell_facts(turn, self.analytics, asked)
        if not asked.missing:
            turn.say("utter_compare_which")
        return []

    def _of_a_kind(self, asked: Asked, turn: Turn) -> Asked:
        """Of one name, take the cheapest or dearest of all, where that is asked: "which coffee costs the least"."""
        wish = price_wish(turn.text)
        if wish is None or wish.order is None or len(asked.found) != 1 or asked.pointed:
            return asked
        (name,) = asked.found
        found = self.analytics.search_products(name, customer_id=turn.customer_id, price=wish)
        return Asked(found={name: found}) if len(found) > 1 else asked

    def _compare(self, turn: Turn, compared: list[ProductFacts]) -> list[EventType]:
        currency = self.analytics.shop().currency
        lines = [(wording.full_name(facts.product), _remark(facts, currency)) for facts in compared]
        turn.say("utter_compare_lines", products=wording.lines(lines))
        chosen = _judge(turn, compared, currency)
        sold_out = [wording.short_name(facts.product) for facts in compared if not facts.product.in_stock]
        if sold_out:
            turn.say("utter_details_some_sold_out", products=wording.listing(sold_out))
        events = now_shown([facts.product for facts in compared])
        return [*events, SlotSet(slots.PRODUCT_IN_MIND, chosen.product.product_id if chosen else None)]


def _compared(turn: Turn, asked: Asked) -> list[str]:
    """Give what is to be compared: what she names, with what was spoken of last or all that was shown."""
    pair = _PAIR.search(turn.text)
    if pair and not asked.found:
        shown = [item.product_id for item in products_shown(turn)]
        return shown[-2:] if pair[1].lower() == "last" else shown[:2]
    if len(asked.best) > 1:
        return asked.best
    if asked.undecided:  # "which coffee is cheapest"
        return [product.product_id for found in asked.found.values() for product in found]
    single = in_mind(turn, products_shown(turn))
    others = [single] if single and single.product_id not in asked.best else products_shown(turn)
    return list(dict.fromkeys([*asked.best, *(item.product_id for item in others)]))


def _remark(facts: ProductFacts, currency: str) -> str:
    return f"{wording.price(facts, currency)}, {facts.habit}"


def _judge(turn: Turn, compared: list[ProductFacts], currency: str) -> ProductFacts | None:
    """Say what she asks for, and the price in any case; give the product that is meant by "it" from now on."""
    chosen = None
    if comparing.asks_size(turn.text):
        chosen = comparing.biggest(compared)
        _say(turn, "utter_compare_biggest" if chosen else "utter_compare_sizes_unclear", chosen, currency)
    if comparing.asks_popularity(turn.text):
        liked = comparing.most_bought(compared)
        chosen = chosen or liked
        _say(turn, "utter_compare_most_bought", liked, currency)
    cheapest, value = comparing.cheapest(compared), comparing.best_value(compared)
    if cheapest and cheapest is value:
        _say(turn, "utter_compare_cheapest_and_value", cheapest, currency)
    else:
        _say(turn, "utter_compare_cheapest", cheapest, currency)
        _say(turn, "utter_compare_value", value, currency)
    return chosen or cheapest or value


def _say(turn: Turn, response: str, verdict: ProductFacts | None, currency: str) -> None:
    """Say a verdict on one product; one that needs a product is left out where there is none."""
    if verdict is not None:
        unit = wording.per_unit(verdict.unit_price, currency) if verdict.unit_price else ""
        turn.say(
            response,
            product_name=wording.full_name(verdict.product),
            product_key=key_of(verdict.product),
            price=wording.money(verdict.product.price or 0.0, currency),
            unit_price=unit,
        )
    elif response == "utter_compare_sizes_unclear":
        turn.say(response)
