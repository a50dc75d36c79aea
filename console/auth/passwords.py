"""Passwords: what is good enough, and how they are kept."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError, VerifyMismatchError

from store.repositories.agents import NO_PASSWORD

SHORTEST = 12
#: Argon2 hashes any length, but a megabyte of "password" is somebody wasting our time.
LONGEST = 200

_hasher = PasswordHasher()


def fault_of(password: str, *, email: str, name: str) -> str | None:
    """Say in one line why a password is not good enough; None where it is."""
    if len(password) < SHORTEST:
        return f"Use at least {SHORTEST} characters. A few words in a row are easy to remember."
    if len(password) > LONGEST:
        return f"Use at most {LONGEST} characters."
    lowered = password.casefold()
    if len(set(lowered)) < 5 or lowered in common_passwords():
        return "This password is among those that are guessed first. Choose another one."
    own_words = {word for word in (*name.casefold().split(), *email.casefold().split("@")) if len(word) > 3}
    if any(word in lowered and len(lowered) - len(word) < 8 for word in own_words):
        return "This password is too close to your name or e-mail address. Choose another one."
    return None


@cache
def common_passwords() -> frozenset[str]:
    """Give well-known breached passwords of twelve characters and more, in lower case."""
    return frozenset(Path(__file__).with_name("common_passwords.txt").read_text(encoding="utf-8").split())


def hash_password(password: str) -> str:
    """Hash with argon2id; some 50 ms of CPU, so call it from a thread."""
    return _hasher.hash(password)


def matches(password_hash: str | None, password: str) -> bool:
    """Whether the password fits. An unknown person (None) costs the same time as a known one."""
    known = None if password_hash == NO_PASSWORD else password_hash
    try:
        _hasher.verify(known or _hash_of_nothing(), password)
    except (VerifyMismatchError, VerificationError, InvalidHashError):
        return False
    return bool(known)


@cache
def _hash_of_nothing() -> str:
    return _hasher.hash("nobody has this password")
