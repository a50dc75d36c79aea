"""Keys in the one form in which they are compared; what is no key is none."""

from __future__ import annotations

import doctest

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analytics.customers.identity import keys
from analytics.customers.identity.keys import normal_key


@pytest.mark.parametrize(
    ("namespace", "given_as", "compared_as"),
    [
        ("email", " Ana@Example.ORG", "ana@example.org"),
        ("email", "mailto:ana@example.org", "ana@example.org"),
        # Two people at some providers, one at others: they stay two.
        ("email", "ana.b+shop@example.org", "ana.b+shop@example.org"),
        ("email", "ana", None),
        ("email", "ana@localhost", None),
        ("email", "ana@example..org", None),
        ("email", ".ana@example.org", None),
        ("email", "a@b.org, c@d.org", None),
        ("email", "noreply@example.org", None),
        ("phone", "+44 (0)20 7946-0123", "+442079460123"),
        ("phone", "0044 20 7946 0123", "+442079460123"),
        ("phone", "020 7946 0123", None),
        ("phone", "+0 20 7946 0123", None),
        ("phone", "+4400000000000", None),
        ("phone", "+49 12", None),
        ("loyalty", " AB-17 ", "ab-17"),
        ("loyalty", "0000", None),
        ("loyalty", "--", None),
        ("twitter", "@Ana_L", "ana_l"),
        ("crm", "", None),
        ("crm", None, None),
    ],
)
def test_a_key_has_one_form(namespace: str, given_as: str | None, compared_as: str | None) -> None:
    assert normal_key(namespace, given_as) == compared_as


@given(st.sampled_from(["email", "phone", "loyalty"]), st.text(max_size=40))
def test_the_form_of_a_form_is_itself_and_nothing_breaks(namespace: str, text: str) -> None:
    once = normal_key(namespace, text)
    assert once is None or normal_key(namespace, once) == once


def test_the_examples_hold() -> None:
    assert doctest.testmod(keys).failed == 0
