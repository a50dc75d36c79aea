"""Conversations, their messages, the turns that answered them, and the outbox."""

from __future__ import annotations

from sqlalchemy import Column, Float, ForeignKey, Index, Integer, String, Table, Text, UniqueConstraint

from store.tables.base import metadata
from store.types import UtcDateTime, json_column

conversations = Table(
    "conversations",
    metadata,
    Column("conversation_id", String(36), primary_key=True),
    Column("channel", String(32), nullable=False),
    Column("visitor_id", String(36), ForeignKey("visitors.visitor_id"), index=True),
    Column("customer_id", String(64), ForeignKey("customers.customer_id"), index=True),
    #: Who answers: "bot", "queue" (waiting for a person) or "agent".
    Column("owner", String(8), nullable=False, default="bot"),
    Column("agent_id", String(36), ForeignKey("agents.agent_id")),
    #: Grows by one at each change of owner: a reply computed under an older version is suppressed.
    Column("owner_version", Integer, nullable=False, default=0),
    Column("last_seq", Integer, nullable=False, default=0),
    #: Running sentiment of the customer's messages, -1 to 1; NULL before the first.
    Column("mood", Float),
    Column("topic", String(100)),
    Column("created_at", UtcDateTime, nullable=False),
    Column("last_message_at", UtcDateTime, nullable=False),
    #: Since when a customer's message waits for a person; NULL when none does.
    Column("waiting_since", UtcDateTime),
    #: When it first went to a person; NULL while the bot contained it.
    Column("handed_over_at", UtcDateTime),
    Index("ix_conversations_last_message_at", "last_message_at"),
    Index("ix_conversations_owner", "owner"),
)

messages = Table(
    "messages",
    metadata,
    Column("message_id", String(36), primary_key=True),
    Column("conversation_id", String(36), ForeignKey("conversations.conversation_id"), nullable=False),
    #: Order within the conversation, from 1, without gaps.
    Column("seq", Integer, nullable=False),
    #: Given by the client, so that a repeat of the same message changes nothing. NULL for what the house writes.
    Column("client_message_id", String(64)),
    #: "customer", "bot", "agent" or "system".
    Column("author", String(8), nullable=False),
    Column("author_name", String(200)),
    Column("text", Text, nullable=False),
    #: {"quick_replies": [{"id", "title", "payload"}], "cards": [...], "choice": "/intent{...}"}; a quick reply's
    #: payload and a customer's choice never leave the house.
    Column("payload", json_column(), nullable=False, default=dict),
    #: Of a customer's message: "received" (the bot has it), "deferred" (the bot is away, she was told, it will be
    #: answered), "done". NULL for others.
    Column("state", String(12)),
    Column("turn_id", String(36)),
    Column("created_at", UtcDateTime, nullable=False),
    UniqueConstraint("conversation_id", "seq"),
    UniqueConstraint("conversation_id", "client_message_id"),
    Index("ix_messages_state", "state"),
)

turns = Table(
    "turns",
    metadata,
    Column("turn_id", String(36), primary_key=True),
    Column("conversation_id", String(36), ForeignKey("conversations.conversation_id"), nullable=False, index=True),
    Column("message_id", String(36), ForeignKey("messages.message_id"), nullable=False, unique=True),
    Column("customer_id", String(64)),
    Column("intent", String(100)),
    Column("confidence", Float),
    #: [{"name", "confidence"}], best first.
    Column("ranking", json_column(), nullable=False, default=list),
    Column("entities", json_column(), nullable=False, default=list),
    #: -1 (angry) to 1 (happy).
    Column("sentiment", Float),
    #: Names of the actions that ran, in order.
    Column("actions", json_column(), nullable=False, default=list),
    #: Further requests in the same message: [{"text", "intent", "confidence", "entities"}], in order.
    Column("parts", json_column(), nullable=False, default=list, server_default="[]"),
    #: "answered", "fallback", "asked_back" (which of these?), "offered_person" (twice not understood), "handed_over",
    #: "suppressed" (a person took over), "unanswered" (Rasa failed),
    #: "agent" (a person's turn).
    Column("outcome", String(16), nullable=False),
    #: Milliseconds from the commit of the message to the commit of its answer.
    Column("latency_ms", Float),
    Column("created_at", UtcDateTime, nullable=False),
    Index("ix_turns_created_at", "created_at"),
)

outbox = Table(
    "outbox",
    metadata,
    Column("outbox_id", Integer, primary_key=True, autoincrement=True),
    Column("conversation_id", String(36), nullable=False),
    Column("message_id", String(36), nullable=False, unique=True),
    Column("channel", String(32), nullable=False),
    Column("created_at", UtcDateTime, nullable=False),
    Column("delivered_at", UtcDateTime),
    Column("attempts", Integer, nullable=False, default=0),
    Index("ix_outbox_delivered_at", "delivered_at"),
)
