"""The outbox: what the house wrote and a channel still has to carry."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, insert, select, update

from store.repositories.messages import Message
from store.tables import messages, outbox


@dataclass(frozen=True, slots=True, kw_only=True)
class Delivery:
    """A message on its way to a channel. `attempts` counts the deliveries that failed."""

    message: Message
    channel: str
    attempts: int = 0


# Made once: making a statement anew costs SQLAlchemy more than running it.
_INSERT = insert(outbox)


def add_deliveries(connection: Connection, new: Sequence[Delivery]) -> None:
    """Write what is to be carried, in the transaction that writes the messages themselves."""
    rows = [
        {
            "conversation_id": delivery.message.conversation_id,
            "message_id": delivery.message.message_id,
            "channel": delivery.channel,
            "created_at": delivery.message.created_at,
        }
        for delivery in new
    ]
    if rows:
        connection.execute(_INSERT, rows)


def undelivered(connection: Connection, limit: int, after: int = 0) -> list[tuple[int, Delivery]]:
    """Give up to `limit` deliveries not yet made, oldest first, each with its outbox id above `after`."""
    query = (
        select(outbox.c.outbox_id, outbox.c.channel, outbox.c.attempts, messages)
        .join(messages, messages.c.message_id == outbox.c.message_id)
        .where(outbox.c.delivered_at.is_(None), outbox.c.outbox_id > after)
        .order_by(outbox.c.outbox_id)
        .limit(limit)
    )
    found = []
    for row in connection.execute(query):
        values = row._asdict()
        outbox_id, channel, attempts = values.pop("outbox_id"), values.pop("channel"), values.pop("attempts")
        found.append((outbox_id, Delivery(message=Message(**values), channel=channel, attempts=attempts)))
    return found


def mark_delivered(connection: Connection, message_ids: Sequence[str], at: datetime) -> None:
    """Note that the channel took these messages."""
    connection.execute(
        update(outbox)
        .where(outbox.c.message_id.in_(message_ids), outbox.c.delivered_at.is_(None))
        .values(delivered_at=at, attempts=outbox.c.attempts + 1)
    )


def mark_failed(connection: Connection, message_id: str) -> None:
    """Count a delivery that the channel refused; it stays in the outbox."""
    connection.execute(update(outbox).where(outbox.c.message_id == message_id).values(attempts=outbox.c.attempts + 1))
