"""Who of those waiting comes first, and why."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import insert

from console.queries.standings import Standing, standings_of
from console.urgency import Urgency, urgency_of
from store.tables import predictions
from tests.support.shop_in_memory import NOW, SmallShop


def judged(
    mood: float | None = None, worth: float | None = None, minutes: float = 0.0, churn: float | None = None
) -> Urgency:
    since = NOW - timedelta(minutes=minutes)
    return urgency_of(mood=mood, worth=worth, churn=churn, waiting_since=since, now=NOW)


@pytest.mark.parametrize(
    ("mood", "worth", "minutes", "value"),
    [
        (None, None, 0, 1 * (1 + 1 / 3) * 1),
        (-0.5, 1.0, 0, (1 + 2 * 0.5) * (1 + 1 / 3)),
        (0.9, 2.0, 10, 1 * (1 + 2 / 3) * (1 + 10 / 10)),
        (-1.0, 30.0, 5, 3 * 2 * 1.5),
    ],
)
def test_urgency_is_mood_times_value_times_waiting(
    mood: float | None, worth: float | None, minutes: float, value: float
) -> None:
    assert judged(mood, worth, minutes).value == pytest.approx(value, abs=0.01)


def test_whoever_waits_long_enough_overtakes_the_angriest_and_most_valuable() -> None:
    assert judged(minutes=60).value > judged(mood=-1.0, worth=3.0).value


@pytest.mark.parametrize(
    ("waiting", "why"),
    [
        (judged(mood=-0.8, worth=2.0, minutes=7, churn=0.7), "angry, valuable customer, likely to leave, waits 7 min"),
        (judged(mood=0.2, worth=1.0, minutes=190), "waits 3 h"),
        (judged(), ""),
    ],
)
def test_it_says_why_and_only_what_sets_her_apart(waiting: Urgency, why: str) -> None:
    assert waiting.why == why


def test_what_a_customer_is_worth_is_expected_of_her_or_was_spent() -> None:
    shop = SmallShop()
    value = {"kind": "value", "value": 80.0, "baseline": 40.0}
    for who, score in (("ana", 3), ("ben", 5), ("eve", None)):
        shop.customer(who)
        shop.features(who, behaviour={"monetary_score": score} if score else {})
    foretold = {"listed": [value], "value": 80.0, "churn": 0.7, "at_risk": 9.0, "model_version": "v", "made_at": NOW}
    with shop.database.write() as connection:
        connection.execute(insert(predictions).values(customer_id="ana", **foretold))
    with shop.database.read() as connection:
        found = standings_of(connection, {"ana", "ben", "eve", "nobody"})
    assert found == {
        "ana": Standing(worth=80 / 40, churn=0.7), "ben": Standing(worth=5 / 3), "eve": Standing()
    }  # fmt: skip
