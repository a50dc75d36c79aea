"""What a message says about an account is read by its words, in many ways of saying it."""

from __future__ import annotations

import pytest

from actions.account_reading import detail_in, sign_in_trouble_in, value_in
from actions.messages_reading import choices_in
from actions.payment_reading import payment_trouble_in
from actions.privacy_reading import privacy_in


@pytest.mark.parametrize(
    ("text", "detail", "value"),
    [
        ("change my email from a@x.example to b@y.example", "email", "b@y.example"),
        ("my new mobile number is +49 (0)170 123 4567", "phone", "+49 (0)170 123 4567"),
        ("please change my name to anna lena", "name", "Anna Lena"),
        ("my surname is now O'Neil-Brandt", "name", "O'Neil-Brandt"),
        ("my surname changed to Miller-Smith after my wedding", "name", "Miller-Smith"),
        ("my name is spelled wrong", "name", ""),
        ("change my name to something else", "name", ""),
        ("I moved to 14 Elm Street, Springfield 62704", "address", "14 Elm Street, Springfield 62704"),
        ("I moved, can you save my new address? 12 Oak Avenue, Dayton 45402", "address", "12 Oak Avenue, Dayton 45402"),
        ("my phone number has changed", "phone", ""),
        ("I want a new password", "password", ""),
        ("change my details", "", ""),
    ],
)
def test_the_detail_and_its_new_value(text: str, detail: str, value: str) -> None:
    assert detail_in(text) == detail
    if detail not in ("", "password"):
        assert value_in(detail, text) == value  # type: ignore[arg-type]


def test_an_address_that_no_mail_reaches_is_none() -> None:
    assert value_in("email", f"{'a' * 250}@x.example") == ""


@pytest.mark.parametrize("text", ["yes", "why do you ask?", "what is a name", "order 40251", "a" * 90])
def test_not_every_answer_is_a_name(text: str) -> None:
    assert value_in("name", text, asked=True) == ""


@pytest.mark.parametrize(
    ("text", "choices"),
    [
        ("unsubscribe", {"newsletter": False}),
        ("stop sending me marketing emails", {"newsletter": False}),
        ("sign me up for the newsletter", {"newsletter": True}),
        ("i'd like to receive your offers by email again", {"newsletter": True}),
        ("please stop texting me", {"order_texts": False}),
        ("text me when my order is out", {"order_texts": True}),
        ("no offers this month please", {"chat_offers": False}),
        ("don't show me any deals in this chat", {"chat_offers": False}),
        ("switch offers back on", {"chat_offers": True}),
        ("stop the emails about my orders", {"order_emails": False}),
        ("no texts but keep the newsletter", {"order_texts": False, "newsletter": True}),
        ("I only want order emails, no ads", {"order_emails": True, "newsletter": False}),
        ("let me know by text instead of email", {"order_texts": True}),
        ("turn on text messages for my orders", {"order_texts": True}),
        ("I'm getting texts at night, turn them off", {"order_texts": False}),
        ("I don't get your emails", {}),
        ("make sure I don't get any more promo mails", {"newsletter": False}),
        ("disable all notifications", {"newsletter": False, "order_texts": False, "chat_offers": False}),
        ("what emails do I get from you?", {}),
        ("how do I unsubscribe from the newsletter?", {}),
        ("am I subscribed to the newsletter?", {}),
        ("my notification settings", {}),
    ],
)
def test_which_messages_she_wants_and_which_not(text: str, choices: dict[str, bool]) -> None:
    assert choices_in(text) == choices


def test_where_no_word_tells_the_meaning_does() -> None:
    assert choices_in("please leave me in peace, no more") == {}
    assert choices_in("please leave me in peace, no more", "newsletter") == {"newsletter": False}
    assert choices_in("hm", "newsletter") == {}


@pytest.mark.parametrize(
    ("text", "wish"),
    [
        ("what do you know about me", "know"),
        ("which data do you have on me?", "know"),
        ("show me my data", "know"),
        ("send me a copy of my data", "export"),
        ("export everything you hold on me", "export"),
        ("delete all my personal data", "erase"),
        ("I want to be forgotten", "erase"),
        ("GDPR deletion request", "erase"),
        ("stop using my purchases for recommendations", "personal_off"),
        ("don't track what I buy", "personal_off"),
        ("turn personal recommendations back on", "personal_on"),
        ("you may use my purchases again", "personal_on"),
        ("I want my data erased", "erase"),
        ("all my information should be gone", "erase"),
        ("actually I changed my mind, keep my data", "withdraw"),
        ("don't delete my data", "withdraw"),
        ("do you use cookies", "help"),
        ("who can see my data", "help"),
        ("do you sell my data", "help"),
        ("my data please", ""),
    ],
)
def test_what_she_wants_about_her_data(text: str, wish: str) -> None:
    assert privacy_in(text) == wish


@pytest.mark.parametrize(
    ("text", "trouble"),
    [
        ("I forgot my password", ""),
        ("someone hacked my account", "hacked"),
        ("the verification code never comes", "two_step"),
        ("my account is locked", "locked"),
        ("no reset email arrived", "no_mail"),
    ],
)
def test_what_keeps_her_out(text: str, trouble: str) -> None:
    assert sign_in_trouble_in(text) == trouble


@pytest.mark.parametrize(
    ("text", "trouble"),
    [
        ("you charged me twice", "twice"),
        ("there's a double charge", "twice"),
        ("my card got rejected", "declined"),
        ("paypal won't go through", "declined"),
        ("my gift card does not work", "gift_card"),
        ("I was charged more than the total", "amount"),
        ("my refund isn't here", "refund"),
        ("hm", ""),
    ],
)
def test_what_went_wrong_with_a_payment(text: str, trouble: str) -> None:
    assert payment_trouble_in(text) == trouble
