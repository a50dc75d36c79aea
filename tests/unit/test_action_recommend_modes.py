"""Every mode of recommendation in the chat: by words, by quick reply, and across several turns."""

from __future__ import annotations

from dataclasses import replace

import pytest

from actions.action_explain_recommendation import ExplainRecommendation
from actions.action_find_substitute import FindSubstitute
from actions.action_product_details import TellProductDetails
from actions.action_recommend import RecommendProducts
from actions.action_refuse_recommendation import RefuseRecommendation
from actions.action_search_product import SearchProduct
from actions.action_state_preference import StatePreference
from actions.action_track_order import TrackOrder
from analytics.recommendation_records import TasteAnswer, TasteQuestion
from analytics.records import DialogueProfile
from tests.support.fake_analytics import FakeAnalytics
from tests.support.said import UPSET, Conversation, Said, payload_of

FIRST = TasteQuestion(
    kind="department", answers=(TasteAnswer(title="Drinks", wanted="Drinks"), TasteAnswer(title="Pets", wanted="Pets"))
)


@pytest.fixture
def shop() -> FakeAnalytics:
    return FakeAnalytics()


@pytest.fixture
def ana(shop: FakeAnalytics) -> Conversation:
    return Conversation(shop, "ana")


def ids(said: Said) -> list[str]:
    return [card["id"] for card in said.cards]


async def test_what_she_usually_buys(shop: FakeAnalytics, ana: Conversation) -> None:
    said = await ana.meets(RecommendProducts(), "what do I usually buy?")
    assert said.names[0] == "utter_recommend_again"
    assert shop.contexts[-1].mode == "buy_again"
    assert set(ids(said)) <= set(shop.reasons)


async def test_the_same_by_quick_reply_and_others_of_it(shop: FakeAnalytics, ana: Conversation) -> None:
    first = await ana.meets(RecommendProducts(), "/recommend", mode="buy_again")
    await ana.meets(RecommendProducts(), "/recommend", mode="more")
    assert shop.contexts[-2 if not ids(first) else -1].mode in ("buy_again", "for_you")
    assert "buy_again" in [context.mode for context in shop.contexts[1:]]


async def test_the_picks_of_the_week_and_others_of_them(shop: FakeAnalytics, ana: Conversation) -> None:
    said = await ana.meets(RecommendProducts(), "what are this week's picks for me?")
    assert said.names[0] == "utter_recommend_mailing"
    assert shop.contexts[-1].mode == "campaign"
    await ana.meets(RecommendProducts(), "show me others")
    assert shop.contexts[-1].mode == "campaign"


async def test_a_visitor_is_not_told_that_we_know_nothing_where_the_list_goes_by_her_looks(shop: FakeAnalytics) -> None:
    said = await Conversation(shop).meets(RecommendProducts(), "recommend me something")
    assert said.names[0] == "utter_recommend_popular"
    shop.kinds = {shop.products[0].product_id: "like_viewed"}
    said = await Conversation(shop).meets(RecommendProducts(), "recommend me something")
    assert said.names[0] == "utter_recommend_moment"


async def test_a_visitor_is_told_why_nothing_can_be_bought_again(shop: FakeAnalytics) -> None:
    said = await Conversation(shop).meets(RecommendProducts(), "what do I usually buy?")
    assert said.names[:2] == ["utter_again_visitor", "utter_recommend_rather"]
    assert len(said.cards) == 3


async def test_nothing_personal_wanted_is_what_is_said(shop: FakeAnalytics, ana: Conversation) -> None:
    shop.account_service().decide("ana", {"personalisation": False}, "c:1")
    said = await ana.meets(RecommendProducts(), "what do I usually buy?")
    assert said.names[0] == "utter_again_impersonal"


async def test_something_new(shop: FakeAnalytics, ana: Conversation) -> None:
    said = await ana.meets(RecommendProducts(), "surprise me with something new")
    assert said.names[0] == "utter_recommend_new"
    assert not set(ids(said)) & set(shop.reasons)


async def test_why_is_answered_in_the_mode_of_the_list(shop: FakeAnalytics, ana: Conversation) -> None:
    await ana.meets(RecommendProducts(), "what do I usually buy?")
    ana.slots["reasons_told"] = {}  # of what was shown without a reason the one of this moment is told
    await ana.meets(ExplainRecommendation(), "why the first one?")
    assert shop.contexts[-1].mode == "buy_again"
    await ana.meets(RecommendProducts(), "what's popular?")
    ana.slots["reasons_told"] = {}
    await ana.meets(ExplainRecommendation(), "why these?")
    assert shop.contexts[-1].mode == "popular"


async def test_what_was_searched_by_price_is_remembered_as_the_thing_alone(shop: FakeAnalytics) -> None:
    visitor = Conversation(shop)
    await visitor.meets(
        SearchProduct(), "the cheapest coffee", intent="search_product", product_query="cheapest coffee"
    )
    assert visitor.slots["wanted"] == ["coffee"]


@pytest.mark.parametrize("action", [RecommendProducts(), FindSubstitute()])
async def test_more_like_the_second(shop: FakeAnalytics, ana: Conversation, action: RecommendProducts) -> None:
    await ana.meets(RecommendProducts(), "recommend me something")
    await ana.meets(action, "show me more like the second")
    assert "similar" in shop.asked


async def test_what_was_shown_before_something_like_it_is_not_shown_again(shop: FakeAnalytics) -> None:
    shop.products.append(replace(shop.products[1], product_id="202", name="Ground coffee, 12 oz"))
    visitor = Conversation(shop)
    first = await visitor.meets(RecommendProducts(), "recommend me something")
    alike = await visitor.meets(RecommendProducts(), "something like the coffee", product_id="102")
    more = await visitor.meets(RecommendProducts(), "show me more")
    assert (ids(alike), len(more.cards)) == (["202"], 3)
    assert not {*ids(first), *ids(alike)} & {*ids(more)}


async def test_more_like_this_by_its_quick_reply(shop: FakeAnalytics, ana: Conversation) -> None:
    said = await ana.meets(RecommendProducts(), "/recommend", mode="alike", product_id="101")
    assert said.names[0] in {"utter_alike_found", "utter_alike_none"}
    assert "101" not in ids(said)


async def test_what_she_looked_at_and_searched_for_counts_in_the_next_list(
    shop: FakeAnalytics, ana: Conversation
) -> None:
    await ana.meets(SearchProduct(), "do you have decaf coffee?", product_query="decaf coffee")
    await ana.meets(TellProductDetails(), "how much is the first one?")
    await ana.meets(RecommendProducts(), "recommend me something")
    assert shop.contexts[-1].wanted == ("decaf coffee",)
    assert shop.contexts[-1].viewed == ("102",)


async def test_what_was_shown_before_sinks_and_is_not_repeated_when_others_are_wanted(
    shop: FakeAnalytics, ana: Conversation
) -> None:
    first = await ana.meets(RecommendProducts(), "recommend me something")
    second = await ana.meets(RecommendProducts(), "show me others")
    third = await ana.meets(RecommendProducts(), "show me others")
    assert not set(ids(first)) & set(ids(second)) | set(ids(third)) & set(ids(first))
    await ana.meets(TrackOrder(), "where is my order?")
    await ana.meets(RecommendProducts(), "recommend me something")
    assert set(ids(first)) <= set(shop.contexts[-1].ignored)


async def test_less_of_a_pointed_product_sinks_its_category(shop: FakeAnalytics, ana: Conversation) -> None:
    await ana.meets(RecommendProducts(), "recommend me something")
    said = await ana.meets(RefuseRecommendation(), "less of the second one")
    assert said.data["preferences"] == {"less_of": ["coffee"]}
    assert said.always_says("coffee")
    await ana.meets(RecommendProducts(), "show me others")
    assert shop.contexts[-1].less == ("coffee",)


async def test_less_by_quick_reply_and_by_name(ana: Conversation) -> None:
    pressed = await ana.meets(RefuseRecommendation(), "/refuse", mode="less", product_id="101")
    assert pressed.data["preferences"] == {"less_of": ["cold cereal"]}
    named = await ana.meets(StatePreference(), "less yogurt please")
    assert named.data["preferences"] == {"less_of": ["yogurt"]}
    assert named.slots["less_of"] == ["cold cereal", "yogurt"]


async def test_less_of_what_is_asked_where_it_is_not_clear(ana: Conversation) -> None:
    await ana.meets(RecommendProducts(), "recommend me something")
    said = await ana.meets(RefuseRecommendation(), "less of this please")
    assert said.names[0] == "utter_less_which"
    assert "preferences" not in said.data


@pytest.mark.parametrize("action", [SearchProduct(), StatePreference(), RecommendProducts()])
async def test_it_comes_back_when_she_asks_for_it_again(
    shop: FakeAnalytics, ana: Conversation, action: RecommendProducts
) -> None:
    shop.profiles["ana"] = DialogueProfile(customer_id="ana", preferences={"less_of": ["coffee"]})
    said = await ana.meets(action, "show me coffee again")
    assert said.names[0] == "utter_less_back"
    assert said.data["forgotten"] == {"less_of": ["coffee"]}
    assert "102" in ids(said)
    assert said.slots["less_of"] == []


async def test_nothing_comes_back_that_was_not_sent_away(ana: Conversation) -> None:
    said = await ana.meets(SearchProduct(), "show me coffee again", product_query="coffee")
    assert said.names[0] == "utter_search_found"
    assert "forgotten" not in said.data


async def test_a_newcomer_is_asked_what_she_shops_for_and_gets_picks_for_it(shop: FakeAnalytics) -> None:
    shop.questions = [FIRST]
    visitor = Conversation(shop)
    said = await visitor.meets(RecommendProducts(), "recommend me something", intent="recommend")
    assert said.names[0] == "utter_taste_department"
    assert [payload_of(reply) for reply in said.buttons] == [
        ("recommend", {"choice": "Drinks"}),
        ("recommend", {"choice": "Pets"}),
        ("recommend", {"mode": "skip"}),
    ]
    assert said.cards == []
    answer = await visitor.meets(RecommendProducts(), "/recommend", intent="recommend", choice="Drinks")
    assert answer.names[0] == "utter_recommend_answered"
    assert shop.contexts[-1].wanted == ("Drinks",)
    assert len(answer.cards) == 3


async def test_the_question_is_answered_in_words_whatever_is_read_in_them(shop: FakeAnalytics) -> None:
    shop.questions = [FIRST]
    visitor = Conversation(shop)
    await visitor.meets(RecommendProducts(), "recommend me something", intent="recommend")
    answer = await visitor.meets(SearchProduct(), "some coffee", intent="search_product", product_query="coffee")
    assert answer.names[0] == "utter_recommend_answered"
    assert shop.contexts[-1].wanted == ("coffee",)


@pytest.mark.parametrize("text", ["no idea", "whatever", "just show me something"])
async def test_the_question_can_be_skipped_and_is_never_asked_twice(shop: FakeAnalytics, text: str) -> None:
    shop.questions = [FIRST]
    visitor = Conversation(shop)
    await visitor.meets(RecommendProducts(), "recommend me something", intent="recommend")
    skipped = await visitor.meets(RecommendProducts(), text, intent="recommend")
    assert (skipped.names[0], len(skipped.cards)) == ("utter_recommend_popular", 3)
    again = await visitor.meets(RecommendProducts(), "recommend me something", intent="recommend")
    assert "utter_taste_department" not in again.names


async def test_after_a_department_she_is_asked_once_what_of_it(shop: FakeAnalytics) -> None:
    answers = (TasteAnswer(title="Tea", wanted="Tea"), TasteAnswer(title="Coffee", wanted="Coffee"))
    shop.questions = [FIRST, TasteQuestion(kind="category", answers=answers, about="Drinks")]
    visitor = Conversation(shop)
    await visitor.meets(RecommendProducts(), "recommend me something", intent="recommend")
    second = await visitor.meets(RecommendProducts(), "/recommend", intent="recommend", choice="Drinks")
    assert second.names[0] == "utter_taste_category"
    picks = await visitor.meets(RecommendProducts(), "/recommend", intent="recommend", choice="Coffee")
    assert picks.names[0] == "utter_recommend_answered"
    assert shop.contexts[-1].wanted == ("Drinks", "Coffee")


async def test_nobody_is_asked_who_is_upset_or_has_said_what_she_looks_for(shop: FakeAnalytics) -> None:
    shop.questions = [FIRST]
    upset = await Conversation(shop).meets(RecommendProducts(), "recommend, you idiots", sentiment=UPSET)
    assert "utter_taste_department" not in upset.names
    visitor = Conversation(shop)
    await visitor.meets(SearchProduct(), "do you have coffee?", product_query="coffee")
    assert "utter_taste_department" not in (await visitor.meets(RecommendProducts(), "recommend something")).names
    assert shop.contexts[-1].wanted == ("coffee",)


async def test_another_question_in_between_is_answered_and_not_taken_for_a_taste(shop: FakeAnalytics) -> None:
    shop.questions = [FIRST]
    visitor = Conversation(shop)
    await visitor.meets(RecommendProducts(), "recommend me something", intent="recommend")
    other = await visitor.meets(TrackOrder(), "where is my order?", intent="track_order")
    assert "utter_recommend_answered" not in other.names


async def test_who_wants_nothing_personal_is_told_so_and_not_questioned(shop: FakeAnalytics, ana: Conversation) -> None:
    shop.questions = [FIRST]
    shop.account_service().decide("ana", {"personalisation": False}, "c:1")
    said = await ana.meets(RecommendProducts(), "recommend me something", intent="recommend")
    assert said.names[0] == "utter_recommend_impersonal"
    assert len(said.cards) == 3
