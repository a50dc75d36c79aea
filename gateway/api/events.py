"""`POST /v1/identify`, `/v1/track`, `/v1/page`, `/v1/batch`: trackers' events, after the Segment HTTP spec.

A batch is taken as a whole in one transaction; events at fault are told and left out, and do not spoil the others. What
was answered with 200 is on disk. The same message id again changes nothing.
"""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime
from typing import Any

from aiohttp import web
from pydantic import BaseModel
from pydantic_core import from_json

from analytics.event_records import LONGEST_BATCH, Fault, Source, Taken
from analytics.event_service import EventService, EventsRefused
from gateway.addresses import client_address, networks, origin_is_allowed
from gateway.api.envelope import ApiError, ok
from gateway.api.event_keys import KeyRing, key_of_header
from gateway.config import GatewayConfig
from gateway.limits import Buckets
from gateway.store_thread import StoreThread

#: {path after /v1/: type of its events}; None for a batch. The short ones are those of Segment's own browser tracker.
PATHS: dict[str, str | None] = {
    "identify": "identify", "i": "identify",
    "track": "track", "t": "track",
    "page": "page", "p": "page",
    "alias": "alias", "a": "alias",
    "group": "group", "g": "group",
    "screen": "screen", "s": "screen",
    "batch": None, "b": None, "import": None,
}  # fmt: skip
#: Bodies up to this size are read at once; larger ones beside the conversations, which must not wait.
_QUICK = 8 * 1024
_MOST_FAULTS = 100


class EventFaultView(BaseModel):
    """An event that was refused, or a note on one that was kept; `index` is its place in the batch."""

    index: int
    messageId: str | None  # noqa: N815 (as the Segment spec spells it)
    code: str
    message: str
    field: str | None = None


class EventsTaken(BaseModel):
    """What became of a call: events written now, written before, of a type that is not kept, at fault.

    The first 100 faults are told in `errors`; `notes` tells of events that were kept though not all could be done.
    """

    kept: int
    duplicates: int
    left_out: int
    refused: int
    errors: list[EventFaultView]
    notes: list[EventFaultView]


class EventEndpoints:
    """Serves trackers.

    Parameters
    ----------
    config : allowed origins, trusted proxies, rates.
    store : the writer.
    service : reads and works events in.
    """

    def __init__(self, config: GatewayConfig, store: StoreThread, service: EventService) -> None:
        self._config = config
        self._store = store
        self._service = service
        self._keys = KeyRing(store, service)
        self._trusted = networks(config.trusted_proxies)
        self._calls = Buckets(config.event_call_rate, config.event_call_burst)

    def add_to(self, router: web.UrlDispatcher) -> None:
        """Add the paths."""
        for path in PATHS:
            router.add_post(f"/v1/{path}", self.take)
            router.add_options(f"/v1/{path}", self.preflight)

    async def preflight(self, request: web.Request) -> web.Response:
        """Answer a browser that asks whether a page of the shop may send events."""
        headers = self._sharing(request)
        headers["Access-Control-Allow-Methods"] = "POST"
        headers["Access-Control-Allow-Headers"] = "Authorization, Content-Type"
        headers["Access-Control-Max-Age"] = "86400"
        return web.Response(status=204, headers=headers)

    async def take(self, request: web.Request) -> web.Response:
        """Take one call. Its errors carry the headers that let the sending page read them."""
        headers = self._sharing(request)
        try:
            response = await self._taken(request)
        except ApiError as error:
            error.headers.update(headers)
            raise
        response.headers.update(headers)
        return response

    async def _taken(self, request: web.Request) -> web.Response:
        address = client_address(request, self._trusted)
        if not self._calls.allows(address):
            raise ApiError(429, "too_fast", "Too many calls from your network. Send batches, or try again later.")
        body = await _body(request)
        source = await self._keys.source_of(key_of_header(request) or _key_of_body(body))
        if source is None:
            self._calls.take(address)
            raise ApiError(401, "bad_key", "No valid write key: send it as the user name of HTTP basic authentication.")
        if source.kind == "page":
            self._calls.take(address)
        taken = await self._work_in(body, PATHS[request.path.rpartition("/")[2]], source)
        return ok(_view(taken).model_dump())

    async def _work_in(self, body: bytes, kind: str | None, source: Source) -> Taken:
        arguments = (body, kind, source, datetime.now(UTC))
        try:
            if len(body) <= _QUICK:
                call = self._service.read(*arguments)
            else:
                call = await asyncio.to_thread(self._service.read, *arguments)
        except EventsRefused as refusal:
            status = 413 if refusal.code == "too_large" else 400
            raise ApiError(status, refusal.code, str(refusal), refusal.field) from None
        if not call.events:
            return Taken(refused=call.refused, left_out=call.left_out)
        return await self._store.run(lambda connection: self._service.take(connection, call))

    def _sharing(self, request: web.Request) -> dict[str, str]:
        origin = request.headers.get("Origin")
        if not origin_is_allowed(request, self._config.allowed_origins):
            raise ApiError(
                403, "forbidden", "This page may not send events; add its origin to RAPPORT_ALLOWED_ORIGINS."
            )
        return {} if origin is None else {"Access-Control-Allow-Origin": origin, "Vary": "Origin"}


async def _body(request: web.Request) -> bytes:
    """Read the body, far larger than other requests may be."""
    body = bytearray()
    async for chunk in request.content.iter_any():
        body += chunk
        if len(body) > LONGEST_BATCH:
            raise ApiError(413, "too_large", f"A call may have {LONGEST_BATCH // 1024} KB; send smaller batches.")
    return bytes(body)


def _key_of_body(body: bytes) -> str | None:
    """Give the key of a browser's tracker, which sends it in the body."""
    if b'"writeKey"' not in body:
        return None
    try:
        told: Any = from_json(body)
    except ValueError:
        return None
    key = told.get("writeKey") if isinstance(told, dict) else None
    return key if isinstance(key, str) else None


def _view(taken: Taken) -> EventsTaken:
    return EventsTaken(
        kept=taken.kept,
        duplicates=taken.duplicates,
        left_out=taken.left_out,
        refused=len(taken.refused),
        errors=[_fault(fault) for fault in taken.refused[:_MOST_FAULTS]],
        notes=[_fault(fault) for fault in taken.notes[:_MOST_FAULTS]],
    )


def _fault(fault: Fault) -> EventFaultView:
    return EventFaultView(
        index=fault.index, messageId=fault.message_id, code=fault.code, message=fault.message, field=fault.field
    )
