"""The live stream: server-sent events that tell open pages what to fetch anew. It carries ids, never text."""

from __future__ import annotations

import asyncio
import json
from contextlib import suppress
from typing import Any

from aiohttp import web

from console.auth import sessions
from console.keys import CONFIG, FEED, SESSION
from console.live import END, Queue
from console.threads import reading


async def stream(request: web.Request) -> web.StreamResponse:
    """GET: events until the browser leaves or the session ends."""
    config = request.app[CONFIG]
    response = web.StreamResponse(
        headers={"Content-Type": "text/event-stream", "Cache-Control": "no-store", "X-Accel-Buffering": "no"}
    )
    await response.prepare(request)
    # A browser that leaves is noticed when something is written to it; that is its right, not a fault.
    with request.app[FEED].listening() as queue, suppress(ConnectionResetError):
        await response.write(b"retry: 2000\n\n")
        while True:
            event = await _next(queue, config.heartbeat)
            if event is END:
                break
            if event is None and not await _still_signed_in(request):
                await response.write(b"event: signed-out\ndata: {}\n\n")
                break
            await response.write(b": still here\n\n" if event is None else _encoded(event))
    return response


async def _next(queue: Queue, patience: float) -> dict[str, Any] | None:
    try:
        return await asyncio.wait_for(queue.get(), patience)
    except TimeoutError:
        return None


def _encoded(event: dict[str, Any]) -> bytes:
    told = {name: event[name] for name in ("kind", "conversation_id", "seq") if name in event}
    return f"data: {json.dumps(told)}\n\n".encode()


async def _still_signed_in(request: web.Request) -> bool:
    token, config = request.cookies.get(sessions.COOKIE, ""), request.app[CONFIG]
    session = await reading(request, lambda connection: sessions.find(connection, config, token))
    return session is not None and session.token_hash == request[SESSION].token_hash
