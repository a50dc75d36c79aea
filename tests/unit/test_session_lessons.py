"""What sessions teach: looked at while they run, the answer is whether an order followed in the same one."""

from __future__ import annotations

from datetime import UTC, datetime

from analytics.event_records import Event
from analytics.live.shop_clock import ShopClock
from analytics.live.state import LiveState, Seen, Session
from analytics.prediction.session_lessons import lessons_of, running_intent

CLOCK = ShopClock("UTC")
TEN = datetime(2026, 3, 10, 10, tzinfo=UTC).timestamp()  # a Tuesday


def event(minutes: float, action: str | None = None, name: str = "Tea") -> Event:
    at = TEN + 60 * minutes
    return Event(
        message_id=str(at), type="track" if action else "page", name=name, action=action, user_id="ana",
        anonymous_id=None, at=at, received_at=at, channel="web",
    )  # fmt: skip


def test_a_session_is_looked_at_at_its_first_pages_and_when_the_cart_is_filled() -> None:
    lessons = lessons_of([event(0), event(1), event(2), event(3, "add"), event(4, "order")], CLOCK)
    assert [(one.product_pages, one.added, one.minutes, bought) for one, bought in lessons] == [
        (1, 0, 0.0, True), (2, 0, 1.0, True), (3, 1, 3.0, True),
    ]  # fmt: skip
    assert (lessons[0][0].hour, lessons[0][0].weekend, lessons[0][0].returning) == (10, False, False)


def test_after_half_an_hour_of_silence_another_session_begins() -> None:
    lessons = lessons_of([event(0), event(40), event(41, "order")], CLOCK)
    assert [(one.returning, bought) for one, bought in lessons] == [(False, False), (True, True)]


def test_nothing_is_learned_of_pages_after_the_order() -> None:
    lessons = lessons_of([event(0), event(1, "order"), event(2), event(3)], CLOCK)
    assert [bought for _, bought in lessons] == [True]


def test_a_running_session_has_an_intent_until_she_orders() -> None:
    session = Session(began=TEN, last=TEN + 120, pages={"product": 3, "informational": 1}, added=1)
    found = running_intent(LiveState(seen=Seen(session=session)), None, CLOCK)
    assert found is not None
    assert found.reason == "4 pages in 2 minutes, 3 of them products; 1 thing put into the cart"
    ordered = Session(began=TEN, last=TEN, ordered=True)
    assert running_intent(LiveState(seen=Seen(session=ordered)), None, CLOCK) is None
    assert running_intent(LiveState(), None, CLOCK) is None
