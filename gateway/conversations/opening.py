"""Opening a conversation: a known customer finds hers again on any device, a visitor by the token she kept."""

from __future__ import annotations

import uuid
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import Connection

from gateway.identity import Identity, hash_of, new_token
from store.repositories.conversations import (
    Conversation,
    add_conversation,
    agent_name_of,
    conversation_of_customer,
    conversation_of_visitor,
)
from store.repositories.customers import customer_row
from store.repositories.merges import standing_id
from store.repositories.visitors import add_customer, add_visitor, visitor_of_token, visitor_seen


class BadTokenError(LookupError):
    """Nobody has this bearer token."""


class TooManyConversationsError(RuntimeError):
    """A new conversation would be needed, and this address may open no more for now."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Opened:
    """A conversation with the person on the other side."""

    conversation: Conversation
    #: The bearer to keep.
    token: str
    visitor_id: str
    customer_name: str | None
    agent_name: str | None
    #: Whether it was opened just now.
    created: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Opening:
    """What a hello says, checked as far as it can be without the database."""

    channel: str
    token: str | None
    identity: Identity | None
    #: Whether this address may open a new conversation.
    may_create: bool


def open_conversation(connection: Connection, opening: Opening, at: datetime) -> Opened:
    """Find her conversation on the channel, or open one.

    A signed identity decides alone: a visitor who signs in gets the customer's own conversation, and what was said on
    this browser before stays with the visitor's token, as somebody else may have said it. Without an identity the token
    leads to the visitor's own conversation only, never to a customer's.

    Raises
    ------
    BadTokenError
        The token is unknown and there is no identity.
    TooManyConversationsError
        A new conversation is needed and `may_create` is False.
    """
    opening = _as_she_is_now(connection, opening)
    known = visitor_of_token(connection, hash_of(opening.token)) if opening.token else None
    if known is None and opening.token and opening.identity is None:
        raise BadTokenError
    found = _find(connection, opening, known)
    if found is None and not opening.may_create:
        raise TooManyConversationsError
    token, visitor_id = _visitor(connection, opening.token, known, at)
    name = None if opening.identity is None else _customer_name(connection, opening.identity, at)
    conversation = found or _new(connection, opening, visitor_id, at)
    return Opened(
        conversation=conversation,
        token=token,
        visitor_id=visitor_id,
        customer_name=name,
        agent_name=agent_name_of(connection, conversation.agent_id) if conversation.agent_id else None,
        created=found is None,
    )


def _as_she_is_now(connection: Connection, opening: Opening) -> Opening:
    """Take a customer who was merged into another for that one: the shop's server may not know of it."""
    if opening.identity is None:
        return opening
    customer_id = standing_id(connection, opening.identity.customer_id)
    return replace(opening, identity=replace(opening.identity, customer_id=customer_id))


def _find(connection: Connection, opening: Opening, visitor_id: str | None) -> Conversation | None:
    if opening.identity is not None:
        return conversation_of_customer(connection, opening.identity.customer_id, opening.channel)
    return conversation_of_visitor(connection, visitor_id, opening.channel) if visitor_id else None


def _visitor(connection: Connection, token: str | None, known: str | None, at: datetime) -> tuple[str, str]:
    """Give token and id of the visitor, new ones where she has none."""
    if token is not None and known is not None:
        visitor_seen(connection, known, at)
        return token, known
    token, visitor_id = new_token(), str(uuid.uuid4())
    add_visitor(connection, visitor_id, hash_of(token), at)
    return token, visitor_id


def _customer_name(connection: Connection, identity: Identity, at: datetime) -> str | None:
    row = customer_row(connection, identity.customer_id)
    if row is None:
        # The shop's signature is its word: she exists, an import will tell more of her.
        add_customer(connection, identity.customer_id, identity.name, at)
        return identity.name
    return row.name or identity.name


def _new(connection: Connection, opening: Opening, visitor_id: str, at: datetime) -> Conversation:
    conversation = Conversation(
        conversation_id=str(uuid.uuid4()),
        channel=opening.channel,
        visitor_id=visitor_id,
        customer_id=opening.identity.customer_id if opening.identity else None,
        owner="bot",
        agent_id=None,
        owner_version=0,
        last_seq=0,
        mood=None,
        topic=None,
        created_at=at,
        last_message_at=at,
        waiting_since=None,
        handed_over_at=None,
    )
    add_conversation(connection, conversation)
    return conversation
