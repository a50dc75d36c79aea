"""Two halves of one person joined: what she did before she signed in, and what is known of her since."""

from __future__ import annotations

from typing import Any

from analytics.live.decay import add, add_bounded
from analytics.live.doings import MOST_CHANNELS, MOST_IN_CART, MOST_SEARCHES, MOST_VIEWED, newest
from analytics.live.figures import MOST_CATEGORIES
from analytics.live.state import SESSION_PAUSE, settle

_HOURS, _ACTIONS = 24, 32
_FAMILIES = (("categories", MOST_CATEGORIES), ("channels", MOST_CHANNELS), ("hours", _HOURS), ("actions", _ACTIONS))
_COUNTS = ("events", "views", "carts", "carts_abandoned")


def join_seen(seen: dict[str, Any], before: dict[str, Any]) -> None:
    """Work the plain values of an anonymous `Seen` into those of the customer she turned out to be, in place.

    Counters add up, lists keep the newest, carts are put together, and of two sessions that touch one remains.
    """
    last = max((one["last_seen"] for one in (seen, before) if one["last_seen"] is not None), default=None)
    if last is not None:
        settle(seen, last)
        settle(before, last)
    for name in _COUNTS:
        seen[name] += before[name]
    for family, most in _FAMILIES:
        for key, amount in before[family].items():
            add_bounded(seen[family], key, amount, most)
    seen["viewed"] = _newest_each([*seen["viewed"], *before["viewed"]], MOST_VIEWED)
    seen["searches"] = _newest_each([*seen["searches"], *before["searches"]], MOST_SEARCHES)
    _join_carts(seen, before)
    seen["session"] = _joined_session(seen["session"], before["session"])
    seen["last_seen"] = last


def _newest_each(entries: list[list[Any]], most: int) -> list[list[Any]]:
    latest: dict[str, float] = {}
    for what, at in entries:
        latest[what] = max(at, latest.get(what, at))
    return newest([[what, at] for what, at in latest.items()], most)


def _join_carts(seen: dict[str, Any], before: dict[str, Any]) -> None:
    if not before["cart"]:
        return
    if seen["cart"]:
        seen["carts"] -= 1  # two halves of one cart
    for product, quantity in before["cart"].items():
        if product in seen["cart"] or len(seen["cart"]) < MOST_IN_CART:
            seen["cart"][product] = max(quantity, seen["cart"].get(product, 0))
    seen["cart_at"] = max(one["cart_at"] or 0.0 for one in (seen, before))


def _joined_session(one: dict[str, Any] | None, other: dict[str, Any] | None) -> dict[str, Any] | None:
    if one is None or other is None:
        return one or other
    earlier, later = sorted((one, other), key=lambda session: session["began"])
    if later["began"] - earlier["last"] > SESSION_PAUSE:
        return later
    for family in ("pages", "seconds"):
        for kind, amount in earlier[family].items():
            add(later[family], kind, amount)
    later["pages"] = {kind: int(count) for kind, count in later["pages"].items()}
    for name in ("searches", "added"):
        later[name] += earlier[name]
    later["began"] = earlier["began"]
    later["last"] = max(earlier["last"], later["last"])
    later["returning"] = earlier["returning"]
    later["ordered"] = earlier["ordered"] or later["ordered"]
    return later
