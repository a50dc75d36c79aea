"""Letters that went through the wrong encoding."""

from __future__ import annotations

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from analytics.importing.slips import mended


@pytest.mark.parametrize(
    ("slipped", "right"),
    [
        ("CafÃ©", "Café"),
        ("MÃ¼ller", "Müller"),
        ("itâ€™s", "it’s"),
        ("Â£5", "£5"),
        ("MÃƒÂ¼ller", "Müller"),
        ("BjÃ¶rk & Ã…se", "Björk & Åse"),
    ],
)
def test_a_slip_is_put_right(slipped: str, right: str) -> None:
    assert mended(slipped) == right


@pytest.mark.parametrize("text", ["Café", "Müller", "SÃO PAULO", "Ã", "plain", "", "naïve £5 – “so”", "北京", "Łódź"])
def test_a_text_in_order_stays(text: str) -> None:
    assert mended(text) == text


@given(st.text(alphabet="abc äöüéèñç£€–’ÅßØ", max_size=20))
def test_what_was_broken_is_whole_again(text: str) -> None:
    # "Å–" is in order, and what "Ŗ" looks like after the slip.
    assume(mended(text) == text)
    try:
        broken = text.encode("utf-8").decode("cp1252")
    except UnicodeDecodeError:
        return
    assert mended(broken) == text
