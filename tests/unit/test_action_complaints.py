"""A complaint gets the apology and the help that fit, the shop's credit where the policy grants one, or a person."""

from __future__ import annotations

import pytest

from actions.action_apologise import Apologise
from actions.action_help import AnswerFromHelp
from actions.action_offer import MakeOffer
from actions.action_payment_problem import HelpWithPayment
from tests.support import demo_shop
from tests.support.fake_analytics import FakeAnalytics
from tests.support.order_store import stored
from tests.support.said import UPSET, Conversation, Said, payload_of

SELLING = {"recommend", "ask_offers"}


@pytest.fixture
def shop() -> FakeAnalytics:
    return FakeAnalytics(orders_of={"ana": [demo_shop.ON_ITS_WAY, demo_shop.RECEIVED], "ben": []})


async def complains(
    shop: FakeAnalytics, text: str, customer_id: str | None = "ana", *, sentiment: float = UPSET, **entities: str
) -> Said:
    talk = Conversation(shop, customer_id)
    return await talk.meets(Apologise(), text, intent="complain", sentiment=sentiment, **entities)


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("this is a disgrace", ["utter_complaint_other"]),
        ("where is my order, it is late", ["utter_complaint_late", "utter_track_order_on_its_way_estimated"]),
        ("my stuff never arrived", ["utter_complaint_late", "utter_track_order_on_its_way_estimated"]),
        ("the coffee is missing", ["utter_complaint_goods", "utter_order_problem_confirm_missing"]),
        ("the pizza smelled bad", ["utter_complaint_goods", "utter_order_problem_confirm_damaged"]),
        ("the driver was so rude", ["utter_complaint_staff"]),
        ("your prices are a rip off", ["utter_complaint_price"]),
        ("the website keeps crashing", ["utter_complaint_website"]),
        ("nobody ever answers my mails", ["utter_complaint_waiting"]),
        ("stupid bot", ["utter_complaint_bot"]),
        ("what is wrong with you", ["utter_complaint_other"]),
        ("I want my money back", ["utter_complaint_refund"]),
        ("something about my payment stinks", ["utter_complaint_payment"]),
    ],
)
async def test_the_topic_decides_which_apology_and_help_fit(shop: FakeAnalytics, text: str, names: list[str]) -> None:
    said = await complains(shop, text, sentiment=-0.4)
    assert said.names == names
    assert said.always_says("sorry")
    assert "/talk_to_person" in said.buttons
    assert {payload_of(button)[0] for button in said.buttons}.isdisjoint(SELLING)


async def test_a_visitors_broken_goods_go_into_the_report_with_what_she_said(shop: FakeAnalytics) -> None:
    said = await complains(shop, "the pizza of order 40200 was smashed, I am ana@example.com", None, order_id="40200")
    assert said.names == ["utter_complaint_goods", "utter_order_problem_confirm_damaged"]
    assert stored(shop.kept(), "complaints", "customer_id", "topic") == [(None, "damaged")]


async def test_a_calm_complaint_is_minor_and_earns_no_credit(shop: FakeAnalytics) -> None:
    said = await complains(shop, "my order is late", sentiment=0.0)
    assert "utter_complaint_goodwill" not in said.names
    assert stored(shop.kept(), "complaints", "severity") == [("minor",)]


async def test_a_serious_one_of_a_customer_earns_the_shops_credit_once(shop: FakeAnalytics) -> None:
    said = await complains(shop, "my order is late again")
    assert said.always_says("$10.00")
    assert said.always_says("3 July")
    again = await complains(shop, "my order is late again")
    assert "utter_complaint_goodwill" not in again.names
    assert stored(shop.kept(), "complaints", "severity", "goodwill") == [("severe", 10)]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("my daughter had an allergic reaction to your cake", "utter_complaint_safety"),
        ("there was glass in the jar", "utter_complaint_safety"),
        ("we all got sick after eating your chicken", "utter_complaint_safety"),
        ("I will sue you", "utter_complaint_legal"),
        ("get me the manager, this is a mess", "utter_hand_over_upset"),
    ],
)
async def test_a_person_takes_over_at_once_where_one_is_needed(shop: FakeAnalytics, text: str, name: str) -> None:
    said = await complains(shop, text, "ben")
    assert said.names == [name]
    assert said.data["handoff"] in ("angry", "asked")


async def test_harm_is_told_from_a_question_about_it_whatever_intent_was_read(shop: FakeAnalytics) -> None:
    hurt = await Conversation(shop, "ben").meets(
        HelpWithPayment(), "my throat swelled up from your nut bar", intent="payment_problem", sentiment=UPSET
    )
    assert (hurt.names, hurt.data) == (["utter_complaint_safety"], {"handoff": "angry"})
    asked = await Conversation(shop, "ben").meets(
        AnswerFromHelp(), "I'm allergic to nuts, what can I eat?", intent="ask_help"
    )
    assert "utter_complaint_safety" not in asked.names
    assert stored(shop.kept(), "complaints", "severity", "note") == [("severe", "safety")]


async def test_somebody_calm_who_only_wants_to_complain_is_listened_to(shop: FakeAnalytics) -> None:
    said = await complains(shop, "I'd like to make a complaint", sentiment=0.0)
    assert said.names == ["utter_complaint_listening"]


async def test_the_third_message_brings_a_person(shop: FakeAnalytics) -> None:
    talk = Conversation(shop, "ben")
    heard = [await talk.meets(Apologise(), "what a mess", intent="complain", sentiment=UPSET) for _ in range(3)]
    assert [said.data.get("handoff") for said in heard] == [None, None, "angry"]
    assert heard[2].names == ["utter_complaint_person"]


async def test_even_asked_for_an_offer_somebody_upset_is_heard_first(shop: FakeAnalytics) -> None:
    said = await Conversation(shop, "ben").meets(MakeOffer(), "offers, you idiots?", sentiment=UPSET)
    assert said.names == ["utter_complaint_other"]
    assert said.data["decision"]["withheld"] == "mood"


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("my card was declined", "utter_payment_declined"),
        ("the gift card is refused", "utter_payment_gift_card"),
        ("you took more than the total", "utter_payment_amount"),
        ("something with my payment", "utter_payment_what"),
        ("my refund has not arrived", "utter_order_refund_none"),
        ("I was charged twice", "utter_payment_twice_none"),
    ],
)
async def test_payment_trouble_is_told_apart(shop: FakeAnalytics, text: str, name: str) -> None:
    said = await Conversation(shop, "ana").meets(HelpWithPayment(), text, intent="payment_problem")
    assert said.names[0] == name
    assert "/talk_to_person" in said.buttons or name == "utter_payment_what"
