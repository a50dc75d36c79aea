"""Requests about orders: nothing without an explicit yes, whatever is said between the question and the yes."""

from __future__ import annotations

import pytest

from actions.action_affirm import Affirm
from actions.action_answer_faq import AnswerFaq
from actions.action_cancel_order import CancelOrder
from actions.action_change_address import ChangeAddress
from actions.action_deny import Deny
from actions.action_fallback import Fallback
from actions.action_get_invoice import GiveInvoice
from actions.action_hand_over import HandOver
from actions.action_refund_status import TellRefundStatus
from actions.action_report_problem import ReportProblem
from actions.action_return_order import ReturnOrder
from actions.action_track_order import TrackOrder
from tests.support import order_store
from tests.support.fake_analytics import FakeAnalytics
from tests.support.said import UPSET, Conversation, Said
from tests.support.shop_with_orders import requests, shop_with_orders


@pytest.fixture
def shop() -> FakeAnalytics:
    return shop_with_orders()


@pytest.fixture
def ana(shop: FakeAnalytics) -> Conversation:
    return Conversation(shop, "ana")


@pytest.fixture
def visitor(shop: FakeAnalytics) -> Conversation:
    return Conversation(shop)


async def cancels(talk: Conversation, text: str = "cancel my order", **more: str) -> Said:
    return await talk.meets(CancelOrder(), text, intent="cancel_order", **more)


async def affirms(talk: Conversation, text: str = "yes please", **more: str) -> Said:
    return await talk.meets(Affirm(), text, intent="affirm", **more)


async def denies(talk: Conversation, text: str = "no") -> Said:
    return await talk.meets(Deny(), text, intent="deny")


async def returns(talk: Conversation, text: str, **more: str) -> Said:
    return await talk.meets(ReturnOrder(), text, intent="return_order", **more)


async def reports(talk: Conversation, text: str, **more: str) -> Said:
    return await talk.meets(ReportProblem(), text, intent="report_problem", **more)


async def strays(talk: Conversation, text: str) -> Said:
    """A message that the bot did not understand, or took for out of scope."""
    return await talk.meets(Fallback(), text, intent="out_of_scope")


async def test_nothing_is_cancelled_before_the_yes_and_once_after_it(ana: Conversation, shop: FakeAnalytics) -> None:
    asked = await cancels(ana)
    assert asked.always_says("Shall I cancel order 40300 of 4 May")
    assert asked.always_says("$3.74")
    assert requests(shop) == []
    assert (await affirms(ana)).always_says("order 40300 is cancelled")
    assert (await affirms(ana)).names == ["utter_affirm_what_next"]
    assert requests(shop) == [("cancel", "40300")]


async def test_asking_again_is_no_yes(ana: Conversation, shop: FakeAnalytics) -> None:
    await cancels(ana)
    assert (await cancels(ana)).names == ["utter_order_cancel_confirm"]
    assert requests(shop) == []


@pytest.mark.parametrize("text", ["yes, cancel it", "please cancel it"])
async def test_a_yes_in_other_words_is_one(ana: Conversation, shop: FakeAnalytics, text: str) -> None:
    await cancels(ana)
    await cancels(ana, text)
    assert requests(shop) == [("cancel", "40300")]


@pytest.mark.parametrize("text", ["yes but not that one", "ok wait", "yes, don't"])
async def test_a_yes_that_is_taken_back_is_none(ana: Conversation, shop: FakeAnalytics, text: str) -> None:
    await cancels(ana)
    await affirms(ana, text)
    assert requests(shop) == []


async def test_never_mind_leaves_everything_as_it_was(ana: Conversation, shop: FakeAnalytics) -> None:
    await cancels(ana)
    assert (await denies(ana, "never mind")).names == ["utter_order_dropped"]
    assert (await affirms(ana)).names == ["utter_affirm_what_next"]
    assert requests(shop) == []


async def test_dont_cancel_is_a_no(ana: Conversation, shop: FakeAnalytics) -> None:
    await cancels(ana)
    assert (await cancels(ana, "don't cancel it")).names == ["utter_order_dropped"]


@pytest.mark.parametrize("text", ["no, the other order", "not that one", "the previous order please"])
async def test_the_other_order_is_taken_instead(ana: Conversation, text: str) -> None:
    await cancels(ana)
    said = await denies(ana, text)
    assert said.names == ["utter_order_cancel_too_late"]
    assert said.always_says("40251")


async def test_a_number_corrects_the_order(ana: Conversation) -> None:
    await cancels(ana, "cancel order 40251", order_id="40251")
    await cancels(ana)
    corrected = await ana.meets(TrackOrder(), "no, order 40200", intent="track_order", order_id="40200")
    assert corrected.always_says("40200")
    assert corrected.names == ["utter_order_cancel_too_late"]


async def test_a_question_in_between_is_answered_and_the_request_goes_on(
    ana: Conversation, shop: FakeAnalytics
) -> None:
    await cancels(ana)
    said = await ana.meets(AnswerFaq(), "how long does delivery take?", intent="ask_delivery")
    assert said.names == ["utter_faq_delivery", "utter_order_back", "utter_order_cancel_confirm"]
    await affirms(ana)
    assert requests(shop) == [("cancel", "40300")]


async def test_tracking_in_between_is_a_question_of_its_own(ana: Conversation) -> None:
    await cancels(ana)
    said = await ana.meets(TrackOrder(), "where is order 40251", intent="track_order", order_id="40251")
    assert said.names[0].startswith("utter_track_order_on_its_way")
    assert said.names[-1] == "utter_order_cancel_confirm"


async def test_a_person_asked_for_in_between_ends_the_questions(ana: Conversation) -> None:
    await cancels(ana)
    said = await ana.meets(HandOver(), "let me talk to a person", intent="talk_to_person")
    assert said.names == ["utter_hand_over_waiting"]


async def test_a_request_is_not_pressed_more_than_twice(ana: Conversation, shop: FakeAnalytics) -> None:
    await cancels(ana)
    for _ in range(2):
        assert "utter_order_back" in (await ana.meets(AnswerFaq(), "delivery?", intent="ask_delivery")).names
    assert (await ana.meets(AnswerFaq(), "delivery?", intent="ask_delivery")).names == ["utter_faq_delivery"]
    await affirms(ana)
    assert requests(shop) == []


async def test_a_yes_the_next_day_is_asked_for_again(ana: Conversation, shop: FakeAnalytics) -> None:
    await cancels(ana)
    ana.slots["order_request"]["asked_at"] -= 24 * 3600
    assert (await affirms(ana)).names == ["utter_order_cancel_confirm"]
    assert requests(shop) == []
    await affirms(ana)
    assert requests(shop) == [("cancel", "40300")]


async def test_an_old_buttons_yes_does_not_confirm_another_request(ana: Conversation, shop: FakeAnalytics) -> None:
    await cancels(ana)
    await returns(ana, "return the pizza")
    said = await affirms(ana, "", mode="cancel", order_id="40300")
    assert said.names == ["utter_order_return_confirm"]
    assert requests(shop) == []


async def test_what_is_on_its_way_is_not_cancelled_and_a_person_is_offered(ana: Conversation) -> None:
    said = await cancels(ana, "cancel order 40251", order_id="40251")
    assert said.names == ["utter_order_cancel_too_late"]
    assert (await affirms(ana)).data["handoff"]


async def test_somebody_elses_order_is_unknown(shop: FakeAnalytics) -> None:
    said = await cancels(Conversation(shop, "ben"), "cancel order 40300", order_id="40300")
    assert said.names == ["utter_order_unknown"]


async def test_a_customer_without_orders_is_told_so(shop: FakeAnalytics) -> None:
    assert (await cancels(Conversation(shop, "ben"))).names == ["utter_order_none"]


async def test_angry_words_get_an_apology_first(ana: Conversation) -> None:
    said = await ana.meets(CancelOrder(), "cancel my damn order", intent="cancel_order", sentiment=UPSET)
    assert said.names == ["utter_apologise_first", "utter_order_cancel_confirm"]


async def test_a_return_asks_which_and_takes_the_products_by_name(ana: Conversation, shop: FakeAnalytics) -> None:
    asked = await returns(ana, "I want to return my order")
    assert asked.names == ["utter_order_return_which"]
    assert asked.always_says("Decaf coffee, Frozen pizza and Mild shampoo")
    assert (await strays(ana, "the pizza")).always_says("$4.00")
    assert (await strays(ana, "no, the coffee")).always_says("$7.50")
    assert (await affirms(ana)).always_says("return of Decaf coffee from order 40200 is registered")
    assert requests(shop) == [("return", "40200")]


async def test_all_of_it_leaves_out_what_cannot_come_back(ana: Conversation) -> None:
    await returns(ana, "return my order")
    said = await returns(ana, "", mode="all")
    assert said.always_says("Decaf coffee and Frozen pizza")
    assert said.always_says("$11.50")


async def test_all_of_it_is_an_answer_even_where_it_sounds_like_a_no(ana: Conversation) -> None:
    await returns(ana, "return my order")
    assert (await denies(ana, "all of it")).names == ["utter_order_return_confirm"]


async def test_what_the_policy_does_not_take_back_is_said(ana: Conversation) -> None:
    assert (await returns(ana, "return the shampoo")).names == ["utter_order_return_excluded"]


async def test_the_kind_of_a_problem_and_the_product_are_asked_for(ana: Conversation, shop: FakeAnalytics) -> None:
    assert (await reports(ana, "there is a problem with my order")).names == ["utter_order_problem_what"]
    assert (await reports(ana, "", mode="damaged")).names == ["utter_order_problem_which"]
    assert (await strays(ana, "the pizza")).names == ["utter_order_problem_confirm_damaged"]
    assert (await affirms(ana)).names == ["utter_order_problem_refunded"]
    assert requests(shop) == [("problem", "40200")]


async def test_a_large_problem_goes_to_a_person(ana: Conversation) -> None:
    assert (await reports(ana, "the coffee was missing")).names == ["utter_order_problem_confirm_missing"]
    assert (await affirms(ana)).names == ["utter_order_problem_open"]


async def test_an_address_is_asked_for_read_confirmed_and_corrected(ana: Conversation, shop: FakeAnalytics) -> None:
    asked = await ana.meets(ChangeAddress(), "change the address of my order", intent="change_address")
    assert asked.names == ["utter_order_address_which"]
    assert (await strays(ana, "please send it to 14 Elm Street, Springfield 62704")).always_says(
        "order 40300 of 4 May to this address: 14 Elm Street, Springfield 62704?"
    )
    assert (await strays(ana, "sorry, it is 15 Elm Street, Springfield 62704")).always_says("15 Elm Street")
    await affirms(ana)
    assert ("15 Elm Street, Springfield 62704",) in order_store.stored(shop.store, "orders", "delivery_address")


async def test_a_refund_is_told_after_cancelling_and_else_there_is_none(ana: Conversation) -> None:
    asked = {"intent": "refund_status"}
    assert (await ana.meets(TellRefundStatus(), "where is my refund?", **asked)).names == ["utter_order_refund_none"]
    await cancels(ana)
    await affirms(ana)
    said = await ana.meets(TellRefundStatus(), "where is my refund?", **asked)
    assert said.always_says("$3.74")
    assert said.always_says("11 May")


async def test_an_invoice_lists_what_was_paid(ana: Conversation) -> None:
    said = await ana.meets(GiveInvoice(), "invoice for order 40200", intent="get_invoice", order_id="40200")
    for words in ("order 40200 of 27 April", "1 × Decaf coffee, 12 oz: $7.50", "Total paid: $16.99"):
        assert said.always_says(words)


async def test_a_look_up_in_between_does_not_lose_the_request(ana: Conversation) -> None:
    await cancels(ana)
    said = await ana.meets(GiveInvoice(), "invoice for order 40200", intent="get_invoice", order_id="40200")
    assert said.names == ["utter_order_invoice", "utter_order_back", "utter_order_cancel_confirm"]


async def test_a_visitor_proves_whose_order_it_is_first(visitor: Conversation, shop: FakeAnalytics) -> None:
    assert (await cancels(visitor)).names == ["utter_order_identify"]
    number = await visitor.meets(TrackOrder(), "it's order 40300", intent="track_order", order_id="40300")
    assert number.names == ["utter_order_identify_email"]
    assert (await strays(visitor, "ana@example.com")).names == ["utter_order_cancel_confirm"]
    await affirms(visitor)
    assert requests(shop) == [("cancel", "40300")]


async def test_a_visitors_proof_is_for_one_order_alone(visitor: Conversation) -> None:
    await cancels(visitor, "cancel order 40300, ana@example.com", order_id="40300")
    said = await visitor.meets(GiveInvoice(), "invoice of order 40200", intent="get_invoice", order_id="40200")
    assert said.names[0] == "utter_order_identify_email"


async def test_a_visitors_guesses_sound_alike_and_end(visitor: Conversation) -> None:
    await cancels(visitor)
    for number in range(5):
        order_id = "40300" if number % 2 else f"7000{number}"
        said = await visitor.meets(
            Fallback(), f"{order_id} eve{number}@example.com", intent="out_of_scope", order_id=order_id
        )
        assert said.names == ["utter_order_identify_failed"]
    right = await visitor.meets(Fallback(), "40300 ana@example.com", intent="out_of_scope", order_id="40300")
    assert right.names == ["utter_order_identify_throttled"]


async def test_a_visitors_proof_does_not_last(visitor: Conversation, shop: FakeAnalytics) -> None:
    await cancels(visitor, "cancel order 40300, ana@example.com", order_id="40300")
    visitor.slots["order_pass"]["at"] -= 3600
    assert (await affirms(visitor)).names == ["utter_order_identify"]
    assert requests(shop) == []
