"""Questions on delivery, returns, payment and opening hours: the shop's own facts."""

from __future__ import annotations

import pytest

from tests.support.demo_shop import FACTS
from tests.support.rasa_house import RasaHouse


@pytest.mark.parametrize(
    ("text", "topic"),
    [
        ("how long does delivery take?", "delivery"),
        ("do you ship for free", "delivery"),
        ("can I return something I don't like?", "returns"),
        ("what's your return policy", "returns"),
        ("how can I pay?", "payment"),
        ("do you take credit cards", "payment"),
        ("when are you open?", "hours"),
        ("are you open on Sunday", "hours"),
    ],
)
@pytest.mark.parametrize("customer_id", [None, "ana"])
def test_the_shops_own_answer_is_given(house: RasaHouse, customer_id: str | None, text: str, topic: str) -> None:
    answer = house.talk(customer_id).says(text)
    assert answer.actions == ["action_answer_faq"]
    assert FACTS.answers[topic] in answer.text
    assert 1 <= len(answer.quick_replies) <= 4


def test_one_question_leads_to_the_next_by_quick_reply(house: RasaHouse) -> None:
    talk = house.talk()
    talk.says("how long does delivery take?")
    assert FACTS.answers["returns"] in talk.chooses("Returns").text
