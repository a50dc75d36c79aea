"""What a password has to be, and how often one may guess."""

from __future__ import annotations

import pytest

from console.auth import passwords
from console.auth.throttle import SignInThrottle
from store.repositories.agents import NO_PASSWORD


@pytest.mark.parametrize("password", ["seven green bicycles", "x9!kPq2#vLm8", "Überraschungsei am Sonntag"])
def test_a_password_nobody_guesses_is_good_enough(password: str) -> None:
    assert passwords.fault_of(password, email="ana@example.com", name="Ana Brandt") is None


@pytest.mark.parametrize(
    ("password", "word"),
    [("short words", "at least 12"), ("x" * 201, "at most 200"), ("Password1234", "guessed first"),
     ("aaaaaaaaaaaaaaa", "guessed first"), ("121212121212", "guessed first"), ("brandt123456", "too close"),
     ("example.com12", "too close")],
)  # fmt: skip
def test_a_weak_password_is_refused_with_its_reason(password: str, word: str) -> None:
    assert word in (passwords.fault_of(password, email="ana@example.com", name="Ana Brandt") or "")


def test_every_common_password_is_long_enough_to_matter() -> None:
    assert len(passwords.common_passwords()) > 500
    assert all(len(one) >= passwords.SHORTEST and one == one.casefold() for one in passwords.common_passwords())


def test_a_password_is_kept_as_argon2id_and_known_again() -> None:
    kept = passwords.hash_password("seven green bicycles")
    assert kept.startswith("$argon2id$")
    assert passwords.matches(kept, "seven green bicycles")
    assert not passwords.matches(kept, "seven green bicycle")


@pytest.mark.parametrize("kept", [None, NO_PASSWORD, "", "not a hash"])
def test_nothing_matches_where_there_is_no_password(kept: str | None) -> None:
    assert not passwords.matches(kept, "nobody has this password")
    assert not passwords.matches(kept, NO_PASSWORD)


def test_the_sixth_attempt_from_one_address_is_one_too_many() -> None:
    throttle = SignInThrottle()
    assert [throttle.allows("10.0.0.1", f"{n}@example.com") for n in range(6)] == [True] * 5 + [False]
    assert throttle.allows("10.0.0.2", "0@example.com")


def test_the_eleventh_attempt_on_one_person_is_one_too_many_wherever_it_comes_from() -> None:
    throttle = SignInThrottle()
    assert [throttle.allows(f"10.0.0.{n}", "ana@example.com") for n in range(11)] == [True] * 10 + [False]


def test_a_good_sign_in_forgets_the_attempts_before_it() -> None:
    throttle = SignInThrottle()
    for _ in range(5):
        throttle.allows("10.0.0.1", "ana@example.com")
    throttle.forgive("10.0.0.1", "ana@example.com")
    assert throttle.allows("10.0.0.1", "ana@example.com")
