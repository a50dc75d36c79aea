"""What the house itself says when the bot can't: every sentence the gateway writes into a conversation.

All else a customer reads comes from the bot's domain or from a person.
"""

from __future__ import annotations

#: The payload of "Talk to a person", known to the bot as well: the gateway serves it where the bot is away or busy.
TALK_TO_PERSON = "/talk_to_person"
#: The payload of "I'll wait"; the gateway's own, the bot never sees it.
KEEP_WAITING = "/keep_waiting"

TALK_TO_PERSON_TITLE = "Talk to a person"
KEEP_WAITING_TITLE = "I'll wait"

TROUBLE = (
    "I'm having trouble answering right now. Your message is saved, and I'll answer it as soon as I can. "
    "Would you rather talk to a person?"
)
WILL_WAIT = "Thank you for your patience. You don't need to stay: my answer will be here when you come back."
GIVEN_UP = "I'm sorry, I could not find an answer to this one. A person can help you with it."
QUEUED = "You are in the queue for a person. They see this conversation and will answer here."
GAVE_BACK = "The assistant answers again."


def joined(agent_name: str) -> str:
    """Give the line that a person has come."""
    return f"{agent_name} joined the chat"


def intent_of(payload: str) -> str:
    """Give the intent that a minted payload stands for: `/recommend{"mode": "more"}` is "recommend"."""
    return payload.removeprefix("/").partition("{")[0].strip()
