"""An event worked into the half of the live profile that tells what she does."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from analytics.event_records import Event
from analytics.live.decay import ENGAGEMENT_DAYS, HABIT_DAYS, add, add_bounded, weight
from analytics.live.figures import MOST_CATEGORIES
from analytics.live.shop_clock import ShopClock
from analytics.live.state import SESSION_PAUSE, settle
from analytics.live.visits import visit

MOST_VIEWED, MOST_SEARCHES, MOST_IN_CART, MOST_CHANNELS = 10, 5, 50, 12
_LONGEST_WORDS = 100
_MOST_OF_ONE = 999

#: What counts towards engagement, by the action of the event.
ENGAGEMENT = {
    "view": "views",
    "list": "views",
    "search": "searches",
    "add": "carts",
    "wish": "wishes",
    "checkout": "checkouts",
    "promotion": "promotions",
    "mail_open": "mails",
    "mail_click": "mail_clicks",
    "share": "shares",
    "review": "reviews",
}
_VISITED = ("web", "app")
#: Mails are habits of the hour too; what a server does at night is not.
_OPENED = ("mail_open", "mail_click")


def do(seen: dict[str, Any], event: Event, clock: ShopClock, categories: Mapping[str, str]) -> None:
    """Work an event into the plain values of `Seen`, in place and in a time that does not grow with her history.

    An event that comes long after its time counts, but changes neither the cart nor the session of today.

    Parameters
    ----------
    categories : {product id: category} of the catalogue, for the products the event may name; they win over what the
        tracker says.
    """
    before = seen["last_seen"]
    late = before is not None and event.at < before - SESSION_PAUSE
    at = event.at if late or before is None else max(event.at, before)
    seen["events"] += 1
    seen["last_seen"] = at if before is None else max(before, at)
    habit, engaged = weight(at, HABIT_DAYS), weight(at, ENGAGEMENT_DAYS)
    add_bounded(seen["channels"], event.channel, habit, MOST_CHANNELS)
    action = event.action or ""
    counted = ENGAGEMENT.get(action)
    if counted is not None:
        add(seen["actions"], counted, engaged)
    if action == "view":
        _view(seen, event, at, habit, categories)
    elif action == "search":
        _search(seen, event, at)
    present = action in _OPENED
    if not late:
        settle(seen, at)
        if event.channel in _VISITED and visit(seen, event, at, before is not None):
            add(seen["actions"], "visits", engaged)
            present = True
        if action in _CART:
            _CART[action](seen, event, at)
    if present:
        add(seen["hours"], str(clock.hour(at)), habit)


def talk(seen: dict[str, Any], channel: str, at: float, clock: ShopClock) -> None:
    """Work a turn of a conversation into the plain values of `Seen`, in place."""
    seen["last_seen"] = at if seen["last_seen"] is None else max(seen["last_seen"], at)
    settle(seen, seen["last_seen"])
    habit = weight(at, HABIT_DAYS)
    add_bounded(seen["channels"], channel, habit, MOST_CHANNELS)
    add(seen["hours"], str(clock.hour(at)), habit)
    add(seen["actions"], "conversations", weight(at, ENGAGEMENT_DAYS))


def _view(seen: dict[str, Any], event: Event, at: float, habit: float, categories: Mapping[str, str]) -> None:
    seen["views"] += 1
    product = event.properties.get("product_id")
    category = categories.get(product or "") or event.properties.get("category")
    if category:
        add_bounded(seen["categories"], category[:200], habit, MOST_CATEGORIES)
    if product:
        viewed = [one for one in seen["viewed"] if one[0] != product or one[1] > at]
        if len(viewed) == len(seen["viewed"]) and any(one[0] == product for one in viewed):
            return  # a late event: she has looked at it again since
        seen["viewed"] = newest([*viewed, [product, at]], MOST_VIEWED)


def _search(seen: dict[str, Any], event: Event, at: float) -> None:
    words = " ".join(str(event.properties.get("query") or "").split())[:_LONGEST_WORDS]
    if words:
        others = [one for one in seen["searches"] if one[0] != words]
        seen["searches"] = newest([*others, [words, at]], MOST_SEARCHES)


def newest(entries: list[list[Any]], most: int) -> list[list[Any]]:
    """Give the newest of (what, moment), newest first."""
    return sorted(entries, key=lambda one: (-one[1], one[0]))[:most]


def _put(seen: dict[str, Any], event: Event, at: float) -> None:
    product = event.properties.get("product_id")
    if not product:
        return
    cart: dict[str, int] = seen["cart"]
    if not cart:
        seen["carts"] += 1
    if product in cart or len(cart) < MOST_IN_CART:
        cart[product] = min(cart.get(product, 0) + _quantity(event), _MOST_OF_ONE)
    seen["cart_at"] = at


def _take_out(seen: dict[str, Any], event: Event, at: float) -> None:
    cart: dict[str, int] = seen["cart"]
    product = event.properties.get("product_id")
    if product in cart:
        cart[product] -= _quantity(event) if "quantity" in event.properties else cart[product]
        if cart[product] <= 0:
            del cart[product]
        seen["cart_at"] = at if cart else None


def _show_cart(seen: dict[str, Any], event: Event, at: float) -> None:
    """Believe what the shop says is in the cart, where it says so."""
    products = event.properties.get("products")
    if not isinstance(products, list):
        return
    if products and not seen["cart"]:
        seen["carts"] += 1
    named = [one for one in products if one.get("product_id")][:MOST_IN_CART]
    seen["cart"] = {one["product_id"]: min(max(int(one.get("quantity") or 1), 1), _MOST_OF_ONE) for one in named}
    seen["cart_at"] = at if seen["cart"] else None


def _close(seen: dict[str, Any], _event: Event, _at: float) -> None:
    seen["cart"], seen["cart_at"] = {}, None
    if seen["session"] is not None:  # also where the shop's server tells of the order, not her browser
        seen["session"]["ordered"] = True


def _quantity(event: Event) -> int:
    return min(max(int(event.properties.get("quantity") or 1), 1), _MOST_OF_ONE)


_CART: dict[str, Callable[[dict[str, Any], Event, float], None]] = {
    "add": _put,
    "remove": _take_out,
    "cart": _show_cart,
    "checkout": _show_cart,
    "order": _close,
}
