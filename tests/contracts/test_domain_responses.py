"""Every response is fit to be read, every quick reply leads somewhere, and help never sells."""

from __future__ import annotations

import re
from typing import Any

import pytest

from actions.readings import NEVER_ASKED, READINGS
from tests.support.dialogue_files import domain, names
from tests.support.said import filled, payload_of

DOMAIN = domain()
RESPONSES: dict[str, list[dict[str, Any]]] = DOMAIN["responses"]
ANY_FACT = "fact"
#: Words of the widget's contract for a card.
CARD_KEYS = {"id", "title", "subtitle", "price", "reason", "quick_replies"}
SELLING_INTENTS = {"recommend", "ask_offers"}
#: Responses that may follow a message of somebody upset (help.yml, and what answers without selling).
NEVER_SELLING = [
    name
    for name in RESPONSES
    if name.startswith(
        (
            "utter_apologise",
            "utter_hand_over",
            "utter_analytics",
            "utter_track",
            "utter_last_order",
            "utter_order_",
            "utter_faq",
            "utter_help",
            "utter_search",
            "utter_explain",
            "utter_refuse",
            "utter_thank",
            "utter_goodbye",
            "utter_affirm",
            "utter_deny",
            "utter_bot",
            "utter_small_talk",
            "utter_abuse",
            "utter_languages",
            "utter_review",
            "utter_rating",
            "utter_feedback",
            "utter_greet_upset",
            "utter_greet_after_trouble",
            "utter_fallback_person",
            "utter_offer_later",
            "utter_what_instead",
            "utter_safety",
            "utter_account",
            "utter_sign_in",
            "utter_messages",
            "utter_privacy",
            "utter_payment",
            "utter_complaint",
        )
    )
]


def variations() -> list[tuple[str, dict[str, Any]]]:
    """Every variation of every response, its placeholders filled."""
    facts = dict.fromkeys(re.findall(r"{(\w+)}", str(RESPONSES)), ANY_FACT)
    facts["product_key"] = facts["order_key"] = facts["choice_key"] = '"101"'
    return [(name, filled(variation, facts)) for name, listed in RESPONSES.items() for variation in listed]


def quick_replies(variation: dict[str, Any]) -> list[dict[str, str]]:
    data = variation.get("custom", {}).get("data", {})
    cards = data.get("cards", [])
    return [
        *variation.get("buttons", []),
        *data.get("quick_replies", []),
        *(reply for card in cards for reply in card["quick_replies"]),
    ]


def test_no_response_offers_more_than_four_quick_replies_and_their_titles_are_short() -> None:
    for name, variation in variations():
        assert len(variation.get("buttons", [])) <= 4, name
        assert all(len(reply["title"]) <= 24 for reply in quick_replies(variation)), name


def test_every_quick_reply_carries_an_intent_of_the_domain_and_entities_it_knows() -> None:
    for name, variation in variations():
        for reply in quick_replies(variation):
            intent, entities = payload_of(reply["payload"])
            assert intent in names(DOMAIN["intents"]), name
            assert set(entities) <= set(DOMAIN["entities"]), name


def test_every_card_has_the_keys_of_the_contract() -> None:
    cards = [
        card for _, variation in variations() for card in variation.get("custom", {}).get("data", {}).get("cards", [])
    ]
    assert cards
    assert all(set(card) == CARD_KEYS for card in cards)


def test_every_response_without_a_card_has_a_text_that_is_a_sentence() -> None:
    for name, variation in variations():
        if "custom" not in variation:
            text = variation["text"].strip()
            assert text == ANY_FACT or text[-1] in '.!?:")' or text.endswith(ANY_FACT), name


@pytest.mark.parametrize("name", NEVER_SELLING)
def test_what_answers_somebody_upset_sells_nothing(name: str) -> None:
    intents = {
        payload_of(reply["payload"])[0] for said, each in variations() if said == name for reply in quick_replies(each)
    }
    assert intents.isdisjoint(SELLING_INTENTS)


def test_every_intent_can_be_asked_back_about_unless_it_is_small_talk() -> None:
    """A new intent needs its reading: actions/readings.py and bot/domain/readings.yml."""
    assert set(READINGS) | NEVER_ASKED == names(DOMAIN["intents"])


def test_every_response_has_a_wording_without_a_condition_and_a_channel() -> None:
    """Otherwise nothing would be said where no condition is met."""
    silent = [
        name
        for name, listed in RESPONSES.items()
        if all("condition" in variation or "channel" in variation for variation in listed)
    ]
    assert silent == []


def test_conditions_are_on_circumstances_and_their_values() -> None:
    known = {
        "mood": {"upset", "calm", "glad"},
        "segment": {"loyal", "regular", "quiet", "new", "visitor"},
        "history": {"first", "returning"},
    }
    conditions = [
        condition
        for listed in RESPONSES.values()
        for variation in listed
        for condition in variation.get("condition", [])
    ]
    assert len(conditions) >= 10
    assert all(condition["value"] in known[condition["name"]] for condition in conditions)
