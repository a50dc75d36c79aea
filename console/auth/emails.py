"""E-mail addresses, as far as a form can tell."""

from __future__ import annotations

import re

_EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+|[^@\s]+@localhost")


def looks_like_email(text: str) -> bool:
    """Whether the text has the shape of an address; whether somebody reads it, only a message tells."""
    return _EMAIL.fullmatch(text) is not None
