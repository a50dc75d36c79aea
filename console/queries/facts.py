"""Reads what happened within a period, for the formulae of `console.metrics`."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection, func, select, union

from console.metrics import Facts, Said, TurnFact
from store.tables import chat_ratings, conversations, messages, turns


def facts_since(connection: Connection, start: datetime, now: datetime) -> Facts:
    """Read customer messages, turns and people's part in conversations since `start`."""
    return Facts(
        said=_said(connection, start),
        turns=_turns(connection, start),
        with_person=_with_person(connection, start),
        now=now,
        ratings=_ratings(connection, start),
    )


def _ratings(connection: Connection, start: datetime) -> list[int]:
    query = select(chat_ratings.c.score).where(chat_ratings.c.score.is_not(None), chat_ratings.c.rated_at >= start)
    return [int(score) for score in connection.execute(query).scalars()]


def waiting_now(connection: Connection) -> tuple[int, datetime | None]:
    """Count the conversations waiting for a person, and say since when the first of them waits."""
    query = select(func.count(), func.min(conversations.c.waiting_since)).where(
        conversations.c.waiting_since.is_not(None) | (conversations.c.owner == "queue")
    )
    count, since = connection.execute(query).one()
    return count, since


def _said(connection: Connection, start: datetime) -> list[Said]:
    person = func.coalesce(conversations.c.customer_id, conversations.c.visitor_id, conversations.c.conversation_id)
    query = (
        select(messages.c.conversation_id, person.label("person"), messages.c.created_at)
        .join_from(messages, conversations, conversations.c.conversation_id == messages.c.conversation_id)
        .where(messages.c.author == "customer", messages.c.created_at >= start)
        .order_by(messages.c.created_at)
    )
    return [Said(*row) for row in connection.execute(query)]


def _turns(connection: Connection, start: datetime) -> list[TurnFact]:
    columns = (
        turns.c.conversation_id, turns.c.created_at, turns.c.intent, turns.c.sentiment, turns.c.outcome,
        turns.c.latency_ms,
    )  # fmt: skip
    query = select(*columns).where(turns.c.created_at >= start).order_by(turns.c.created_at)
    return [TurnFact(*row) for row in connection.execute(query)]


def _with_person(connection: Connection, start: datetime) -> frozenset[str]:
    by_message = select(messages.c.conversation_id).where(messages.c.author == "agent", messages.c.created_at >= start)
    by_handover = select(conversations.c.conversation_id).where(conversations.c.handed_over_at >= start)
    return frozenset(row[0] for row in connection.execute(union(by_message, by_handover)))
