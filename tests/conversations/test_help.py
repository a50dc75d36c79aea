"""Questions that the help pages answer: the demo shop's own pages behind the trained model."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from tempfile import mkdtemp

import pytest

from analytics.help.desk import HelpDesk
from analytics.help.pages import load_help
from rapport.paths import PROJECT
from tests.support.fake_analytics import FakeAnalytics
from tests.support.rasa_house import RasaHouse


@cache
def desk() -> HelpDesk:
    """Open the desk at once, as the action server does at its start: no answer may wait for the encoder."""
    opened = HelpDesk(load_help(PROJECT / "rapport/shops/complete_journey/help"), Path(mkdtemp(prefix="help-")))
    opened.find("hello", 1)
    return opened


@pytest.fixture(autouse=True)
def demo_pages(shop: FakeAnalytics) -> None:
    """The shop of this test, with the demo shop's pages."""
    shop.search_help, shop.pages = desk().find, desk().pages


@pytest.mark.parametrize(
    ("text", "page", "fact"),
    [
        ("how do I use a gift card?", "gift-cards", "the PIN"),
        ("my promo code doesn't work", "coupons", "last day"),
        ("how do I join the loyalty program", "loyalty", "free"),
        ("I forgot my password, what now?", "account", "good for one hour"),
        ("how can I unsubscribe from your emails", "newsletter", "Unsubscribe"),
        ("please delete all the data you have about me", "privacy", "within 30 days"),
        ("where do I see whether it contains nuts?", "allergies", "allergens"),
        ("do I have to show my ID for wine?", "age-restricted", "under 40"),
        ("where can I give back empty bottles", "packaging", "deposit"),
        ("is there parking at your store?", "stores", "two hours"),
        ("i dont want substitutes", "substitutions", "No substitutes"),
    ],
)
def test_a_question_is_answered_with_the_passage_and_its_link(
    house: RasaHouse, text: str, page: str, fact: str
) -> None:
    answer = house.talk().says(text)
    assert fact in answer.text
    assert f"](/help/{page}#" in answer.text
    assert 1 <= len(answer.quick_replies) <= 4


def test_what_no_page_answers_is_said_honestly_and_a_yes_gets_a_person(house: RasaHouse) -> None:
    talk = house.talk("ana")
    answer = talk.says("can I rent a party tent for my account anniversary from your shop?")
    assert "/help/" not in answer.text
    assert "talk_to_person" in answer.intents_offered


def test_an_honest_no_leads_to_a_person(house: RasaHouse, shop: FakeAnalytics) -> None:
    shop.search_help = lambda _text, _limit: []
    talk = house.talk("ana")
    answer = talk.says("how do I redeem my gift card?")
    assert answer.actions == ["action_help"]
    assert answer.intents_offered == {"talk_to_person", "search_product", "ask_help"}
    assert talk.says("yes please").handoff is not None


def test_all_topics_are_one_tap_away(house: RasaHouse) -> None:
    talk = house.talk()
    talk.says("how much is left on my gift card?")
    answer = talk.chooses("All help topics")
    assert "(/help)" in answer.text
    assert "Bring it back within 30 days" in talk.chooses("Returns").text


def test_a_special_question_on_delivery_is_answered_and_a_general_one_briefly(house: RasaHouse) -> None:
    talk = house.talk()
    assert "don't ship to other states or abroad" in talk.says("do you ship abroad?").text
    assert "/help/delivery" in talk.says("delivery?").text


@pytest.mark.parametrize("text", ["what is the capital of australia", "flip a coin", "who won the football game"])
def test_what_is_beyond_the_shop_still_falls_back(house: RasaHouse, text: str) -> None:
    answer = house.talk().says(text)
    assert answer.actions == ["action_fallback"]
    assert "/help/" not in answer.text


def test_an_upset_question_gets_an_apology_before_the_passage(house: RasaHouse) -> None:
    answer = house.talk().says("I can't log into my account, this is so annoying and terrible!!!")
    assert "sorry" in answer.text.lower()
