"""People of the shop who sign in to the console, their sessions, and the one-time token that makes the first admin."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Literal

from sqlalchemy import Connection, Row, delete, func, insert, select, update

from store.tables import agent_sessions, agents, setup_tokens

Role = Literal["admin", "agent"]

#: The password hash of somebody who was invited and has chosen none yet; no password matches it.
NO_PASSWORD = "!"  # noqa: S105 - the absence of one


@dataclass(frozen=True, slots=True, kw_only=True)
class Agent:
    """One person; `email` is lower case, `password_hash` is argon2id's, or `NO_PASSWORD`."""

    agent_id: str
    email: str
    name: str
    role: Role
    password_hash: str = field(repr=False)
    created_at: datetime
    disabled_at: datetime | None = None

    @property
    def has_password(self) -> bool:
        """Whether the invitation was accepted."""
        return self.password_hash != NO_PASSWORD


@dataclass(frozen=True, slots=True, kw_only=True)
class AgentSession:
    """A signed-in browser; the cookie's value itself is never stored, only its SHA-256."""

    token_hash: str = field(repr=False)
    csrf_token: str = field(repr=False)
    created_at: datetime
    last_seen_at: datetime
    agent: Agent


def add_agent(connection: Connection, agent: Agent) -> None:
    """Write a new agent; `IntegrityError` where the e-mail address is taken."""
    values = {name: getattr(agent, name) for name in Agent.__slots__}
    connection.execute(insert(agents).values(**values))


def agent_by_email(connection: Connection, email: str) -> Agent | None:
    """Give the agent with this (lower-case) address."""
    found = connection.execute(select(agents).where(agents.c.email == email)).first()
    return None if found is None else _agent(found)


def agent_by_id(connection: Connection, agent_id: str) -> Agent | None:
    """Give one agent."""
    found = connection.execute(select(agents).where(agents.c.agent_id == agent_id)).first()
    return None if found is None else _agent(found)


def all_agents(connection: Connection) -> list[Agent]:
    """Give everybody, by name; the disabled ones last."""
    query = select(agents).order_by(agents.c.disabled_at.is_not(None), func.lower(agents.c.name))
    return [_agent(row) for row in connection.execute(query)]


def count_working_admins(connection: Connection) -> int:
    """Count the admins who can sign in."""
    working = (agents.c.role == "admin") & agents.c.disabled_at.is_(None) & (agents.c.password_hash != NO_PASSWORD)
    return connection.execute(select(func.count()).select_from(agents).where(working)).scalar_one()


def change_agent(connection: Connection, agent_id: str, **values: Any) -> None:
    """Change some columns of one agent (role, password_hash, disabled_at, name)."""
    connection.execute(update(agents).where(agents.c.agent_id == agent_id).values(**values))


def add_session(connection: Connection, *, token_hash: str, agent_id: str, csrf_token: str, now: datetime) -> None:
    """Write a session that begins now."""
    times = {"created_at": now, "last_seen_at": now}
    row = {"token_hash": token_hash, "agent_id": agent_id, "csrf_token": csrf_token, **times}
    connection.execute(insert(agent_sessions).values(**row))


def session_by_hash(connection: Connection, token_hash: str) -> AgentSession | None:
    """Give a session together with its agent, however old either is."""
    found = connection.execute(select(agent_sessions).where(agent_sessions.c.token_hash == token_hash)).first()
    agent = None if found is None else agent_by_id(connection, found.agent_id)
    if found is None or agent is None:
        return None
    return AgentSession(
        token_hash=found.token_hash,
        csrf_token=found.csrf_token,
        created_at=found.created_at,
        last_seen_at=found.last_seen_at,
        agent=agent,
    )


def touch_session(connection: Connection, token_hash: str, now: datetime) -> None:
    """Note that the session was used."""
    connection.execute(update(agent_sessions).where(agent_sessions.c.token_hash == token_hash).values(last_seen_at=now))


def end_session(connection: Connection, token_hash: str) -> None:
    """Forget one session."""
    connection.execute(delete(agent_sessions).where(agent_sessions.c.token_hash == token_hash))


def end_sessions_of(connection: Connection, agent_id: str) -> None:
    """Forget all sessions of an agent, on every device."""
    connection.execute(delete(agent_sessions).where(agent_sessions.c.agent_id == agent_id))


def end_sessions_before(connection: Connection, *, seen_before: datetime, created_before: datetime) -> None:
    """Forget the sessions that were last used, or begun, before these moments."""
    old = (agent_sessions.c.last_seen_at < seen_before) | (agent_sessions.c.created_at < created_before)
    connection.execute(delete(agent_sessions).where(old))


def add_setup_token(connection: Connection, token_hash: str, now: datetime) -> None:
    """Write a new one-time token; earlier unused ones are forgotten."""
    connection.execute(delete(setup_tokens).where(setup_tokens.c.used_at.is_(None)))
    connection.execute(insert(setup_tokens).values(token_hash=token_hash, created_at=now))


def setup_token_made_at(connection: Connection, token_hash: str) -> datetime | None:
    """Give when an unused token was made; None for an unknown or used one."""
    known = (setup_tokens.c.token_hash == token_hash) & setup_tokens.c.used_at.is_(None)
    found = connection.execute(select(setup_tokens.c.created_at).where(known)).first()
    return None if found is None else found.created_at


def use_setup_token(connection: Connection, token_hash: str, now: datetime) -> bool:
    """Use a token up; False where somebody else did already."""
    known = (setup_tokens.c.token_hash == token_hash) & setup_tokens.c.used_at.is_(None)
    return connection.execute(update(setup_tokens).where(known).values(used_at=now)).rowcount == 1


def _agent(found: Row[Any]) -> Agent:
    return Agent(**found._asdict())
