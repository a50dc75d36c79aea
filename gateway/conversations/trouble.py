"""When the bot can't answer: say so once, keep the message, and let a person be reached without it."""

from __future__ import annotations

import uuid
from datetime import datetime

from sqlalchemy import Connection

from gateway.conversations import lines
from gateway.conversations.minting import QuickReply
from gateway.conversations.ownership import close_message, hand_over, settle
from gateway.conversations.pending import Pending
from gateway.conversations.written import Line, OwnerChange, Written, say
from store.repositories.conversations import Conversation, find_conversation
from store.repositories.messages import Message, count_by_state, find_message, set_state
from store.repositories.turns import Turn, add_turns

_PERSON = QuickReply(lines.TALK_TO_PERSON_TITLE, lines.TALK_TO_PERSON)
_WAIT = QuickReply(lines.KEEP_WAITING_TITLE, lines.KEEP_WAITING)


def defer(connection: Connection, pending: Pending, assistant_name: str | None, at: datetime) -> Written:
    """Keep the message for later and say so, unless an earlier message of this outage did."""
    found = _still_waiting(connection, pending, at)
    if found is None:
        return Written(conversation_id=pending.conversation_id)
    conversation, message = found
    told = count_by_state(connection, conversation.conversation_id)["deferred"] > 0
    set_state(connection, message.message_id, "deferred")
    line = Line(author="bot", author_name=assistant_name, text=lines.TROUBLE, quick_replies=(_PERSON, _WAIT))
    deliveries = () if told else say(connection, conversation, [line], at)
    return Written(conversation_id=conversation.conversation_id, deliveries=deliveries)


def give_up(connection: Connection, pending: Pending, assistant_name: str | None, at: datetime) -> Written:
    """End a message that the bot will never answer, visibly."""
    found = _still_waiting(connection, pending, at)
    if found is None:
        return Written(conversation_id=pending.conversation_id)
    conversation, message = found
    close_message(connection, conversation, message, "unanswered", at)
    line = Line(author="bot", author_name=assistant_name, text=lines.GIVEN_UP, quick_replies=(_PERSON,))
    deliveries = say(connection, conversation, [line], at)
    return Written(conversation_id=conversation.conversation_id, deliveries=deliveries)


def hand_over_unasked(connection: Connection, pending: Pending, at: datetime) -> Written:
    """Serve "Talk to a person" without the bot, for a message that waited for it in vain."""
    found = _still_waiting(connection, pending, at)
    if found is None:
        return Written(conversation_id=pending.conversation_id)
    return hand_over_directly(connection, *found, at)


def hand_over_directly(connection: Connection, conversation: Conversation, message: Message, at: datetime) -> Written:
    """Put the conversation into the queue; what the bot has not answered so far is left to the person."""
    turn = Turn(
        turn_id=str(uuid.uuid4()),
        conversation_id=conversation.conversation_id,
        message_id=message.message_id,
        customer_id=conversation.customer_id,
        intent=lines.intent_of(lines.TALK_TO_PERSON),
        confidence=1.0,
        outcome="handed_over",
        latency_ms=(at - message.created_at).total_seconds() * 1000,
        created_at=at,
    )
    add_turns(connection, [turn])
    set_state(connection, message.message_id, "done", turn.turn_id)
    settle(connection, conversation, "unanswered", at)
    deliveries = hand_over(connection, conversation, at)
    return Written(
        conversation_id=conversation.conversation_id, deliveries=deliveries, owner=OwnerChange(owner="queue")
    )


def will_wait(
    connection: Connection, conversation: Conversation, message: Message, assistant_name: str | None, at: datetime
) -> Written:
    """Answer "I'll wait"."""
    close_message(connection, conversation, message, "answered", at)
    line = Line(author="bot", author_name=assistant_name, text=lines.WILL_WAIT)
    deliveries = say(connection, conversation, [line], at)
    return Written(conversation_id=conversation.conversation_id, deliveries=deliveries)


def _still_waiting(connection: Connection, pending: Pending, at: datetime) -> tuple[Conversation, Message] | None:
    """Give conversation and message where the bot still owes the answer; None where a person or a turn came first."""
    conversation = find_conversation(connection, pending.conversation_id)
    message = find_message(connection, pending.message_id)
    if conversation is None or message is None or message.state == "done":
        return None
    if conversation.owner != "bot" or conversation.owner_version != pending.owner_version:
        close_message(connection, conversation, message, "suppressed", at)
        return None
    return conversation, message
