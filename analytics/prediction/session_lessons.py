"""Sessions of the shop as lessons of purchase intent, and the intent of one that is running."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from itertools import groupby
from typing import Any

from analytics.event_records import Event
from analytics.live.rebuilding import event_of
from analytics.live.shop_clock import ShopClock
from analytics.live.state import LiveState, Session, settle
from analytics.live.visits import visit
from analytics.prediction.bayes_logistic import Logistic
from analytics.prediction.session_intent import SessionFigures, learn_intent, purchase_intent
from analytics.prediction_records import Prediction
from store.engine import Database
from store.repositories.session_events import events_by_person

#: Pages at which a session is looked at, as well as when something is put into the cart: early and late alike.
_PAGES = frozenset({1, 2, 4, 8, 16, 32, 64})
#: Events learned from: the newest, of so many days.
_MOST_EVENTS, _DAYS = 400_000, 90

Lesson = tuple[SessionFigures, bool]


def figures_of(session: Session, clock: ShopClock) -> SessionFigures:
    """Give what is known of a session as of its last event; nothing of an order in it."""
    products = session.pages.get("product", 0)
    return SessionFigures(
        product_pages=products,
        other_pages=max(sum(session.pages.values()) - products, 0),
        minutes=session.minutes,
        added=session.added,
        searches=session.searches,
        returning=session.returning,
        hour=clock.hour(session.began),
        weekend=clock.is_weekend(session.began),
    )


def running_intent(live: LiveState, model: Logistic | None, clock: ShopClock) -> Prediction | None:
    """Give the purchase intent of the session running in a settled state; None without one or once she ordered."""
    session = live.seen.session
    if session is None or session.ordered:
        return None
    return purchase_intent(figures_of(session, clock), model)


def lessons_of(events: Iterable[Event], clock: ShopClock) -> list[Lesson]:
    """Give the lessons of one person's events, in the order of time.

    Each session is looked at a few times while it runs; the answer is whether an order followed in the same session.
    """
    seen: dict[str, Any] = {"session": None, "cart": {}, "cart_at": None, "carts_abandoned": 0}
    found: list[Lesson] = []
    looks: list[SessionFigures] = []
    was_here = ordered = False
    for event in events:
        settle(seen, event.at)
        begins = visit(seen, event, event.at, was_here)
        if begins:
            found += [(look, ordered) for look in looks]
            looks, ordered = [], False
        was_here = True
        session = Session(**seen["session"])
        if event.action == "order":
            ordered = True
        elif not ordered and _is_looked_at(session, event):
            looks.append(figures_of(session, clock))
    return found + [(look, ordered) for look in looks]


def learned_intent(database: Database, now: datetime, timezone: str) -> Logistic:
    """Learn purchase intent from the sessions of the last 90 days; the prior alone where there are none."""
    clock = ShopClock(timezone)
    lessons: list[Lesson] = []
    with database.read() as connection:
        rows = events_by_person(connection, now - timedelta(days=_DAYS), _MOST_EVENTS)
        for _, hers in groupby(rows, key=lambda row: row[0]):
            until_now = (event_of(row) for _, row in hers if row.occurred_at <= now.timestamp())
            lessons += lessons_of(until_now, clock)
    return learn_intent(lessons)


def _is_looked_at(session: Session, event: Event) -> bool:
    pages = sum(session.pages.values())
    turned = event.type == "page" or event.action == "view"
    return event.action == "add" or (turned and pages in _PAGES)
