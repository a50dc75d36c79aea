"""What a widget is sent: protocol version 1. Payloads of quick replies stay in the house."""

from __future__ import annotations

from typing import Any

from gateway.conversations.opening import Opened
from gateway.conversations.written import OwnerChange
from store.repositories.messages import Message

VERSION = 1
Wire = dict[str, Any]


def welcome(opened: Opened, shop: str, owner: OwnerChange) -> Wire:
    """Give the answer to a hello."""
    known = opened.conversation.customer_id is not None
    return {
        "type": "welcome",
        "v": VERSION,
        "conversation_id": opened.conversation.conversation_id,
        "token": opened.token,
        "customer": {"name": opened.customer_name} if known else None,
        "owner": owner.owner,
        "agent_name": owner.agent_name,
        "shop": shop,
    }


def message(stored: Message) -> Wire:
    """Give a message as every socket of its conversation gets it."""
    return {
        "type": "message",
        "seq": stored.seq,
        "message_id": stored.message_id,
        "client_message_id": stored.client_message_id if stored.author == "customer" else None,
        "author": stored.author,
        "author_name": stored.author_name,
        "text": stored.text,
        "quick_replies": _shown(stored.payload.get("quick_replies", [])),
        "cards": [
            {**card, "quick_replies": _shown(card.get("quick_replies", []))} for card in stored.payload.get("cards", [])
        ],
        "at": stored.created_at.isoformat(),
    }


def ack(client_id: str, stored: Message, repeated: bool) -> Wire:
    """Give the word that a message is committed."""
    return {
        "type": "ack",
        "id": client_id,
        "seq": stored.seq,
        "message_id": stored.message_id,
        "repeated": repeated,
    }


def owner(change: OwnerChange) -> Wire:
    """Give the word that somebody else answers from now on."""
    return {"type": "owner", "owner": change.owner, "agent_name": change.agent_name}


def typing(author: str) -> Wire:
    """Give the word that somebody writes."""
    return {"type": "typing", "author": author}


def error(code: str, text: str, client_id: str | None = None) -> Wire:
    """Give a refusal, with the client's id of what was refused where it has one."""
    frame: Wire = {"type": "error", "code": code, "message": text}
    return frame if client_id is None else {**frame, "id": client_id}


def pong() -> Wire:
    """Give the answer to a ping."""
    return {"type": "pong"}


def _shown(replies: list[dict[str, str]]) -> list[dict[str, str]]:
    return [{"id": reply["id"], "title": reply["title"]} for reply in replies]
