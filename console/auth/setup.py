"""The first admin: a one-time token, printed by the command line, opens the page where she chooses her password."""

from __future__ import annotations

import uuid
from datetime import datetime, timedelta

from sqlalchemy import Connection

from console.auth.tokens import hash_of, new_token
from store.repositories import agents, audit

#: How long the printed address is good for.
GOOD_FOR = timedelta(hours=24)


def create_setup_token(connection: Connection, now: datetime) -> str:
    """Make a token for `/console/setup?token=…`; any earlier unused one stops working.

    Parameters
    ----------
    connection : in a write transaction.
    now : the present moment, aware.

    Returns
    -------
    str
        The token, good once and for 24 hours. Only its hash is stored.
    """
    token = new_token()
    agents.add_setup_token(connection, hash_of(token), now)
    return token


def needs_first_admin(connection: Connection) -> bool:
    """Whether nobody can administer the console yet."""
    return agents.count_working_admins(connection) == 0


def token_is_good(connection: Connection, token: str, now: datetime) -> bool:
    """Whether the token was made here, less than a day ago, and not used."""
    made_at = agents.setup_token_made_at(connection, hash_of(token))
    return made_at is not None and now - made_at < GOOD_FOR


def make_first_admin(
    connection: Connection, token: str, *, email: str, name: str, password_hash: str, now: datetime
) -> str | None:
    """Use the token up and write the admin, in the caller's transaction.

    Returns
    -------
    str or None
        Her agent id; None where the token is not good (any more).
    """
    if not token_is_good(connection, token, now) or not agents.use_setup_token(connection, hash_of(token), now):
        return None
    agent_id = str(uuid.uuid4())
    known = agents.agent_by_email(connection, email)
    if known is None:
        agent = agents.Agent(
            agent_id=agent_id, email=email, name=name, role="admin", password_hash=password_hash, created_at=now
        )
        agents.add_agent(connection, agent)
    else:  # the way back in for an admin who lost her password
        agent_id = known.agent_id
        agents.change_agent(
            connection, agent_id, name=name, role="admin", password_hash=password_hash, disabled_at=None
        )
        agents.end_sessions_of(connection, agent_id)
    audit.note(connection, "admin_set_up", now, agent_id=agent_id)
    return agent_id
