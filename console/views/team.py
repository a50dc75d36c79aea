"""Who works here: admins add people, change roles, disable and enable."""

from __future__ import annotations

import uuid
from typing import Any

from aiohttp import web
from sqlalchemy import Connection

from console.auth.emails import looks_like_email
from console.auth.invitations import invitation_for
from console.keys import CONFIG
from console.threads import reading, writing
from console.views.respond import field, me, page, see
from store.repositories import agents, audit
from store.repositories.agents import NO_PASSWORD, Agent


async def show_team(request: web.Request, *, status: int = 200, **context: Any) -> web.Response:
    """GET: everybody, and the form to add one."""
    people = await reading(request, agents.all_agents)
    return page(request, "team.html", status=status, people=people, **context)


async def add_person(request: web.Request) -> web.Response:
    """POST: adds somebody, and shows the invitation link to pass on."""
    now = request.app[CONFIG].clock()
    email, name = (await field(request, "email")).lower(), await field(request, "name", limit=80)
    if not looks_like_email(email) or not name:
        fault = "Write a name, and an e-mail address such as ana@example.com."
        return await show_team(request, status=422, fault=fault, name=name, email=email)
    agent = Agent(
        agent_id=str(uuid.uuid4()), email=email, name=name, created_at=now, password_hash=NO_PASSWORD,
        role="admin" if await field(request, "role") == "admin" else "agent",
    )  # fmt: skip
    by = me(request).agent_id

    def add(connection: Connection) -> bool:
        if agents.agent_by_email(connection, email) is not None:
            return False
        agents.add_agent(connection, agent)
        details = {"agent_id": agent.agent_id, "name": agent.name, "role": agent.role}
        audit.note(connection, "agent_added", now, agent_id=by, details=details)
        return True

    if not await writing(request, add):
        fault = "Somebody with this e-mail address is in the team already."
        return await show_team(request, status=422, fault=fault, name=name, email=email)
    return await show_team(request, invited=agent, link=_link(request, agent))


async def invite_again(request: web.Request) -> web.Response:
    """POST: shows a new invitation link, also for who lost her password."""
    agent = await _person(request)
    if agent.disabled_at is not None:
        return await show_team(request, status=422, fault=f"{agent.name} is disabled. Enable this person first.")
    await _note(request, "agent_invited", agent)
    return await show_team(request, invited=agent, link=_link(request, agent))


async def change_role(request: web.Request) -> web.Response:
    """POST: makes an agent an admin, or an admin an agent."""
    agent, role = await _person(request), await field(request, "role")
    if role not in ("admin", "agent"):
        return await show_team(request, status=422, fault="Choose one of the roles admin and agent.")
    return await _change(request, agent, "role_changed", {"role": role})


async def disable(request: web.Request) -> web.Response:
    """POST: signs somebody out everywhere, for good."""
    return await _change(
        request, await _person(request), "agent_disabled", {"disabled_at": request.app[CONFIG].clock()}
    )


async def enable(request: web.Request) -> web.Response:
    """POST: lets somebody in again."""
    return await _change(request, await _person(request), "agent_enabled", {"disabled_at": None})


async def show_audit(request: web.Request) -> web.Response:
    """GET: who did what, newest first."""
    before = request.query.get("before", "")
    last = int(before) if before.isdecimal() and len(before) < 12 else None
    rows = await reading(request, lambda connection: audit.latest(connection, 100, before=last))
    return page(request, "audit.html", rows=rows)


async def _change(request: web.Request, agent: Agent, action: str, values: dict[str, Any]) -> web.Response:
    now, by = request.app[CONFIG].clock(), me(request).agent_id

    def change(connection: Connection) -> bool:
        agents.change_agent(connection, agent.agent_id, **values)
        if agents.count_working_admins(connection) == 0:
            connection.rollback()
            return False
        if values.get("disabled_at"):
            agents.end_sessions_of(connection, agent.agent_id)
        details = {"agent_id": agent.agent_id, "name": agent.name}
        details |= {"role": values["role"]} if "role" in values else {}
        audit.note(connection, action, now, agent_id=by, details=details)
        return True

    if not await writing(request, change):
        fault = "This is the last admin. Make somebody else an admin first."
        return await show_team(request, status=422, fault=fault)
    return see("/console/team")


async def _person(request: web.Request) -> Agent:
    agent_id = request.match_info["agent_id"]
    agent = await reading(request, lambda connection: agents.agent_by_id(connection, agent_id))
    if agent is None:
        raise web.HTTPNotFound(text="There is nobody of this id in the team.")
    return agent


async def _note(request: web.Request, action: str, agent: Agent) -> None:
    now, by = request.app[CONFIG].clock(), me(request).agent_id
    details = {"agent_id": agent.agent_id, "name": agent.name}
    await writing(request, lambda connection: audit.note(connection, action, now, agent_id=by, details=details))


def _link(request: web.Request, agent: Agent) -> str:
    config = request.app[CONFIG]
    scheme = "https" if config.secure_cookies else request.scheme
    return f"{scheme}://{config.public_host or request.host}/console/invitation?token={invitation_for(config, agent)}"
