"""Choosing a password: the first admin's, an invited person's, one's own anew."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass

from aiohttp import web
from sqlalchemy import Connection

from console.auth import passwords, sessions
from console.auth.emails import looks_like_email
from console.auth.invitations import invited_agent
from console.auth.setup import make_first_admin, token_is_good
from console.keys import CONFIG
from console.threads import reading, writing
from console.views.respond import field, me, page, see
from store.repositories import agents, audit
from store.repositories.agents import Agent

_SPENT_SETUP = "This link was used already, or is older than a day. Make a new one with `rapport admin-token`."
_SPENT_INVITATION = "This link was used already, or is too old. Ask an admin for a new one."


@dataclass(frozen=True, slots=True)
class _Wish:
    email: str
    name: str
    password: str
    repeated: str

    def fault(self) -> str | None:
        if not looks_like_email(self.email):
            return "Write an e-mail address such as ana@example.com."
        if not self.name:
            return "Write the name that customers will see."
        if self.password != self.repeated:
            return "The two passwords differ. Type them again."
        return passwords.fault_of(self.password, email=self.email, name=self.name)


async def _wish(request: web.Request, known: Agent | None = None) -> _Wish:
    form = await request.post()
    typed = [str(form.get(name, "")) for name in ("password", "repeated")]
    email = known.email if known else (await field(request, "email")).lower()
    return _Wish(email, known.name if known else await field(request, "name", limit=80), *typed)


async def show_setup(request: web.Request) -> web.Response:
    """GET: the first admin's form, for who has the one-time token."""
    token, now = request.query.get("token", ""), request.app[CONFIG].clock()
    if not await reading(request, lambda connection: token_is_good(connection, token, now)):
        return page(request, "link_spent.html", status=403, fault=_SPENT_SETUP)
    return page(request, "setup.html", token=token)


async def setup(request: web.Request) -> web.Response:
    """POST: makes the first admin and signs her in."""
    config = request.app[CONFIG]
    token, wish, now = await field(request, "token"), await _wish(request), config.clock()
    fault = wish.fault()
    if fault:
        return page(request, "setup.html", status=422, token=token, fault=fault, wish=wish)
    password_hash = await asyncio.to_thread(passwords.hash_password, wish.password)

    def make(connection: Connection) -> str | None:
        agent_id = make_first_admin(
            connection, token, email=wish.email, name=wish.name, password_hash=password_hash, now=now
        )
        return agent_id and sessions.begin(connection, agent_id, now, instead_of=None)

    cookie = await writing(request, make)
    if cookie is None:
        return page(request, "link_spent.html", status=403, fault=_SPENT_SETUP)
    response = see("/console/conversations")
    sessions.set_cookie(response, config, cookie)
    return response


async def show_invitation(request: web.Request) -> web.Response:
    """GET: the form of an invited person."""
    config, token = request.app[CONFIG], request.query.get("token", "")
    agent = await reading(request, lambda connection: invited_agent(config, connection, token))
    if agent is None:
        return page(request, "link_spent.html", status=403, fault=_SPENT_INVITATION)
    return page(request, "invitation.html", token=token, invited=agent)


async def accept_invitation(request: web.Request) -> web.Response:
    """POST: sets the password of who was invited, ends her other sessions and signs her in."""
    config, now = request.app[CONFIG], request.app[CONFIG].clock()
    token = await field(request, "token", limit=2000)
    agent = await reading(request, lambda connection: invited_agent(config, connection, token))
    if agent is None:
        return page(request, "link_spent.html", status=403, fault=_SPENT_INVITATION)
    wish = await _wish(request, agent)
    fault = wish.fault()
    if fault:
        return page(request, "invitation.html", status=422, token=token, invited=agent, fault=fault)
    password_hash = await asyncio.to_thread(passwords.hash_password, wish.password)

    def accept(connection: Connection) -> str | None:
        # Looked at again inside the transaction: a link is spent once, however many use it at the same moment.
        again = invited_agent(config, connection, token)
        if again is None:
            return None
        _set_password(connection, again, password_hash)
        audit.note(connection, "invitation_accepted", now, agent_id=again.agent_id)
        return sessions.begin(connection, again.agent_id, now, instead_of=None)

    cookie = await writing(request, accept)
    if cookie is None:
        return page(request, "link_spent.html", status=403, fault=_SPENT_INVITATION)
    response = see("/console/conversations")
    sessions.set_cookie(response, config, cookie)
    return response


async def show_account(request: web.Request) -> web.Response:
    """GET: one's own account."""
    return page(request, "account.html", done=request.query.get("done") == "1")


async def change_password(request: web.Request) -> web.Response:
    """POST: a new password for oneself; every session but this browser's ends, and this one gets a new cookie."""
    config, now, agent = request.app[CONFIG], request.app[CONFIG].clock(), me(request)
    wish, present = await _wish(request, agent), str((await request.post()).get("present", ""))
    if not await asyncio.to_thread(passwords.matches, agent.password_hash, present):
        return page(request, "account.html", status=422, fault="Your present password is another one. Type it again.")
    fault = wish.fault()
    if fault:
        return page(request, "account.html", status=422, fault=fault)
    password_hash = await asyncio.to_thread(passwords.hash_password, wish.password)

    def change(connection: Connection) -> str:
        _set_password(connection, agent, password_hash)
        audit.note(connection, "password_changed", now, agent_id=agent.agent_id)
        return sessions.begin(connection, agent.agent_id, now, instead_of=None)

    response = see("/console/account?done=1")
    sessions.set_cookie(response, config, await writing(request, change))
    return response


def _set_password(connection: Connection, agent: Agent, password_hash: str) -> None:
    agents.change_agent(connection, agent.agent_id, password_hash=password_hash)
    agents.end_sessions_of(connection, agent.agent_id)
