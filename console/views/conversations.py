"""The conversations page and the parts of it that refresh by themselves."""

from __future__ import annotations

import asyncio
import uuid
from typing import Any

from aiohttp import web
from sqlalchemy import Connection

from console.keys import ANALYTICS
from console.queries import inbox as inbox_query
from console.queries import transcript
from console.queries.inbox import SHOWS, InboxEntry, Show
from console.queries.profile import profile_panel
from console.queries.suggestions import suggestions_for
from console.threads import reading
from console.views.respond import me, page


def show_of(request: web.Request) -> Show:
    """Give the filter in the address; everything where there is none."""
    wanted = request.query.get("show", "all")
    return next((show for show in SHOWS if show == wanted), "all")


async def show_list(request: web.Request) -> web.Response:
    """GET: the list, with nothing opened."""
    return page(request, "conversations.html", **await _list(request), entry=None)


async def show_conversation(request: web.Request) -> web.Response:
    """GET: the list, one conversation, its customer."""
    conversation_id = request.match_info["conversation_id"]
    before = _number(request, "before")

    def read(connection: Connection) -> dict[str, Any]:
        entry = _entry(connection, conversation_id)
        return {"entry": entry, "lines": transcript.lines_before(connection, conversation_id, before)}

    listed, opened = await asyncio.gather(_list(request), reading(request, read))
    panel = await _panel(request, opened["entry"])
    return page(
        request, "conversations.html", **listed, **opened, **composer_of(request, opened["entry"]), panel=panel,
        page_length=transcript.PAGE, is_latest=before is None,
    )  # fmt: skip


async def show_list_part(request: web.Request) -> web.Response:
    """GET: the list anew."""
    return page(request, "parts/inbox.html", **await _list(request), opened=request.query.get("open"))


async def show_news(request: web.Request) -> web.Response:
    """GET: messages after `after`, and notes that came late to earlier ones; swapped in out of band."""
    conversation_id, after = request.match_info["conversation_id"], _number(request, "after") or 0

    def read(connection: Connection) -> dict[str, Any]:
        entry = _entry(connection, conversation_id)
        lines = transcript.lines_after(connection, conversation_id, after)
        return {"entry": entry, "lines": lines, "settled": transcript.unsettled(connection, conversation_id, after)}

    found = await reading(request, read)
    return page(request, "parts/news.html", **found, after=found["lines"][-1].seq if found["lines"] else after)


async def show_head(request: web.Request) -> web.Response:
    """GET: who owns it and how she feels; the composer too, where the owner is another than the page believes."""
    conversation_id = request.match_info["conversation_id"]
    entry = await reading(request, lambda connection: _entry(connection, conversation_id))
    composer = composer_of(request, entry)
    believed = request.query.get("composer")
    return page(request, "parts/head.html", entry=entry, **composer, with_composer=composer["composer"] != believed)


async def show_profile(request: web.Request) -> web.Response:
    """GET: the customer's panel anew."""
    conversation_id = request.match_info["conversation_id"]
    entry = await reading(request, lambda connection: _entry(connection, conversation_id))
    return page(request, "parts/profile.html", entry=entry, panel=await _panel(request, entry))


async def show_suggestions(request: web.Request) -> web.Response:
    """GET: what may be recommended to the conversation's customer, each to be put into the answer."""
    conversation_id = request.match_info["conversation_id"]
    entry = await reading(request, lambda connection: _entry(connection, conversation_id))
    suggested = await asyncio.to_thread(suggestions_for, request.app[ANALYTICS], entry.customer_id)
    return page(request, "parts/suggestions.html", suggested=suggested, writes=True)


def composer_of(request: web.Request, entry: InboxEntry) -> dict[str, Any]:
    """Say what stands below the transcript, and which id the next answer will have."""
    mine = entry.owner == "agent" and entry.agent_id == me(request).agent_id
    state = "mine" if mine else f"{entry.owner}:{entry.agent_id or ''}"
    return {"composer": state, "client_message_id": str(uuid.uuid4())}


async def _list(request: web.Request) -> dict[str, Any]:
    show, agent_id = show_of(request), me(request).agent_id

    def read(connection: Connection) -> dict[str, Any]:
        entries = inbox_query.inbox(connection, show, agent_id)
        return {"entries": entries, "counts": inbox_query.counts(connection, agent_id), "show": show}

    return await reading(request, read)


async def _panel(request: web.Request, entry: InboxEntry) -> Any:
    return await asyncio.to_thread(profile_panel, request.app[ANALYTICS], entry.customer_id, entry.conversation_id)


def _entry(connection: Connection, conversation_id: str) -> InboxEntry:
    entry = inbox_query.inbox_entry(connection, conversation_id)
    if entry is None:
        raise web.HTTPNotFound(text="There is no such conversation. It may have been erased.")
    return entry


def _number(request: web.Request, name: str) -> int | None:
    text = request.query.get(name, "")
    return int(text) if text.isdecimal() and len(text) < 10 else None
