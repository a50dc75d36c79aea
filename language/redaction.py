"""Take out of a message what must never be stored: card numbers, bank accounts and passwords, each by its own check."""

from __future__ import annotations

import re

#: What stands where something was taken out; read by the actions, which warn of it.
CARD = "[card number removed]"
IBAN = "[bank account removed]"
SECRET = "[password removed]"  # noqa: S105 what is shown instead of one
MARKS = (CARD, IBAN, SECRET)

#: Thirteen to nineteen digits, in groups as people type them, that begin as a card issuer's numbers do.
_CARD = re.compile(r"(?<![\w.])(?:3[0-9]|4[0-9]|5[0-9]|6[0-9]|2[2-7])(?:[ .\-–]{0,2}\d){11,17}(?!\w)")
_LEAST_DIGITS, _MOST_DIGITS = 13, 19
#: Two letters, two check digits, then eleven to thirty letters and digits, in groups or not.
_IBAN = re.compile(r"(?<!\w)[A-Za-z]{2}\d{2}(?: ?[A-Za-z0-9]){11,30}(?!\w)")
_SHORTEST_IBAN, _LONGEST_IBAN = 15, 34
#: "my password is hunter2", "pin: 4711", "cvv 123": the word for a secret, what joins, and the secret itself.
_SECRET = re.compile(
    r"\b(?P<name>pass\s?word|pass\s?code|passwd|pwd|pin(?:\s(?:code|number))?|cvv2?|cvc2?|security code)"
    r"(?P<joins>\s*(?:[:=]|\bis(?!\s+(?:it|that|there|this))\b:?|\bwas\b:?)\s*|\s+)(?P<secret>[\"'“]?[^\s\"'“”]+[\"'”]?)",
    re.I,
)
_STARTS_QUOTED = ("'", '"', "“")
_PUNCTUATION = ".,;!?)"


def redact(text: str) -> str:
    """Replace card numbers (by issuer and Luhn check), bank accounts (IBAN check) and stated passwords by marks.

    Parameters
    ----------
    text : a customer's message, whole.

    Returns
    -------
    The same text where there is none. Order numbers, phone numbers and prices stay: they fail the checks.
    """
    without_cards = _CARD.sub(_without_card, text)
    without_accounts = _IBAN.sub(_without_iban, without_cards)
    return _SECRET.sub(_without_secret, without_accounts)


def is_redacted(text: str) -> bool:
    """Whether something was taken out of a message."""
    return any(mark in text for mark in MARKS)


def luhn(digits: str) -> bool:
    """Whether the last of the digits is the check digit that a card number has."""
    total = 0
    for place, digit in enumerate(reversed(digits)):
        value = int(digit) * (2 if place % 2 else 1)
        total += value - 9 if value > 9 else value
    return total % 10 == 0


def iban(text: str) -> bool:
    """Whether letters and digits, without blanks, carry an IBAN's check digits."""
    if not _SHORTEST_IBAN <= len(text) <= _LONGEST_IBAN or not (text.isascii() and text.isalnum()):
        return False
    turned = (text[4:] + text[:4]).upper()
    return int("".join(str(int(character, 36)) for character in turned)) % 97 == 1


def _without_card(match: re.Match[str]) -> str:
    digits = re.sub(r"\D", "", match.group())
    return CARD if _LEAST_DIGITS <= len(digits) <= _MOST_DIGITS and luhn(digits) else match.group()


def _without_iban(match: re.Match[str]) -> str:
    """Take an account out; words that follow it belong to the sentence."""
    found = match.group()
    for end in range(len(found), 0, -1):
        if (end == len(found) or found[end] == " ") and iban(found[:end].replace(" ", "")):
            return IBAN + found[end:]
    return found


def _without_secret(match: re.Match[str]) -> str:
    secret = match.group("secret").rstrip(_PUNCTUATION)
    if not _is_secret(secret, match.group("joins")):
        return match.group()
    return f"{match.group('name')}{match.group('joins')}{SECRET}{match.group('secret')[len(secret) :]}"


def _is_secret(word: str, joins: str) -> bool:
    """Tell a secret from "my password is wrong": it was quoted, follows a colon, or is no plain word."""
    if not word or word in MARKS or word.startswith("["):
        return False
    if not any(character.isalnum() for character in word):
        return False
    stated = ":" in joins or "=" in joins or word.startswith(_STARTS_QUOTED)
    plain = re.fullmatch(r"[A-Za-z'’\-/]+", word) or not joins.strip()
    return stated or any(character.isdigit() for character in word) or not plain
