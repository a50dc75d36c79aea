"""Note that a complaint or a request beside a conversation is dealt with."""

from __future__ import annotations

import asyncio

from aiohttp import web

from analytics.facade import AnalyticsUnavailable
from console.keys import ANALYTICS, CONFIG
from console.queries.inbox import inbox_entry
from console.queries.profile import ProfilePanel, profile_panel, settle
from console.threads import reading, writing
from console.views.respond import field, me, page, see
from store.repositories import audit


async def settle_one(request: web.Request) -> web.Response:
    """POST: settles what `id` names, if it belongs to this conversation's customer; shows the panel anew."""
    conversation_id, open_id = request.match_info["conversation_id"], await field(request, "id", limit=64)
    entry = await reading(request, lambda connection: inbox_entry(connection, conversation_id))
    if entry is None:
        raise web.HTTPNotFound(text="There is no such conversation. It may have been erased.")
    analytics = request.app[ANALYTICS]

    def work() -> tuple[bool, ProfilePanel]:
        before = profile_panel(analytics, entry.customer_id, conversation_id)
        settled = settle(analytics, before, open_id)
        return settled, profile_panel(analytics, entry.customer_id, conversation_id)

    try:
        settled, panel = await asyncio.to_thread(work)
    except AnalyticsUnavailable as error:
        raise web.HTTPServiceUnavailable(text=str(error)) from error
    if settled:
        now, agent_id = request.app[CONFIG].clock(), me(request).agent_id
        await writing(
            request,
            lambda connection: audit.note(
                connection, "settled", now, agent_id=agent_id, conversation_id=conversation_id
            ),
        )
    if "HX-Request" not in request.headers:
        return see(f"/console/conversations/{conversation_id}")
    return page(request, "parts/profile.html", entry=entry, panel=panel)
