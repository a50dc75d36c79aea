"""Signing in and out."""

from __future__ import annotations

import asyncio

from aiohttp import web
from sqlalchemy import Connection

from console.auth import passwords, sessions
from console.auth.setup import needs_first_admin
from console.keys import CONFIG, SESSION, THROTTLE
from console.threads import reading, writing
from console.views.respond import field, me, page, see
from store.repositories import agents, audit

#: The same words for an unknown address, a wrong password and a disabled person: nothing to learn from them.
_WRONG = "E-mail address and password do not match. Check both and try again."
_TOO_OFTEN = "Too many attempts. Wait a few minutes and try again."


async def show_sign_in(request: web.Request) -> web.Response:
    """GET: the form."""
    nobody_yet = await reading(request, needs_first_admin)
    return page(request, "sign_in.html", nobody_yet=nobody_yet)


async def sign_in(request: web.Request) -> web.Response:
    """POST: e-mail address and password; begins a session with a fresh cookie."""
    email = (await field(request, "email")).lower()
    # A password is taken as it was typed: not trimmed, not shortened to something that would fit.
    typed = (await request.post()).get("password", "")
    password = typed if isinstance(typed, str) and len(typed) <= passwords.LONGEST else ""
    config, throttle = request.app[CONFIG], request.app[THROTTLE]
    address = config.client_address(request)
    if not throttle.allows(address, email):
        return page(request, "sign_in.html", status=429, fault=_TOO_OFTEN, email=email)
    agent = await reading(request, lambda connection: agents.agent_by_email(connection, email))
    known_hash = None if agent is None or agent.disabled_at is not None else agent.password_hash
    now = config.clock()
    if not await asyncio.to_thread(passwords.matches, known_hash, password) or agent is None:
        agent_id = None if agent is None else agent.agent_id
        await writing(request, lambda connection: audit.note(connection, "sign_in_failed", now, agent_id=agent_id))
        return page(request, "sign_in.html", status=401, fault=_WRONG, email=email)
    throttle.forgive(address, email)
    earlier, agent_id = request.cookies.get(sessions.COOKIE), agent.agent_id

    def begin(connection: Connection) -> str:
        sessions.forget_old(connection, config)
        audit.note(connection, "signed_in", now, agent_id=agent_id)
        return sessions.begin(connection, agent_id, now, instead_of=earlier)

    response = see("/console/conversations")
    sessions.set_cookie(response, config, await writing(request, begin))
    return response


async def sign_out(request: web.Request) -> web.Response:
    """POST: ends the session here."""
    now, token_hash, agent_id = request.app[CONFIG].clock(), request[SESSION].token_hash, me(request).agent_id

    def end(connection: Connection) -> None:
        agents.end_session(connection, token_hash)
        audit.note(connection, "signed_out", now, agent_id=agent_id)

    await writing(request, end)
    response = see("/console/sign-in")
    sessions.drop_cookie(response)
    return response
