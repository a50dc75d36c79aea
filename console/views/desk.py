"""Take over, answer, give back."""

from __future__ import annotations

from collections.abc import Awaitable
from typing import Any

from aiohttp import web

from console.keys import CONFIG, DESK
from console.queries.inbox import inbox_entry
from console.threads import reading, writing
from console.views.conversations import composer_of
from console.views.respond import field, me, page, see
from store.repositories import audit

#: As long as a customer's own message may be.
LONGEST = 4000


async def take_over(request: web.Request) -> web.Response:
    """POST: the agent becomes the owner."""
    conversation_id, agent = request.match_info["conversation_id"], me(request)
    call = request.app[DESK].take_over(conversation_id, agent.agent_id, agent.name)
    return await _at_desk(request, "took_over", call)


async def give_back(request: web.Request) -> web.Response:
    """POST: the bot becomes the owner again."""
    call = request.app[DESK].give_back(request.match_info["conversation_id"], me(request).agent_id)
    return await _at_desk(request, "gave_back", call)


async def answer(request: web.Request) -> web.Response:
    """POST: sends the agent's message; the browser's id for it makes a repeat harmless."""
    conversation_id, agent = request.match_info["conversation_id"], me(request)
    text = await field(request, "text", limit=LONGEST + 1)
    client_message_id = await field(request, "client_message_id", limit=64)
    fault = None
    if not text:
        fault = "Write an answer first."
    elif len(text) > LONGEST:
        fault = f"This answer is longer than {LONGEST} characters. Send it in two."
    elif len(client_message_id) < 8:
        fault = "This page is out of date. Reload it and try again."
    if fault:
        return await _rendered(request, fault=fault, status=422, text=text, client_message_id=client_message_id)
    call = request.app[DESK].answer(conversation_id, agent.agent_id, agent.name, client_message_id, text)
    return await _at_desk(request, "answered", call, text=text, client_message_id=client_message_id)


async def _at_desk(request: web.Request, action: str, call: Awaitable[None], **typed: str) -> web.Response:
    """Wait for the desk, note what was done, and show the result; `typed` is shown again where the desk refuses."""
    try:
        await call
    except LookupError as error:
        raise web.HTTPNotFound(text="There is no such conversation. It may have been erased.") from error
    except (PermissionError, ValueError) as error:
        return await _rendered(request, fault=str(error), status=409, **typed)
    now, agent_id, conversation_id = (
        request.app[CONFIG].clock(),
        me(request).agent_id,
        request.match_info["conversation_id"],
    )
    await writing(
        request,
        lambda connection: audit.note(connection, action, now, agent_id=agent_id, conversation_id=conversation_id),
    )
    if "HX-Request" not in request.headers:
        return see(f"/console/conversations/{conversation_id}")
    return await _rendered(request)


async def _rendered(request: web.Request, *, fault: str | None = None, status: int = 200, **typed: str) -> web.Response:
    conversation_id = request.match_info["conversation_id"]
    entry = await reading(request, lambda connection: inbox_entry(connection, conversation_id))
    if entry is None:
        raise web.HTTPNotFound(text="There is no such conversation. It may have been erased.")
    context: dict[str, Any] = {**composer_of(request, entry), **typed}
    if fault and "HX-Request" not in request.headers:
        return page(request, "error.html", status=status, message=fault, title="That did not work")
    # htmx swaps nothing in on an error status, and the agent has to read why.
    return page(request, "parts/head.html", entry=entry, with_composer=True, fault=fault, **context)
