"""The running session: which pages she sees for how long, as a model of purchase intent asks for it."""

from __future__ import annotations

import re
from typing import Any

from analytics.event_records import Event
from analytics.live.state import SESSION_PAUSE

PRODUCT, INFORMATIONAL, ADMINISTRATIVE = "product", "informational", "administrative"
_WORD = re.compile(r"[a-z]+")
#: A tracker sends the page and what is on it as two events; within so many seconds they are one page.
_SAME_PAGE = 5.0
_OF_ACTIONS = {
    "view": PRODUCT,
    "list": PRODUCT,
    "search": PRODUCT,
    "cart": ADMINISTRATIVE,
    "checkout": ADMINISTRATIVE,
    "order": ADMINISTRATIVE,
}
_WORDS = {
    ADMINISTRATIVE: frozenset(
        ("account", "login", "signin", "register", "cart", "basket", "checkout", "order", "orders", "password")
    ),
    INFORMATIONAL: frozenset(
        ("help", "faq", "about", "contact", "delivery", "shipping", "returns", "privacy", "terms", "blog", "stores")
    ),
}
#: Products are what a shop's pages show, if nothing says otherwise.
_OTHERWISE = PRODUCT


def visit(seen: dict[str, Any], event: Event, at: float, was_here: bool) -> bool:
    """Work an event of a browser or an app into the session, in place.

    Parameters
    ----------
    seen : plain values of `analytics.live.state.Seen`, settled to `at`.
    was_here : whether anything was seen of her before.

    Returns
    -------
    bool
        Whether a session begins with it.
    """
    session = seen["session"]
    begins = session is None
    if session is None:
        session = seen["session"] = {
            "began": at, "last": at, "pages": {}, "seconds": {}, "kind": None, "page_at": None,
            "searches": 0, "added": 0, "returning": was_here, "ordered": False,
        }  # fmt: skip
    _stay(session, at)
    session["last"] = at
    kind = _kind_of_page(event) if event.type == "page" else _OF_ACTIONS.get(event.action or "")
    if kind is not None:
        _turn_page(session, kind, at, is_page=event.type == "page")
    if event.action == "search":
        session["searches"] += 1
    elif event.action == "add":
        session["added"] += 1
    elif event.action == "order":
        session["ordered"] = True
    return begins


def _stay(session: dict[str, Any], at: float) -> None:
    """Count the time since the last event for the page she is on."""
    kind = session["kind"]
    if kind is not None:
        stayed = min(max(at - session["last"], 0.0), SESSION_PAUSE)
        session["seconds"][kind] = round(session["seconds"].get(kind, 0.0) + stayed, 3)


def _turn_page(session: dict[str, Any], kind: str, at: float, *, is_page: bool) -> None:
    pages, before = session["pages"], session["kind"]
    if not is_page and session["page_at"] is not None and at - session["page_at"] <= _SAME_PAGE:
        if before != kind:  # the event tells what the page was of which the tracker told the address only
            pages[before] -= 1
            pages[kind] = pages.get(kind, 0) + 1
            session["kind"] = kind
        return
    pages[kind] = pages.get(kind, 0) + 1
    session["kind"] = kind
    session["page_at"] = at


def _kind_of_page(event: Event) -> str:
    """Tell a page's kind by its category, else by words in its name and path."""
    told = event.properties
    text = f"{told.get('category') or ''} {event.name} {told.get('path') or ''}".lower()
    words = set(_WORD.findall(text))
    return next((kind for kind, telling in _WORDS.items() if words & telling), _OTHERWISE)
