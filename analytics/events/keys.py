"""Write keys: made, listed, ended. The key itself is shown once and never kept."""

from __future__ import annotations

import hashlib
import re
import secrets
from datetime import datetime

from sqlalchemy import Connection

from analytics.event_records import KeyKind
from store.repositories.write_keys import (
    WriteKeyRow,
    add_write_key,
    replace_write_key,
    revoke_write_key,
    write_key,
    write_keys_by_name,
)

_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9 ._-]{0,79}\Z")
#: 24 random bytes: nobody guesses one.
_BYTES = 24


class KeyNameError(ValueError):
    """A name cannot be used for a key; the text tells why and what to do."""


def add_key(connection: Connection, name: str, kind: KeyKind, now: datetime) -> str:
    """Make a key and give it; only its SHA-256 is kept.

    Raises
    ------
    KeyNameError
        The name is none, or taken; a revoked key's name stays taken, as its events bear it.
    """
    if not _NAME.match(name):
        raise KeyNameError("A key's name has 1 to 80 letters, digits, spaces, dots, hyphens or underscores.")
    if write_key(connection, name) is not None:
        raise KeyNameError(f"There is a key named {name!r} already; choose another name.")
    key = _new_key(kind)
    add_write_key(connection, _row(name, kind, key, now))
    return key


def renew_key(connection: Connection, name: str, kind: KeyKind, now: datetime) -> str:
    """Make a key under a name that the house itself uses, in place of the one before."""
    key = _new_key(kind)
    replace_write_key(connection, _row(name, kind, key, now))
    return key


def revoke_key(connection: Connection, name: str, now: datetime) -> None:
    """End a key.

    Raises
    ------
    KeyNameError
        No valid key has this name.
    """
    if not revoke_write_key(connection, name, now):
        raise KeyNameError(f"There is no valid key named {name!r}; see `rapport keys list`.")


def keys_listed(connection: Connection) -> list[WriteKeyRow]:
    """Give all keys by name, revoked ones among them."""
    return write_keys_by_name(connection)


def _new_key(kind: KeyKind) -> str:
    return f"{'pk' if kind == 'page' else 'sk'}_{secrets.token_urlsafe(_BYTES)}"


def _row(name: str, kind: KeyKind, key: str, now: datetime) -> WriteKeyRow:
    return WriteKeyRow(name=name, key_hash=hashlib.sha256(key.encode()).hexdigest(), kind=kind, created_at=now)
