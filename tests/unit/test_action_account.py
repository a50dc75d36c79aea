"""Requests about an account or data: nothing without an explicit yes to the open question, once, and her own."""

from __future__ import annotations

from dataclasses import replace

import pytest

from actions.account_turns import STALE_AFTER
from actions.action_affirm import Affirm
from actions.action_change_notifications import ChangeNotifications
from actions.action_create_account import CreateAccount
from actions.action_delete_account import DeleteAccount
from actions.action_edit_account import EditAccount
from actions.action_fallback import Fallback
from actions.action_offer import MakeOffer
from actions.action_privacy_request import ServePrivacy
from actions.action_recommend import RecommendProducts
from actions.action_sign_in_trouble import HelpSignIn
from analytics.account_records import AccountPolicy
from analytics.accounts.service import SqlAccountService
from tests.support import order_store
from tests.support.fake_analytics import FakeAnalytics
from tests.support.order_store import stored
from tests.support.said import Conversation, Said


@pytest.fixture
def shop() -> FakeAnalytics:
    return FakeAnalytics()


@pytest.fixture
def ana(shop: FakeAnalytics) -> Conversation:
    return Conversation(shop, "ana")


def requests(shop: FakeAnalytics) -> list[tuple[str, str]]:
    return stored(shop.kept(), "account_requests", "kind", "status")


async def affirms(talk: Conversation, text: str = "yes please", **more: str) -> Said:
    return await talk.meets(Affirm(), text, intent="affirm", **more)


async def closes(talk: Conversation, text: str = "close my account") -> Said:
    return await talk.meets(DeleteAccount(), text, intent="delete_account")


async def test_the_yes_of_another_question_does_nothing(ana: Conversation, shop: FakeAnalytics) -> None:
    await closes(ana)
    assert (await affirms(ana, "/affirm", mode="erase")).names == ["utter_account_delete_confirm"]
    assert requests(shop) == []
    assert (await affirms(ana, "/affirm", mode="delete")).names == ["utter_account_delete_done"]
    assert requests(shop) == [("delete", "open")]


async def test_a_yes_with_a_but_and_a_late_yes_are_asked_again(ana: Conversation, shop: FakeAnalytics) -> None:
    await closes(ana)
    assert (await affirms(ana, "yes but not today")).names == ["utter_account_delete_confirm"]
    ana.slots["account_request"]["asked_at"] -= STALE_AFTER + 1
    assert (await affirms(ana)).names == ["utter_account_delete_confirm"]
    assert requests(shop) == []
    assert (await affirms(ana)).names == ["utter_account_delete_done"]


async def test_a_yes_after_it_was_done_does_nothing_more(ana: Conversation, shop: FakeAnalytics) -> None:
    await closes(ana)
    await affirms(ana)
    assert (await affirms(ana)).names == ["utter_affirm_what_next"]
    assert requests(shop) == [("delete", "open")]


async def test_whoever_signed_out_in_between_changes_nothing(ana: Conversation, shop: FakeAnalytics) -> None:
    await ana.meets(EditAccount(), "change my phone to 555 0177 22", intent="edit_account")
    ana.customer_id = None
    assert (await affirms(ana)).names == ["utter_account_sign_in_first"]
    assert stored(shop.kept(), "account_details", "phone") == []


async def test_a_badly_written_value_is_asked_for_again_and_a_question_is_none(ana: Conversation) -> None:
    await ana.meets(EditAccount(), "/edit_account", intent="edit_account", mode="phone")
    again = await ana.meets(Fallback(), "zero one seven", intent="nlu_fallback")
    assert again.names == ["utter_account_form_phone"]
    asked = await ana.meets(Fallback(), "what do you need it for?", intent="nlu_fallback")
    assert "utter_account_form_phone" not in asked.names
    assert asked.names[-2:] == ["utter_account_back", "utter_account_edit_phone"]


async def test_which_detail_is_asked_where_none_is_named(ana: Conversation, shop: FakeAnalytics) -> None:
    assert (await ana.meets(EditAccount(), "change my details", intent="edit_account")).names == [
        "utter_account_edit_which"
    ]
    assert (await ana.meets(Fallback(), "the name", intent="nlu_fallback")).names == ["utter_account_edit_name"]
    confirm = await ana.meets(Fallback(), "anna lena", intent="out_of_scope")
    assert confirm.always_says("Anna Lena?")
    await affirms(ana)
    assert stored(shop.kept(), "account_details", "name") == [("Anna Lena",)]


async def test_a_password_is_never_taken(ana: Conversation) -> None:
    said = await ana.meets(EditAccount(), "set my password to something new", intent="edit_account")
    assert said.names == ["utter_sign_in_reset"]
    assert said.slots == {}


async def test_a_shop_without_such_pages_offers_a_person(shop: FakeAnalytics, monkeypatch: pytest.MonkeyPatch) -> None:
    bare = SqlAccountService(shop.kept(), AccountPolicy(), clock=lambda: order_store.NOW)
    monkeypatch.setattr(shop, "account_service", lambda: bare)
    said = [
        await Conversation(shop).meets(CreateAccount(), "sign me up", intent="create_account"),
        await Conversation(shop).meets(HelpSignIn(), "forgot my password", intent="sign_in_trouble"),
        await Conversation(shop).meets(ChangeNotifications(), "unsubscribe", intent="change_notifications"),
    ]
    assert [each.names for each in said] == [
        ["utter_account_create_ask"],
        ["utter_sign_in_person"],
        ["utter_messages_visitor"],
    ]


async def test_a_new_address_may_count_only_after_its_link(
    ana: Conversation, shop: FakeAnalytics, monkeypatch: pytest.MonkeyPatch
) -> None:
    policy = replace(order_store.ACCOUNTS, email_by_link=True)
    linked = SqlAccountService(shop.kept(), policy, clock=lambda: order_store.NOW)
    monkeypatch.setattr(shop, "account_service", lambda: linked)
    await ana.meets(EditAccount(), "my email is now new@example.com", intent="edit_account")
    assert (await affirms(ana)).names == ["utter_account_edit_by_link"]
    assert requests(shop) == [("email", "open")]


async def test_requests_are_not_taken_without_end(shop: FakeAnalytics) -> None:
    visitor = Conversation(shop)
    said = []
    for number in range(6):
        await visitor.meets(CreateAccount(), f"an account for a{number}@x.example", intent="create_account")
        said.append((await affirms(visitor)).names)
    assert said == [["utter_account_create_done_soon"]] * 5 + [["utter_account_too_many"]]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("unsubscribe me from the newsletter", "utter_messages_newsletter_off"),
        ("text me about my orders", "utter_messages_order_texts_on"),
        ("no offers this month please", "utter_messages_chat_offers_paused"),
        ("stop showing me offers here", "utter_messages_chat_offers_off"),
        ("turn off all notifications", "utter_messages_switched"),
        ("how do I unsubscribe?", "utter_messages_now"),
    ],
)
async def test_what_is_plain_is_switched_at_once_and_a_question_switches_nothing(
    ana: Conversation, shop: FakeAnalytics, text: str, name: str
) -> None:
    said = await ana.meets(ChangeNotifications(), text, intent="change_notifications")
    assert said.names == [name]
    assert bool(stored(shop.kept(), "consents", "purpose")) == (name != "utter_messages_now")


async def test_no_offers_and_nothing_personal_hold_from_the_next_question_on(
    ana: Conversation, shop: FakeAnalytics
) -> None:
    await ana.meets(ChangeNotifications(), "no more offers in this chat", intent="change_notifications")
    assert (await ana.meets(MakeOffer(), "any offers?", intent="ask_offers")).names == ["utter_offer_unwanted"]
    await ana.meets(ServePrivacy(), "stop using my purchases", intent="privacy_request")
    await affirms(ana)
    said = await ana.meets(RecommendProducts(), "recommend something", intent="recommend")
    assert said.names[0] == "utter_recommend_impersonal"
    assert said.data["decision"]["segment_id"] is None
    again = await ana.meets(ServePrivacy(), "stop using my purchases", intent="privacy_request")
    assert again.names == ["utter_privacy_personal_is_off"]
    on = await ana.meets(ServePrivacy(), "/privacy_request", intent="privacy_request", mode="personal_on")
    assert on.names == ["utter_privacy_personal_on_again"]


async def test_what_is_known_of_her_and_of_nobody_else(shop: FakeAnalytics) -> None:
    said = await Conversation(shop, "ana").meets(ServePrivacy(), "what do you know about me", intent="privacy_request")
    for words in ("Name: Ana", "ana@example.com", "Orders: 2", "Regulars"):
        assert said.always_says(words)
    visitor = await Conversation(shop).meets(ServePrivacy(), "what do you know about me", intent="privacy_request")
    assert visitor.names == ["utter_privacy_visitor"]


async def test_other_questions_on_privacy_are_answered_from_the_pages(ana: Conversation) -> None:
    said = await ana.meets(ServePrivacy(), "who reads this", intent="privacy_request")
    assert said.names == ["utter_privacy_choices"]
