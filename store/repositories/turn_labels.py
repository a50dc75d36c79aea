"""What people said of the bot's understanding of a turn, and the sentences that can be learnt from it."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Literal

from sqlalchemy import Connection, delete, insert, select

from store.tables import account_details, agents, conversations, customers, messages, turn_labels, turns

#: "corrected": another intent was meant; "right": rightly understood; "left_out": not for training.
Verdict = Literal["corrected", "right", "left_out"]


@dataclass(frozen=True, slots=True, kw_only=True)
class TurnLabel:
    """One person's word on one turn; fields as in `store.tables.turn_labels`."""

    turn_id: str
    verdict: Verdict
    intent: str | None
    agent_id: str
    labelled_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class LabelledTurn:
    """A turn with a label, as far as it matters for training. `whose` : the customer's names, where she is known."""

    turn_id: str
    text: str
    verdict: Verdict
    intent: str | None
    requests: int
    whose: tuple[str, ...]


def set_label(connection: Connection, label: TurnLabel) -> None:
    """Write a label; an earlier one of the same turn gives way."""
    connection.execute(delete(turn_labels).where(turn_labels.c.turn_id == label.turn_id))
    connection.execute(insert(turn_labels).values(**asdict(label)))


def remove_label(connection: Connection, turn_id: str) -> None:
    """Take a label back."""
    connection.execute(delete(turn_labels).where(turn_labels.c.turn_id == turn_id))


def labelled_turns(connection: Connection) -> list[LabelledTurn]:
    """Give all turns with a label, the latest label last; `requests` counts those in the one message."""
    query = (
        select(
            turns.c.turn_id, turns.c.parts, messages.c.text, turn_labels.c.verdict, turn_labels.c.intent,
            customers.c.name, account_details.c.name.label("changed_name"),
        )
        .join_from(turn_labels, turns, turns.c.turn_id == turn_labels.c.turn_id)
        .join(messages, messages.c.message_id == turns.c.message_id)
        .join(conversations, conversations.c.conversation_id == turns.c.conversation_id)
        .join(customers, customers.c.customer_id == conversations.c.customer_id, isouter=True)
        .join(account_details, account_details.c.customer_id == conversations.c.customer_id, isouter=True)
        .order_by(turn_labels.c.labelled_at, turns.c.turn_id)
    )  # fmt: skip
    return [
        LabelledTurn(
            turn_id=row.turn_id,
            text=row.text,
            verdict=row.verdict,
            intent=row.intent,
            requests=1 + len(row.parts),
            whose=tuple(name for name in (row.name, row.changed_name) if name),
        )
        for row in connection.execute(query)
    ]


def names_of_people(connection: Connection) -> list[str]:
    """Give the names of all customers and of the shop's people, as they are written."""
    columns = (customers.c.name, account_details.c.name, agents.c.name)
    return [str(name) for column in columns for name in connection.execute(select(column)).scalars() if name]
