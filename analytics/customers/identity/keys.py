"""Keys that say who somebody is, in the one form in which they are compared. What is no key gives None."""

from __future__ import annotations

import re
import unicodedata

#: One "@", something on both sides, a dot in the domain, nothing that separates addresses.
_EMAIL = re.compile(r"[^\s@,;<>()\[\]\"]{1,64}@(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z][a-z0-9-]{0,61}[a-z0-9]")
_LONGEST = 320
#: Blanks and signs that people write within a number.
_PHONE_SIGNS = re.compile(r"[\s\-./()\u00a0\u2010-\u2015]")
#: E.164: a country code that does not begin with 0, fifteen digits at most, eight at least for a whole number.
_PHONE = re.compile(r"\+[1-9]\d{7,14}")
#: Addresses that programs and people write where there is none.
_PLACEHOLDERS = frozenset(
    {"none", "noemail", "no-email", "no_email", "nomail", "unknown", "anonymous", "noreply", "no-reply"}
)


def normal_key(namespace: str, value: str | None) -> str | None:
    """Give a key as it is compared.

    Parameters
    ----------
    namespace : "email" and "phone" have a form of their own; anything else ("loyalty", "crm", "twitter") is trimmed and
        in lower case, without "@" before it.

    Returns
    -------
    str | None
        None for what cannot be a key: an address without "@", a phone without its country, a placeholder.
    """
    if value is None:
        return None
    text = unicodedata.normalize("NFKC", value).strip()
    if namespace == "email":
        return normal_email(text)
    if namespace == "phone":
        return normal_phone(text)
    plain = text.lstrip("@").casefold()
    return plain if 0 < len(plain) <= _LONGEST and plain.strip("0-_./ ") else None


def normal_email(text: str) -> str | None:
    """Give an e-mail address in lower case.

    Dots and "+shop" stay: some providers ignore them, others give such addresses to somebody else.

    >>> normal_email(" Ana.Lena@Example.ORG ")
    'ana.lena@example.org'
    """
    plain = text.strip().removeprefix("mailto:").casefold()
    if len(plain) > _LONGEST or not _EMAIL.fullmatch(plain):
        return None
    local = plain.partition("@")[0]
    if ".." in plain or local.startswith(".") or local.endswith("."):
        return None
    return None if local in _PLACEHOLDERS else plain


def normal_phone(text: str) -> str | None:
    """Give a phone number as E.164 writes it; None without "+" or "00" and the country: it may be anybody's.

    >>> normal_phone("+44 (0)20 7946-0123")
    '+442079460123'
    """
    plain = _PHONE_SIGNS.sub("", text.replace("(0)", ""))
    if plain.startswith("00"):
        plain = f"+{plain[2:]}"
    if not _PHONE.fullmatch(plain) or len(set(plain[3:])) == 1:
        return None
    return plain
