"""What a channel must be able to do for the outbox relay."""

from __future__ import annotations

from typing import Protocol

from store.repositories.messages import Message


class DeliveryFailedError(Exception):
    """The channel did not take a message now; it will be offered again."""


class Channel(Protocol):
    """One way to a customer."""

    async def deliver(self, message: Message) -> None:
        """Carry a message of the house to her; a message may come twice, after a crash.

        Raises
        ------
        DeliveryFailedError
            Try again later; the later messages of the conversation wait until then.
        """
