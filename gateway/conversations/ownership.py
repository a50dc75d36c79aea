"""Who answers: the bot, the queue or a person. Each change is one transaction and makes older replies void.

The functions here are the whole state machine; `owner_version` grows with every change, and a reply of the bot that was
computed under an older version is not sent (`completion.py`).
"""

from __future__ import annotations

import uuid
from datetime import datetime

from sqlalchemy import Connection

from gateway.conversations import lines
from gateway.conversations.written import Line, OwnerChange, Written, say
from store.repositories.conversations import Conversation, change_conversation
from store.repositories.messages import Message, set_state, unfinished_messages
from store.repositories.outbox import Delivery
from store.repositories.turns import Outcome, Turn, add_turns


def hand_over(connection: Connection, conversation: Conversation, at: datetime) -> tuple[Delivery, ...]:
    """Put a bot's conversation into the queue: it waits for a person from now on. Gives the line that says so."""
    change_conversation(
        connection,
        conversation.conversation_id,
        owner="queue",
        agent_id=None,
        owner_version=conversation.owner_version + 1,
        waiting_since=conversation.waiting_since or at,
        handed_over_at=conversation.handed_over_at or at,
    )
    return say(connection, conversation, [Line(author="system", text=lines.QUEUED)], at)


def take_over(
    connection: Connection, conversation: Conversation, agent_id: str, agent_name: str, at: datetime
) -> Written:
    """Give a conversation to a person, whoever had it; what the bot has not answered yet waits for her."""
    if conversation.owner == "agent" and conversation.agent_id == agent_id:
        return Written(conversation_id=conversation.conversation_id)
    unanswered = settle(connection, conversation, "suppressed", at)
    waiting_since = conversation.waiting_since or (unanswered[0].created_at if unanswered else None)
    change_conversation(
        connection,
        conversation.conversation_id,
        owner="agent",
        agent_id=agent_id,
        owner_version=conversation.owner_version + 1,
        waiting_since=waiting_since,
        handed_over_at=conversation.handed_over_at or at,
    )
    deliveries = say(connection, conversation, [Line(author="system", text=lines.joined(agent_name))], at)
    change = OwnerChange(owner="agent", agent_name=agent_name)
    return Written(conversation_id=conversation.conversation_id, deliveries=deliveries, owner=change)


def give_back(connection: Connection, conversation: Conversation, at: datetime) -> Written:
    """Let the bot answer again, from the customer's next message on."""
    change_conversation(
        connection,
        conversation.conversation_id,
        owner="bot",
        agent_id=None,
        owner_version=conversation.owner_version + 1,
        waiting_since=None,
    )
    deliveries = say(connection, conversation, [Line(author="system", text=lines.GAVE_BACK)], at)
    return Written(conversation_id=conversation.conversation_id, deliveries=deliveries, owner=OwnerChange(owner="bot"))


def settle(
    connection: Connection, conversation: Conversation, outcome: Outcome, at: datetime, *, but: str | None = None
) -> list[Message]:
    """End the wait for the bot of all messages that still wait, but for the message `but`; gives them in order."""
    waiting = [
        message
        for message in unfinished_messages(connection, conversation.conversation_id)
        if message.message_id != but
    ]
    for message in waiting:
        close_message(connection, conversation, message, outcome, at)
    return waiting


def close_message(
    connection: Connection, conversation: Conversation, message: Message, outcome: Outcome, at: datetime
) -> None:
    """Write the turn of a message that the bot will not answer."""
    turn = Turn(
        turn_id=str(uuid.uuid4()),
        conversation_id=conversation.conversation_id,
        message_id=message.message_id,
        customer_id=conversation.customer_id,
        outcome=outcome,
        created_at=at,
    )
    add_turns(connection, [turn])
    set_state(connection, message.message_id, "done", turn.turn_id)
