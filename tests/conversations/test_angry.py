"""Somebody angry: apology and help first, never a sale in that turn."""

from __future__ import annotations

import pytest

from tests.support.rasa_house import RasaHouse

SELLING = {"recommend", "ask_offers"}
OUTBURSTS = [
    "This is terrible service, I am furious!",
    "you people are useless, I hate this shop",
    "worst shop ever, absolutely disgusting",
    "what an awful experience, everything arrived broken!!",
]


@pytest.mark.parametrize("text", OUTBURSTS)
@pytest.mark.parametrize("customer_id", [None, "ana"])
def test_an_outburst_gets_an_apology_help_and_no_sale(house: RasaHouse, customer_id: str | None, text: str) -> None:
    answer = house.talk(customer_id).says(text)
    assert "sorry" in answer.text.lower()
    assert "talk_to_person" in answer.intents_offered
    assert answer.intents_offered.isdisjoint(SELLING)
    assert answer.cards == []
    assert not any(decision["chosen"] for decision in answer.decisions)


@pytest.mark.parametrize(
    "text",
    [
        "any offers for me, you useless idiots? I hate this terrible shop",
        "recommend me something, this horrible awful service makes me so angry",
    ],
)
def test_even_asked_for_a_sale_an_angry_customer_is_helped_first(house: RasaHouse, text: str) -> None:
    answer = house.talk("ana").says(text)
    assert "sorry" in answer.text.lower()
    assert answer.cards == []
    assert not any(decision["chosen"] for decision in answer.decisions)
    assert answer.intents_offered.isdisjoint(SELLING)


def test_an_angry_question_on_an_order_is_answered_after_an_apology(house: RasaHouse) -> None:
    answer = house.talk("ana").says("where the hell is my order, this is terrible and I am really angry")
    assert "sorry" in answer.texts[0].lower()
    assert answer.intents_offered.isdisjoint(SELLING)


def test_a_yes_to_the_person_we_offered_hands_over_as_angry(house: RasaHouse) -> None:
    talk = house.talk("ana")
    talk.says(OUTBURSTS[0])
    answer = talk.says("yes please")
    assert answer.actions == ["action_affirm"]
    assert answer.handoff == "angry"


def test_a_no_to_the_person_leaves_it_at_that(house: RasaHouse) -> None:
    talk = house.talk("ana")
    talk.says(OUTBURSTS[0])
    assert talk.says("no").handoff is None


def test_once_calm_again_she_is_served_as_ever(house: RasaHouse) -> None:
    talk = house.talk("ana")
    talk.says(OUTBURSTS[0])
    assert "10% off coffee" in talk.says("any offers for me?").text
