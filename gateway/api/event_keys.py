"""Who sends events: the write key of a call, looked up without telling by the time it takes how near a guess was."""

from __future__ import annotations

import asyncio
import hashlib
import hmac
import time
from base64 import b64decode
from binascii import Error as Base64Error
from collections.abc import Mapping

from aiohttp import web

from analytics.event_records import Source
from analytics.event_service import EventService
from gateway.store_thread import StoreThread

#: A revoked key is refused after so many seconds, a new one is known after `_NEW_KEYS` of them.
_FRESH_SECONDS = 5.0
_NEW_KEYS = 1.0
_LONGEST_KEY = 200


class KeyRing:
    """Knows the valid keys by their hashes; asks the database anew now and then."""

    def __init__(self, store: StoreThread, service: EventService) -> None:
        self._store = store
        self._service = service
        self._lock = asyncio.Lock()
        self._known: Mapping[str, Source] = {}
        self._looked_at = float("-inf")

    async def source_of(self, key: str | None) -> Source | None:
        """Give whose key it is; None for an unknown or revoked one."""
        if key is None or not 0 < len(key) <= _LONGEST_KEY:
            return None
        await self._look(_FRESH_SECONDS)
        found = self._find(key)
        if found is None:
            await self._look(_NEW_KEYS)
            found = self._find(key)
        return found

    def _find(self, key: str) -> Source | None:
        digest = hash_of(key)
        found = None
        for known, source in self._known.items():  # all of them, whichever it is
            if hmac.compare_digest(known, digest):
                found = source
        return found

    async def _look(self, after_seconds: float) -> None:
        async with self._lock:
            if time.monotonic() - self._looked_at > after_seconds:
                self._known = await self._store.run(self._service.sources)
                self._looked_at = time.monotonic()


def hash_of(key: str) -> str:
    """Give what is kept of a key."""
    return hashlib.sha256(key.encode("utf-8", "replace")).hexdigest()


def key_of_header(request: web.Request) -> str | None:
    """Give the key of an `Authorization` header: Basic with the key as user name, as Segment has it, or Bearer."""
    scheme, _, value = request.headers.get("Authorization", "").partition(" ")
    if scheme.lower() == "bearer":
        return value.strip() or None
    if scheme.lower() != "basic":
        return None
    try:
        return b64decode(value.strip(), validate=True).decode().partition(":")[0] or None
    except (Base64Error, ValueError):
        return None
