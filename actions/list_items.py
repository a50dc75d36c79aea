"""The things of a shopping list: found in words or among what was shown, linked to the catalogue, and written out."""

from __future__ import annotations

import re

from actions import slots, wording
from actions.list_reading import Thing, points_at_all, points_at_shown, things_in
from actions.pointing import products_meant, products_shown
from actions.turn import Turn
from analytics.facade import Analytics
from analytics.records import Product
from analytics.shopping_service import ListItem, Shopper, Wish


def shopper_of(turn: Turn) -> Shopper:
    """Give whose list is meant."""
    return Shopper(conversation_id=turn.conversation_id, customer_id=turn.customer_id)


def wishes_in(turn: Turn, analytics: Analytics) -> list[Wish]:
    """Give what she wants on her list: things she names, else those shown that she points at."""
    named = [] if turn.entity(slots.PRODUCT_ID) else things_in(turn.text)
    if named:
        return [linked(thing, turn, analytics) for thing in named]
    return [Wish(name=name or product_id, product_id=product_id) for product_id, name in _pointed_at(turn)]


def linked(thing: Thing, turn: Turn, analytics: Analytics) -> Wish:
    """Link a thing to the product it plainly means: every word of hers is in its name or category."""
    found = analytics.search_products(thing.name, customer_id=turn.customer_id, limit=1)
    fits = found and _words(thing.name) <= _words(f"{found[0].name} {found[0].category}")
    return Wish(name=thing.name, product_id=found[0].product_id if fits else None, quantity=thing.quantity)


def to_remove(turn: Turn, listed: list[ListItem]) -> list[str]:
    """Give the names on the list that she wants off it, by her words or by what she points at."""
    said = [_words(thing.name) for thing in things_in(turn.text)]
    pointed = {product_id for product_id, _ in _pointed_at(turn)} if not said else set()
    return [
        item.name
        for item in listed
        if any(words and (words <= _words(item.name) or _words(item.name) <= words) for words in said)
        or (item.product is not None and item.product.product_id in pointed)
    ]


def written(listed: list[ListItem], currency: str) -> str:
    """Write a list, an item a line, with the product it is linked to and its price today."""
    return "\n".join(f"• {_counted(item)}{_product(item.product, currency)}" for item in listed)


def _counted(item: ListItem) -> str:
    return f"{item.quantity} × {item.name}" if item.quantity > 1 else item.name


def _product(product: Product | None, currency: str) -> str:
    if product is None or product.price is None:
        return ""
    return f" ({wording.short_name(product)}, {wording.money(product.price, currency)})"


def _pointed_at(turn: Turn) -> list[tuple[str, str]]:
    """Give (id, name) of what was shown and is meant; with three shown, "it" is none of them."""
    if not (turn.entity(slots.PRODUCT_ID) or points_at_shown(turn.text)):
        return []
    meant = products_meant(turn)
    undecided = len(meant) > 1 and not points_at_all(turn.text)
    if undecided and len(meant) == len(products_shown(turn)):
        return []
    return [(item.product_id, item.name.lower()) for item in meant]


def _words(text: str) -> set[str]:
    """The words of a name, without the ending of the plural: "tomatoes" and "tomato" are one."""
    found = re.findall(r"[a-z]+", text.lower())
    return {word[:-2] if word.endswith("oes") else word.rstrip("s") for word in found}
