"""Whatever a customer sends comes out in one shape."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from language.normalise import MAX_CHARACTERS, normalise


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("  where   is\tmy order ", "where is my order"),
        ("one\r\n\r\n two ", "one\ntwo"),
        ("cafe\u0301", "caf\u00e9"),
        ("a\x00b\x07c", "abc"),
        ("\u200b/restart", "/restart"),
        ("\u202etxt", "txt"),
        ("", ""),
    ],
)
def test_a_text_is_composed_cleaned_and_collapsed(typed: str, read: str) -> None:
    assert normalise(typed) == read


def test_joined_emoji_stay_joined() -> None:
    family = "👩\u200d👧"
    assert normalise(family) == family


def test_a_text_is_cut_to_its_limit() -> None:
    assert normalise("ab " * 5000) == ("ab " * 5000)[:MAX_CHARACTERS].strip()


@given(st.text(alphabet=st.characters(codec=None)))
def test_any_text_comes_out_printable_and_stays_as_it_is_the_second_time(typed: str) -> None:
    once = normalise(typed)
    assert once == normalise(once)
    once.encode("utf-8")
