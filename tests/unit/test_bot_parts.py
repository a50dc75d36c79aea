"""Several requests in one message: what counts as one of its own, and which has to wait."""

from __future__ import annotations

from typing import Any

import pytest

from bot.channels.parts import own_requests
from bot.channels.waiting import must_wait

#: How each text is understood when it is read alone.
MEANT = {
    "cancel the milk": ("cancel_order", 0.9),
    "where is my refund?": ("refund_status", 0.95),
    "where is my order": ("track_order", 0.97),
    "where is order 1": ("track_order", 0.97),
    "where is order 2": ("track_order", 0.97),
    "hello": ("greet", 0.99),
    "the milk was sour": ("report_problem", 0.9),
    "i want my money back": ("ask_returns", 0.9),
    "eggs": ("search_product", 0.9),
    "do you have bread": ("search_product", 0.9),
    "yes": ("affirm", 0.99),
    "my e-mail is a@b.c": ("edit_account", 0.9),
    "it is number 7": ("nlu_fallback", 0.6),
    "when are you open?": ("ask_hours", 0.95),
    "compare kids cereal and two granola": ("compare_products", 0.9),
    "compare kids cereal": ("product_details", 0.9),
    "two granola": ("search_product", 0.9),
    "maybe the other thing": ("cancel_order", 0.4),
}


async def read(text: str) -> dict[str, Any]:
    intent, confidence = MEANT.get(text, ("track_order", 0.6))
    numbers = [{"entity": "order_id", "value": text[-1]}] if text.startswith("where is order ") else []
    furious = "!" in text
    return {
        "intent": {"name": intent, "confidence": confidence},
        "entities": numbers,
        "sentiment": -0.8 if furious else 0.0,
    }


async def texts(text: str, *, question_open: bool = False) -> list[str]:
    return [part.text for part in await own_requests(text, read, question_open=question_open)]


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("cancel the milk and where is my refund?", ["cancel the milk", "where is my refund?"]),
        ("where is order 1 and where is order 2", ["where is order 1", "where is order 2"]),
    ],
)
async def test_each_clear_request_is_a_part(text: str, parts: list[str]) -> None:
    assert await texts(text) == parts


@pytest.mark.parametrize(
    "text",
    [
        "where is my order",
        "hello, where is my order",  # a greeting goes with it
        "do you have bread and eggs",  # one word names something
        "compare kids cereal and two granola",  # what is to be compared
        "where is my order and where is my order",  # the same asked twice
        "the milk was sour and i want my money back",  # what she hopes for from it
        "where is my order and maybe the other thing",  # not clear enough
    ],
)
async def test_what_belongs_together_stays_whole(text: str) -> None:
    assert await texts(text) == [text]


async def test_a_question_of_hope_is_one_of_its_own() -> None:
    assert len(await texts("the milk was sour. where is my refund?")) == 2


async def test_all_parts_have_the_mood_of_the_whole() -> None:
    parts = await own_requests("cancel the milk! where is my refund?", read, question_open=False)
    assert [part.parsed["sentiment"] for part in parts] == [-0.8] * len(parts)


async def test_one_furious_sentence_makes_a_furious_message() -> None:
    (whole,) = await own_requests("hello! where is my order", read, question_open=False)
    assert whole.parsed["sentiment"] == -0.8


async def test_an_answer_to_our_question_is_not_taken_apart() -> None:
    assert len(await texts("it is number 7 and my e-mail is a@b.c", question_open=True)) == 1


@pytest.mark.parametrize("text", ["yes and where is my order", "it is number 7. when are you open?"])
async def test_an_answer_with_a_question_beside_it_is_both(text: str) -> None:
    assert len(await texts(text, question_open=True)) == 2


@pytest.mark.parametrize(
    ("intent", "slots", "waits"),
    [
        ("change_address", {}, False),
        ("change_address", {"open_question": "offers"}, False),
        ("change_address", {"open_question": "request", "order_request": {"step": "confirm"}}, True),
        ("ask_hours", {"open_question": "request", "order_request": {"step": "confirm"}}, False),
        ("track_order", {"open_question": "request", "order_request": {"step": "confirm"}}, False),
        ("track_order", {"open_question": "request", "order_request": {"step": "identify"}}, True),
        ("delete_account", {"open_question": "account"}, True),
    ],
)
def test_what_would_ask_something_waits_for_the_open_question(intent: str, slots: dict[str, Any], waits: bool) -> None:
    assert must_wait(intent, slots) is waits


async def test_a_request_with_an_insult_is_read_without_it() -> None:
    async def hears_the_insult_first(text: str) -> dict[str, Any]:
        return {"intent": {"name": "abuse", "confidence": 0.9}} if "idiots" in text else await read(text)

    (part,) = await own_requests("where is my order, you idiots", hears_the_insult_first, question_open=False)
    assert (part.text, part.intent) == ("where is my order", "track_order")
