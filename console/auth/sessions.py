"""Sessions: an opaque cookie, a row with its hash, an end when idle and an end in any case."""

from __future__ import annotations

from datetime import datetime, timedelta

from aiohttp import web
from sqlalchemy import Connection

from console.auth.tokens import hash_of, new_token
from console.config import ConsoleConfig
from store.repositories import agents
from store.repositories.agents import AgentSession

COOKIE = "rapport_sid"
#: A session's last use is written down at most this often, so that reading pages does not mean writing rows.
_NOTED_EVERY = timedelta(minutes=1)


def begin(connection: Connection, agent_id: str, now: datetime, *, instead_of: str | None) -> str:
    """Begin a session and give the cookie's value; the browser's earlier session, if any, ends (rotation)."""
    if instead_of:
        agents.end_session(connection, hash_of(instead_of))
    token = new_token()
    agents.add_session(connection, token_hash=hash_of(token), agent_id=agent_id, csrf_token=new_token(), now=now)
    return token


def find(connection: Connection, config: ConsoleConfig, token: str) -> AgentSession | None:
    """Give the session behind a cookie; None where there is none, it is over, or its agent is disabled."""
    session = agents.session_by_hash(connection, hash_of(token))
    if session is None or session.agent.disabled_at is not None:
        return None
    now = config.clock()
    over = now - session.last_seen_at > config.idle or now - session.created_at > config.absolute
    return None if over else session


def needs_noting(config: ConsoleConfig, session: AgentSession) -> bool:
    """Whether the session's last use should be written down again."""
    return config.clock() - session.last_seen_at > _NOTED_EVERY


def forget_old(connection: Connection, config: ConsoleConfig) -> None:
    """Delete the rows of sessions that are over."""
    now = config.clock()
    agents.end_sessions_before(connection, seen_before=now - config.idle, created_before=now - config.absolute)


def set_cookie(response: web.StreamResponse, config: ConsoleConfig, token: str) -> None:
    """Hand the session to the browser, out of reach of scripts and of other sites' forms."""
    response.set_cookie(
        COOKIE, token, path="/console", httponly=True, samesite="Lax", secure=config.secure_cookies,
        max_age=int(config.absolute.total_seconds()),
    )  # fmt: skip


def drop_cookie(response: web.StreamResponse) -> None:
    """Take the cookie back."""
    response.del_cookie(COOKIE, path="/console")
