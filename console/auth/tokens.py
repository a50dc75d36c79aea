"""Random secrets that are handed out once and stored as their hash only."""

from __future__ import annotations

import hashlib
import secrets


def new_token() -> str:
    """Give 256 random bits, as text for an address or a cookie."""
    return secrets.token_urlsafe(32)


def hash_of(token: str) -> str:
    """Give the SHA-256 that is stored. A plain hash is enough for 256 random bits: there is nothing to guess."""
    return hashlib.sha256(token.encode("utf-8", "surrogatepass")).hexdigest()
