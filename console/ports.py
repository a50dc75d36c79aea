"""What the console asks of the rest of the house: a desk at which a person takes over, answers and gives back.

The gateway brings the real one, tests bring `tests/support/fake_desk.py`.
"""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Any, Protocol


class Desk(Protocol):
    """Ownership of conversations, for people.

    Every method raises `LookupError` for an unknown conversation and `PermissionError` where the conversation is not
    this agent's to answer or give back; the exception's text is one line that the agent may read.
    """

    async def take_over(self, conversation_id: str, agent_id: str, agent_name: str) -> None:
        """Make the agent the owner; from this moment the bot is silent, a reply being computed included.

        A repeat by the same agent changes nothing. Another agent's conversation may be taken over as well.
        """

    async def answer(
        self, conversation_id: str, agent_id: str, agent_name: str, client_message_id: str, text: str
    ) -> None:
        """Write the agent's message down and send it; a repeated `client_message_id` changes nothing.

        Raises `ValueError`, with a line for the agent, where nothing readable is left of the text.
        """

    async def give_back(self, conversation_id: str, agent_id: str) -> None:
        """Make the bot the owner again."""

    def subscribe(self) -> AsyncIterator[dict[str, Any]]:
        """Give what changes from now on, until the iterator is closed.

        Each is `{"kind": "conversation" | "message", "conversation_id": …}`, with `"seq"` where it is a message.
        """
