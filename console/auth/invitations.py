"""Invitation links: signed, dated, and spent once a password was chosen with them."""

from __future__ import annotations

import hashlib
from datetime import datetime

import jwt
from sqlalchemy import Connection

from console.config import ConsoleConfig
from store.repositories.agents import Agent, agent_by_id

_AUDIENCE = "rapport-console-invitation"


def invitation_for(config: ConsoleConfig, agent: Agent) -> str:
    """Sign a token with which this agent may choose a password, once."""
    now = config.clock()
    claims = {"aud": _AUDIENCE, "sub": agent.agent_id, "exp": now + config.invitation, "mark": _mark(agent)}
    return jwt.encode(claims, config.key, algorithm="HS256")


def invited_agent(config: ConsoleConfig, connection: Connection, token: str) -> Agent | None:
    """Give whom a token invites; None where it is forged, too old, spent, or the agent is disabled."""
    required = ["aud", "sub", "exp", "mark"]
    try:
        claims = jwt.decode(
            token, config.key, algorithms=["HS256"], audience=_AUDIENCE,
            options={"require": required, "verify_exp": False},
        )  # fmt: skip
    except jwt.InvalidTokenError:
        return None
    # Compared here and not by the library, so that it is the console's clock that counts.
    if datetime.fromtimestamp(int(claims["exp"]), tz=config.clock().tzinfo) < config.clock():
        return None
    agent = agent_by_id(connection, str(claims["sub"]))
    if agent is None or agent.disabled_at is not None or claims["mark"] != _mark(agent):
        return None
    return agent


def _mark(agent: Agent) -> str:
    """A trace of the present password: once it changes, the link is spent."""
    return hashlib.sha256(f"{agent.agent_id}:{agent.password_hash}".encode()).hexdigest()[:16]
