"""Wordings vary by segment, mood and channel, by the conditions of the domain alone."""

from __future__ import annotations

import pytest

from analytics.records import Standing
from tests.support.fake_analytics import FakeAnalytics
from tests.support.rasa_house import RasaHouse

#: A wording is drawn among those that fit; so often is enough to see all of them.
DRAWS = 8


@pytest.mark.parametrize(
    ("segment", "said"),
    [("loyal", "shopping with us so often"), ("quiet", "good to hear from you again"), ("new", "looking in")],
)
def test_a_goodbye_fits_how_she_shops(house: RasaHouse, shop: FakeAnalytics, segment: str, said: str) -> None:
    shop.standings["ana"] = Standing(segment=segment, history="returning")
    assert {said in house.talk("ana").says("goodbye").text for _ in range(DRAWS)} == {True}


def test_nobody_else_is_told_so(house: RasaHouse, shop: FakeAnalytics) -> None:
    shop.standings["ana"] = Standing(segment="regular", history="returning")
    heard = " ".join(house.talk("ana").says("goodbye").text for _ in range(DRAWS))
    assert "so often" not in heard
    assert "hear from you again" not in heard


def test_thanks_from_somebody_glad_are_answered_gladly(house: RasaHouse, shop: FakeAnalytics) -> None:
    answer = house.talk("ana").says("wow, that is absolutely wonderful, thank you so much!")
    assert answer.intent == "thank"
    assert "lovely" in answer.text.lower()


@pytest.mark.parametrize(("channel", "says_where"), [("widget", True), ("telegram", False)])
def test_only_the_widget_has_a_top_of_the_page(
    house: RasaHouse, shop: FakeAnalytics, channel: str, says_where: bool
) -> None:
    body = {"customer_id": None, "channel": channel, "text": "cancel my order", "choice": None}
    told = house.ask(conversation_id=f"c-{channel}", message_id=f"m-{channel}-1", **body)
    assert ("top of the page" in told["replies"][0]["text"]) is says_where
