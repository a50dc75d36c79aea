"""Quick replies: the house keeps the payload, the client gets an id that is good in its own conversation only."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection

from store.repositories.messages import find_message


@dataclass(frozen=True, slots=True)
class QuickReply:
    """A button and what pressing it means: "/recommend{…}"."""

    title: str
    payload: str


def minted(message_id: str, quick_replies: Sequence[QuickReply], cards: Sequence[dict[str, Any]]) -> dict[str, Any]:
    """Give the stored payload of a message: every quick reply, on cards as well, numbered under the message's id.

    Parameters
    ----------
    message_id : of the message that will show them.
    quick_replies : below the text.
    cards : dictionaries whose "quick_replies" are `QuickReply` records.
    """
    numbered = _Numbered(message_id)
    payload: dict[str, Any] = {}
    if quick_replies:
        payload["quick_replies"] = [numbered(reply) for reply in quick_replies]
    if cards:
        payload["cards"] = [
            {**card, "quick_replies": [numbered(reply) for reply in card["quick_replies"]]} for card in cards
        ]
    return payload


def find_quick_reply(connection: Connection, conversation_id: str, reply_id: str) -> QuickReply | None:
    """Give the quick reply that was shown in this conversation under this id; None for any other id."""
    message = find_message(connection, reply_id.partition(":")[0])
    if message is None or message.conversation_id != conversation_id or message.author == "customer":
        return None
    for reply in _quick_replies_in(message.payload):
        if reply["id"] == reply_id:
            return QuickReply(reply["title"], reply["payload"])
    return None


def _quick_replies_in(payload: dict[str, Any]) -> Iterator[dict[str, str]]:
    yield from payload.get("quick_replies", ())
    for card in payload.get("cards", ()):
        yield from card.get("quick_replies", ())


class _Numbered:
    """Gives each quick reply of one message its id: the message's, a colon, a number."""

    def __init__(self, message_id: str) -> None:
        self._message_id = message_id
        self._count = 0

    def __call__(self, reply: QuickReply) -> dict[str, str]:
        self._count += 1
        return {"id": f"{self._message_id}:{self._count}", "title": reply.title, "payload": reply.payload}
