"""Greetings: by what is known of her."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from actions.action_affirm import Affirm
from actions.action_greet import Greet
from actions.action_offer import MakeOffer
from actions.knowing import usual_order_is_due
from analytics.records import DialogueProfile, Rfm
from tests.support import demo_shop
from tests.support.fake_analytics import FakeAnalytics
from tests.support.known_people import a_prediction, a_profile, expected
from tests.support.said import UPSET, Conversation, payload_of
from tests.support.shop_in_memory import NOW


@pytest.fixture
def shop() -> FakeAnalytics:
    return FakeAnalytics()


async def test_a_visitor_is_welcomed_to_the_shop_by_its_name(shop: FakeAnalytics) -> None:
    said = await Conversation(shop).meets(Greet(), "hello")
    assert said.always_says("The Corner Shop")


async def test_a_customer_with_an_order_on_its_way_hears_of_it(shop: FakeAnalytics) -> None:
    said = await Conversation(shop, "ana").meets(Greet(), "hello")
    assert said.always_says("Ana")
    assert said.always_says("3 May")
    assert said.always_says("on its way")
    assert said.slots == {"open_question": "order"}


async def test_a_customer_whose_order_has_come_hears_of_it_but_not_aloud_what_was_in_it(shop: FakeAnalytics) -> None:
    shop.orders_of["ana"] = [demo_shop.DELIVERED]
    said = await Conversation(shop, "ana").meets(Greet(), "hello")
    assert said.always_says("20 April")
    assert "shampoo" not in str(said.texts)


async def test_last_times_topic_is_taken_up(shop: FakeAnalytics) -> None:
    shop.profiles["ben"] = DialogueProfile(customer_id="ben", last_topic="ask_returns", turns=2)
    said = await Conversation(shop, "ben").meets(Greet(), "hello")
    assert said.names == ["utter_greet_topic_return"]
    assert said.always_says("Ben")


async def test_a_customer_who_left_unhappy_is_asked_whether_it_is_sorted_and_sold_nothing(shop: FakeAnalytics) -> None:
    shop.profiles["ana"] = DialogueProfile(customer_id="ana", sentiment=-0.6, turns=2)
    said = await Conversation(shop, "ana").meets(Greet(), "hello")
    assert said.names == ["utter_greet_after_trouble"]
    assert {payload_of(button)[0] for button in said.buttons}.isdisjoint({"recommend", "ask_offers"})


async def test_a_customer_without_history_or_name_is_greeted_all_the_same(shop: FakeAnalytics) -> None:
    shop.names["ben"] = None
    said = await Conversation(shop, "ben").meets(Greet(), "hello")
    assert said.always_says("Hello! ")


async def test_an_unknown_customer_id_is_greeted_like_a_visitor(shop: FakeAnalytics) -> None:
    said = await Conversation(shop, "nobody").meets(Greet(), "hello")
    assert said.names == ["utter_greet_visitor"]


async def test_a_second_hello_is_not_a_second_introduction(shop: FakeAnalytics) -> None:
    conversation = Conversation(shop, "ana")
    await conversation.meets(MakeOffer(), "any offers?")
    assert (await conversation.meets(Greet(), "hello")).names == ["utter_greet_again"]


async def test_an_upset_hello_gets_help_and_no_sale(shop: FakeAnalytics) -> None:
    said = await Conversation(shop, "ana").meets(Greet(), "hello, I am furious", sentiment=UPSET)
    assert said.names == ["utter_greet_upset"]
    assert {payload_of(button)[0] for button in said.buttons}.isdisjoint({"recommend", "ask_offers"})


async def test_an_order_being_prepared_is_named(shop: FakeAnalytics) -> None:
    shop.orders_of["ana"] = [replace(demo_shop.ON_ITS_WAY, state="being_prepared")]
    said = await Conversation(shop, "ana").meets(Greet(), "hello")
    assert said.always_says("being prepared")


def known(churn: float, recency: float, **more: Any) -> dict[str, Any]:
    """A customer who has ordered before, and what is expected of her."""
    rfm = Rfm(recency_days=recency, frequency=9, monetary=90.0, recency_score=1, frequency_score=4, monetary_score=4)
    return {"rfm": rfm, "predictions": expected(a_prediction("churn", churn)), **more}


async def test_one_who_was_missed_is_told_so_warmly_and_no_figure(shop: FakeAnalytics) -> None:
    shop.known_of["ben"] = known(churn=0.83, recency=60)
    said = await Conversation(shop, "ben").meets(Greet(), "hello")
    assert said.names == ["utter_greet_missed"]
    assert "83" not in str(said.texts)


async def test_one_worth_winning_back_hears_that_there_is_an_offer_and_yes_shows_it() -> None:
    class Generous(FakeAnalytics):
        """Has an offer to win her back."""

        def next_offer(self, customer_id, *, mood, recent):  # type: ignore[no-untyped-def]
            return replace(super().next_offer(customer_id, mood=mood, recent=recent), rule="win_back")

    shop = Generous()
    shop.known_of["ben"] = known(churn=0.83, recency=60)
    conversation = Conversation(shop, "ben")
    said = await conversation.meets(Greet(), "hello")
    assert (said.names, said.slots) == (["utter_greet_missed_offer"], {"open_question": "offers"})
    assert "decision" not in said.data
    shown = await conversation.meets(Affirm(), "yes please", intent="affirm")
    assert shown.data["decision"]["rule"] == "win_back"


@pytest.mark.parametrize(("churn", "recency"), [(0.83, 5.0), (0.2, 60.0)])
async def test_one_who_was_here_lately_or_is_likely_to_stay_is_not_missed(
    shop: FakeAnalytics, churn: float, recency: float
) -> None:
    shop.known_of["ben"] = known(churn=churn, recency=recency)
    assert (await Conversation(shop, "ben").meets(Greet(), "hello")).names == ["utter_greet_known"]


async def test_nothing_foretold_is_used_where_she_wants_nothing_personal(shop: FakeAnalytics) -> None:
    shop.known_of["ben"] = known(churn=0.83, recency=60, consents={"personalisation": False})
    assert (await Conversation(shop, "ben").meets(Greet(), "hello")).names == ["utter_greet_known"]


async def test_one_whose_usual_order_is_due_is_asked_and_yes_orders_it_again(shop: FakeAnalytics) -> None:
    made = datetime.now(UTC) - timedelta(days=2)
    due = a_prediction("next_order", 1.5, low=0.0, high=4.0, basis="history")
    shop.known_of["ana"] = known(churn=0.1, recency=9.0) | {"predictions": replace(expected(due), made_at=made)}
    shop.orders_of["ana"] = [demo_shop.DELIVERED]
    conversation = Conversation(shop, "ana")
    said = await conversation.meets(Greet(), "hello")
    assert (said.names, said.slots) == (["utter_greet_usual"], {"open_question": "usual"})
    again = await conversation.meets(Affirm(), "yes", intent="affirm")
    assert any(name.startswith("utter_reorder") for name in again.names)


@pytest.mark.parametrize(
    ("days", "high", "made_ago", "recency", "due"),
    [
        (1.0, 3.0, 1.0, 8.0, True),
        (6.0, 9.0, 1.0, 3.0, False),  # too early
        (1.0, 3.0, 6.0, 14.0, False),  # long over
        (1.0, 3.0, 2.0, 0.5, False),  # she has ordered since
        (1.0, 40.0, 1.0, 8.0, False),  # nobody knows so closely
    ],
)
def test_when_a_usual_order_is_due(days: float, high: float, made_ago: float, recency: float, *, due: bool) -> None:
    foretold = a_prediction("next_order", days, low=0.0, high=high, basis="history")
    predictions = replace(expected(foretold), made_at=NOW - timedelta(days=made_ago))
    profile = a_profile(**known(0.1, recency) | {"predictions": predictions})
    assert usual_order_is_due(profile, NOW) is due
