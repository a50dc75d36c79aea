"""The live profile of one customer: what her orders and her doings say of her, each event worked in at once.

Both halves are plain numbers, texts and small bounded maps, so that the whole is one short JSON text. Moments are
seconds since 1970 in UTC. `bought` can be made anew from the orders at any time; `seen` from the events that are kept.
"""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, fields
from datetime import UTC, datetime
from functools import cache
from typing import Any, TypeVar

from pydantic_core import from_json, to_json

from analytics.live.decay import ENGAGEMENT_DAYS, HABIT_DAYS, read, shares
from analytics.live.figures import figures_of_bought

_DAY = 86400.0
#: A cart without an order for so long is abandoned.
ABANDONED_AFTER = _DAY
#: A session ends after so long without an event: the usual half hour of web analytics.
SESSION_PAUSE = 1800.0

_T = TypeVar("_T")


@dataclass(frozen=True, slots=True, kw_only=True)
class Bought:
    """What her orders say; the same as a fold over all of them in the order of time."""

    orders: int = 0
    #: Paid, and discounts taken off before; major currency units.
    money: float = 0.0
    discount: float = 0.0
    lines: int = 0
    #: Orders on Saturday or Sunday, shop's zone.
    weekend: int = 0
    first: float | None = None
    last: float | None = None
    #: Fading counters of order lines by category, of orders by hour ("18", shop's zone).
    categories: dict[str, float] = field(default_factory=dict)
    hours: dict[str, float] = field(default_factory=dict)
    #: Fading counter "orders", beside those of her doings.
    actions: dict[str, float] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Session:
    """A visit that may still be running; what a model of purchase intent asks for."""

    began: float
    last: float
    #: Pages and seconds on them by kind: "product", "informational", "administrative" (account, cart, checkout).
    pages: dict[str, int] = field(default_factory=dict)
    seconds: dict[str, float] = field(default_factory=dict)
    #: Kind of the page she is on, and since when.
    kind: str | None = None
    page_at: float | None = None
    searches: int = 0
    added: int = 0
    #: Whether she had been here before it.
    returning: bool = False
    ordered: bool = False

    @property
    def minutes(self) -> float:
        """How long it has lasted."""
        return (self.last - self.began) / 60.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """What her doings on the site, in mails and in the chat say."""

    events: int = 0
    last_seen: float | None = None
    views: int = 0
    carts: int = 0
    carts_abandoned: int = 0
    #: {product id: quantity} of the cart that is open, and when it was last changed.
    cart: dict[str, int] = field(default_factory=dict)
    cart_at: float | None = None
    #: (product id, moment), newest first; each product once.
    viewed: list[list[Any]] = field(default_factory=list)
    #: (words, moment), newest first.
    searches: list[list[Any]] = field(default_factory=list)
    #: Fading counters: views by category; visits, turns and opened mails by hour; events by channel and by action.
    categories: dict[str, float] = field(default_factory=dict)
    hours: dict[str, float] = field(default_factory=dict)
    channels: dict[str, float] = field(default_factory=dict)
    actions: dict[str, float] = field(default_factory=dict)
    session: Session | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class LiveState:
    """Everything that follows from her orders and events, as of the last of them."""

    bought: Bought = field(default_factory=Bought)
    seen: Seen = field(default_factory=Seen)

    @property
    def mean_gap_days(self) -> float | None:
        """Mean days from one order to the next; None before the second."""
        if self.bought.orders < 2 or self.bought.first is None or self.bought.last is None:
            return None
        return (self.bought.last - self.bought.first) / _DAY / (self.bought.orders - 1)

    @property
    def discount_share(self) -> float | None:
        """Discount ÷ (paid + discount), 0..1; None without an order."""
        whole = self.bought.money + self.bought.discount
        return None if not self.bought.orders else self.bought.discount / whole if whole else 0.0

    @property
    def last_seen_at(self) -> datetime | None:
        """When anything of hers was seen last."""
        return None if self.seen.last_seen is None else datetime.fromtimestamp(self.seen.last_seen, UTC)

    def categories(self) -> dict[str, float]:
        """Give her share of each category, 0..1, most first; bought and looked at alike."""
        return shares(_sum(self.bought.categories, self.seen.categories))

    def hours(self) -> dict[int, float]:
        """Give the share of her activity in each hour of the day, shop's zone, most first."""
        return {int(hour): share for hour, share in shares(_sum(self.bought.hours, self.seen.hours)).items()}

    def channels(self) -> dict[str, float]:
        """Give the share of her activity on each channel ("web", "email", "widget", …), most first."""
        return shares(self.seen.channels)

    def actions(self, now: datetime | None = None) -> dict[str, float]:
        """Give how much of each action she does lately: one of this moment counts 1, one a month old ½."""
        return read({**self.seen.actions, **self.bought.actions}, _seconds(now), ENGAGEMENT_DAYS)

    def interests(self, now: datetime | None = None) -> dict[str, float]:
        """Give how much she has to do with each category lately: a line or view of this moment counts 1."""
        return read(_sum(self.bought.categories, self.seen.categories), _seconds(now), HABIT_DAYS)

    def figures(self, now: float) -> dict[str, float]:
        """Give what a segment model knows her by (`analytics.columns`); empty without an order."""
        return figures_of_bought(asdict(self.bought), now) if self.bought.orders else {}

    def settled(self, now: datetime) -> LiveState:
        """Give the state as it is at `now`: a cart left for a day is abandoned, a session left for long is over."""
        raw = to_raw(self)
        settle(raw["seen"], now.timestamp())
        return from_raw(raw)


def settle(seen: dict[str, Any], now: float) -> None:
    """Do what time does to the plain values of `Seen`, in place; see `LiveState.settled`."""
    if seen["cart"] and now - (seen["cart_at"] or now) > ABANDONED_AFTER:
        seen["carts_abandoned"] += 1
        seen["cart"], seen["cart_at"] = {}, None
    session = seen["session"]
    if session is not None and now - session["last"] > SESSION_PAUSE:
        seen["session"] = None


def to_raw(state: LiveState) -> dict[str, Any]:
    """Give the state as plain JSON values, a copy."""
    return asdict(state)


def new_raw() -> dict[str, Any]:
    """Give the plain values of somebody of whom nothing is known."""
    raw: dict[str, Any] = from_json(_nothing())
    return raw


@cache
def _nothing() -> bytes:
    """Reading a text takes a hundredth of the time that walking the records takes."""
    return to_json(to_raw(LiveState()))


def from_raw(raw: Mapping[str, Any]) -> LiveState:
    """Give the state of its plain values; fields an older version did not write are empty, unknown ones left out."""
    seen = dict(raw.get("seen", {}))
    session = seen.pop("session", None)
    return LiveState(
        bought=_known(Bought, raw.get("bought", {})),
        seen=_known(Seen, {**seen, "session": None if session is None else _known(Session, session)}),
    )


def _known(kind: type[_T], values: Mapping[str, Any]) -> _T:
    names = {one.name for one in fields(kind)}  # type: ignore[arg-type]  # all three are dataclasses
    return kind(**{name: value for name, value in values.items() if name in names})


def _sum(one: Mapping[str, float], other: Mapping[str, float]) -> dict[str, float]:
    whole: Counter[str] = Counter()
    for counters in (one, other):
        for key, value in counters.items():
            whole[key] += value  # type: ignore[assignment]  # it adds up floats just as well
    return dict(whole)


def _seconds(now: datetime | None) -> float:
    return time.time() if now is None else now.timestamp()
