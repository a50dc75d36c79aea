"""Messages that may mean several things; which of them are asked back changes with every intent the bot learns."""

from __future__ import annotations

#: None of them says what is wanted.
VAGUE = (
    "the thing with the thing in my thing",
    "it's about the thing i got",
    "do something about my account order",
    "my card, my order, my account",
    "the one with the paper for the money",
    "that problem with the list of the delivery",
)
