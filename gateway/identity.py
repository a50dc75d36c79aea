"""Who is writing: a visitor by the bearer token we gave her, a customer by a token the shop's server signed."""

from __future__ import annotations

import hashlib
import secrets
import time
from dataclasses import dataclass
from typing import Any

import jwt

from language.normalise import normalise

ALGORITHM = "HS256"
AUDIENCE = "rapport"
LONGEST_LIFE_SECONDS = 3600
#: Clocks of two servers are never quite the same.
LEEWAY_SECONDS = 30
#: No honest token is longer; nothing longer is even looked at.
_LONGEST_TOKEN = 4096


class BadIdentityError(ValueError):
    """The signed token does not hold; the message names the fault, for the log, never the token."""


@dataclass(frozen=True, slots=True)
class Identity:
    """A customer as the shop names her."""

    customer_id: str
    name: str | None = None


def verify_identity(token: str, key: str, now: float | None = None) -> Identity:
    """Check a signed token and give who it names.

    Parameters
    ----------
    token : JWT, HS256 only, with `aud` "rapport", `sub` the customer id, `exp` at most one hour ahead, `name` if known.
    key : the secret shared with the shop's server.
    now : seconds since 1970; the clock by default.

    Raises
    ------
    BadIdentityError
        Signature, algorithm, audience, time or subject are not as they must be.
    """
    if len(token) > _LONGEST_TOKEN:
        raise BadIdentityError("the token is too long")
    try:
        claims: dict[str, Any] = jwt.decode(
            token,
            key,
            algorithms=[ALGORITHM],
            audience=AUDIENCE,
            leeway=LEEWAY_SECONDS,
            options={"require": ["exp", "aud", "sub"]},
        )
    except (jwt.PyJWTError, ValueError, ArithmeticError) as error:
        raise BadIdentityError(type(error).__name__) from None
    if float(claims["exp"]) > (time.time() if now is None else now) + LONGEST_LIFE_SECONDS + LEEWAY_SECONDS:
        raise BadIdentityError("the token is valid for more than an hour")
    return Identity(_subject(claims["sub"]), _name(claims.get("name")))


def sign_identity(customer_id: str, name: str | None, key: str, life_seconds: int = LONGEST_LIFE_SECONDS) -> str:
    """Make a token as the shop's server would; the demo shop uses it."""
    now = int(time.time())
    claims = {"sub": customer_id, "aud": AUDIENCE, "iat": now, "exp": now + life_seconds}
    return jwt.encode(claims if name is None else {**claims, "name": name}, key, algorithm=ALGORITHM)


def new_token() -> str:
    """Give a visitor's bearer token: 256 random bits."""
    return secrets.token_urlsafe(32)


def hash_of(token: str) -> str:
    """Give what is stored of a bearer token. Without salt: 256 random bits can't be guessed from a table."""
    return hashlib.sha256(token.encode("utf-8", "replace")).hexdigest()


def _subject(subject: Any) -> str:
    if not isinstance(subject, str) or not 1 <= len(subject) <= 64 or normalise(subject) != subject:
        raise BadIdentityError("the subject is not a customer id")
    return subject


def _name(name: Any) -> str | None:
    return normalise(name, 200) or None if isinstance(name, str) else None
