"""What conversations told of customers: the columns from which dialogue features are computed."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import Connection

from store.repositories.bulk import Row, read_columns

_SAID = """
SELECT t.customer_id, t.created_at, t.sentiment, t.intent, t.outcome, c.channel
FROM turns t JOIN conversations c ON c.conversation_id = t.conversation_id
WHERE t.customer_id IS NOT NULL
"""
_COMPLAINTS = "SELECT customer_id, created_at, resolved_at FROM complaints WHERE customer_id IS NOT NULL"


def said_columns(connection: Connection) -> Iterator[list[Row]]:
    """Give (customer id, moment as the driver has it, sentiment, intent, outcome, channel) of turns, in batches."""
    return read_columns(connection, _SAID)


def complaint_columns(connection: Connection) -> Iterator[list[Row]]:
    """Give (customer id, opened, resolved or None) of every complaint of a known customer, in batches."""
    return read_columns(connection, _COMPLAINTS)
