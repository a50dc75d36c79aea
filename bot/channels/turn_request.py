"""One turn as the gateway asks for it, checked at the door."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from bot.components.keys import INTENT_PREFIX
from language.normalise import normalise

#: Ids are made by the gateway; longer ones are a mistake.
_MAX_ID = 200
#: Stands for a message of which nothing readable is left; the pipeline knows it as "not understood".
UNREADABLE = "…"


class BadTurnError(ValueError):
    """The request does not follow the contract; the message names the field and what it must be."""


@dataclass(frozen=True)
class TurnRequest:
    """A customer's message (`text`) or the payload of a quick reply she chose (`choice`), and whose it is."""

    conversation_id: str
    message_id: str
    text: str
    choice: str | None
    customer_id: str | None
    channel: str

    @classmethod
    def from_json(cls, body: Any) -> TurnRequest:
        """Read a request's body.

        Raises
        ------
        BadTurnError : a field is missing or of the wrong kind.
        """
        if not isinstance(body, Mapping):
            raise BadTurnError("The body must be a JSON object.")
        text, choice = _text(body, "text"), _text(body, "choice")
        if text is None and choice is None:
            raise BadTurnError("text or choice must be given.")
        if choice is not None and not choice.startswith(INTENT_PREFIX):
            raise BadTurnError("choice must be a payload such as /ask_offers.")
        return cls(
            conversation_id=_id(body, "conversation_id"),
            message_id=_id(body, "message_id"),
            text=text or "",
            choice=choice,
            customer_id=_text(body, "customer_id"),
            channel=_id(body, "channel"),
        )

    @property
    def said(self) -> str:
        """What Rasa is given: the choice as it is, or the text that can never be read as an intent."""
        return self.choice if self.choice is not None else plain(self.text)

    @property
    def metadata(self) -> dict[str, str | None]:
        """What actions find in `tracker.latest_message["metadata"]`."""
        return {"message_id": self.message_id, "customer_id": self.customer_id, "channel": self.channel}


def plain(text: str) -> str:
    """Normalise a customer's text and drop what would make Rasa read it as an intent."""
    return normalise(text).lstrip("/ \n") or UNREADABLE


def _text(body: Mapping[str, Any], field: str) -> str | None:
    value = body.get(field)
    if value is not None and not isinstance(value, str):
        raise BadTurnError(f"{field} must be a string or null.")
    return value


def _id(body: Mapping[str, Any], field: str) -> str:
    value = body.get(field)
    if not isinstance(value, str) or not 0 < len(value) <= _MAX_ID:
        raise BadTurnError(f"{field} must be a string of 1 to {_MAX_ID} characters.")
    return value
