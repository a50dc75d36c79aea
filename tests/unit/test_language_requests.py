"""Where a message may hold several requests."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from language.requests import MOST_PIECES, asks, pieces, sentences


@pytest.mark.parametrize(
    ("text", "split"),
    [
        ("cancel the milk and where is my refund?", ["cancel the milk", "where is my refund?"]),
        ("Where is my order? And when are you open?", ["Where is my order?", "And when are you open?"]),
        ("where is my order, can you cancel it", ["where is my order", "can you cancel it"]),
        ("bring it between 2 and 4 pm and cancel the milk", ["bring it between 2 and 4 pm", "cancel the milk"]),
        ("bread, milk and eggs", ["bread, milk", "eggs"]),
        ("it cost $3.50 yesterday", ["it cost $3.50 yesterday"]),
        ("send the invoice\nclose my account", ["send the invoice", "close my account"]),
        ("a brand new sandwich", ["a brand new sandwich"]),
        ("deliver between 2 and 4 pm and call me first", ["deliver between 2 and 4 pm", "call me first"]),
        ("wine between $5 and $9", ["wine between $5 and $9"]),
        ("", []),
    ],
)
def test_a_message_is_split_where_another_request_may_begin(text: str, split: list[str]) -> None:
    assert pieces(text) == split


def test_a_story_is_told_apart_by_its_sentences_only() -> None:
    story = "I came and saw and bought and paid and left and slept and woke. Where is it?"
    assert pieces(story) == sentences(story)
    assert len(sentences(story)) == 2


@given(st.text(alphabet="ab ,.?!\nand", max_size=80))
def test_no_letter_that_is_not_a_joining_word_is_lost(text: str) -> None:
    kept = "".join(sentences(text)).replace(" ", "").replace("\n", "")
    assert kept == text.replace(" ", "").replace("\n", "")
    assert len(pieces(text)) <= max(MOST_PIECES, len(sentences(text)))


@pytest.mark.parametrize(
    ("text", "question"),
    [("when are you open", True), ("my order?", True), ("cancel it", False), ("I want my money back", False)],
)
def test_a_question_is_told_by_its_mark_or_its_first_word(text: str, question: bool) -> None:
    assert asks(text) is question
