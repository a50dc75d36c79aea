"""Descriptions as shops keep them, to plain text."""

from __future__ import annotations

import pytest

from analytics.importing.markup import LONGEST, plain_text


@pytest.mark.parametrize(
    ("kept", "plain"),
    [
        ("Soft, warm.", "Soft, warm."),
        ("<p>Soft &amp; warm.</p>\n\n<p>Of&nbsp;wool.</p>", "Soft & warm. Of wool."),
        ("un<b>believ</b>able<br>light<br/>too", "unbelievable light too"),
        ("<style>p {color: red}</style>Red<script>alert('<p>x</p>')</script> wine", "Red wine"),
        ("a<script>never closed", "a"),
        ("below 5 < 6 degrees", "below 5 < 6 degrees"),
        ('<a href="javascript:x">here</a>', "here"),
        ("&lt;b&gt;", "<b>"),
        ("<![if IE]>old<![endif]> <![odd[x]> new<![", "old new<!["),
        ("<p> &nbsp; </p>", None),
        ("", None),
        (None, None),
    ],
)
def test_what_a_reader_would_see_is_left(kept: str | None, plain: str | None) -> None:
    assert plain_text(kept) == plain


def test_a_long_text_is_cut_after_a_whole_word_and_one_long_word_anywhere() -> None:
    words = plain_text("seven77 " * 1_000)
    assert words is not None
    assert words.split() == ["seven77"] * (LONGEST // len("seven77 "))
    assert plain_text("x" * 3 * LONGEST) == "x" * LONGEST
    assert plain_text("y" * LONGEST) == "y" * LONGEST


def test_any_amount_of_markup_ends() -> None:
    assert plain_text("<" * 200_000) is not None
    assert plain_text("<div>" * 200_000) is None
