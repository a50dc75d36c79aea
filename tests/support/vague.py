"""Messages that may mean several things; which of them are asked back changes with every intent the bot learns."""

from __future__ import annotations

#: None of them says what is wanted.
VAGUE = (
    "sort mine out",
    "it went sideways with mine",
    "the other one of mine there",
    "can you do mine too",
    "is mine in or out",
    "what about the other with the change",
    "the thing with the thing in my thing",
)
