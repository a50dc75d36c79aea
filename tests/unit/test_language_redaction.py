"""What must never be stored is taken out of a message; everything else stays as it was written."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from language.redaction import CARD, IBAN, SECRET, is_redacted, redact


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("my card 4111 1111 1111 1111 was declined", f"my card {CARD} was declined"),
        ("5555-5555-5555-4444 exp 12/27", f"{CARD} exp 12/27"),
        ("378282246310005", CARD),
        ("charge 6011111111111117, please", f"charge {CARD}, please"),
        ("refund to DE89 3704 0044 0532 0130 00 please", f"refund to {IBAN} please"),
        ("GB82WEST12345698765432", IBAN),
        ("my password is hunter2, why can't I log in?", f"my password is {SECRET}, why can't I log in?"),
        ("password: sunshine", f"password: {SECRET}"),
        ('the password is "sunshine"', f"the password is {SECRET}"),
        ("pin 4711 does not work", f"pin {SECRET} does not work"),
        ("cvv 123", f"cvv {SECRET}"),
    ],
)
def test_numbers_of_cards_and_accounts_and_passwords_are_taken_out(text: str, kept: str) -> None:
    assert redact(text) == kept
    assert is_redacted(kept)


@pytest.mark.parametrize(
    "text",
    [
        "my password is wrong",
        "I forgot my password",
        "the password link doesn't work",
        "what is my password?",
        "password reset please",
        "my PIN is not accepted",
        "order 31198459000000 never came",
        "call me at +1 555 0134 2233",
        "4111 1111 1111 1112 has a typo and is no card",
        "two orders, 40251 and 40300, $12.49 each",
        "DE89 is not an account",
        "I am at 14 Elm Street, Springfield 62704",
    ],
)
def test_what_looks_like_one_and_is_none_stays(text: str) -> None:
    assert redact(text) == text
    assert not is_redacted(text)


@given(st.text(max_size=300))
def test_any_text_is_taken_and_redacting_again_changes_nothing(text: str) -> None:
    assert redact(redact(text)) == redact(text)
