"""The outbox relay: carries what the house wrote to the channels, at least once and in order."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime

import structlog
from sqlalchemy.exc import SQLAlchemyError

from gateway.channels.ports import Channel, DeliveryFailedError
from gateway.store_thread import StoreClosedError, StoreThread
from store.repositories.outbox import Delivery, mark_delivered, mark_failed, undelivered

log = structlog.get_logger(__name__)

#: Deliveries are marked together: a disk sync for each would cost more than the delivery. A crash in between makes them
#: come twice, which the widget does not notice (it knows the seq).
MARK_EVERY_SECONDS = 0.2
RETRY_EVERY_SECONDS = 5.0
_PAGE = 200


class Relay:
    """Delivers fresh messages at once, and what the outbox still holds at the start and after failures."""

    def __init__(
        self,
        store: StoreThread,
        channels: Mapping[str, Channel],
        *,
        mark_every: float = MARK_EVERY_SECONDS,
        retry_every: float = RETRY_EVERY_SECONDS,
    ) -> None:
        self._store = store
        self._channels = channels
        self._mark_every = mark_every
        self._retry_every = retry_every
        self._fresh: list[Delivery] = []
        self._delivered: list[str] = []
        #: Conversations with a failed delivery: their later messages wait behind it.
        self._behind: set[str] = set()
        self._arrived = asyncio.Event()
        self._tasks: list[asyncio.Task[None]] = []

    def start(self) -> None:
        """Begin with what an earlier process left."""
        for work in (self._carry(), self._mark_regularly()):
            self._tasks.append(asyncio.create_task(work, name="relay"))

    def push(self, deliveries: Sequence[Delivery]) -> None:
        """Hand over what was just committed."""
        if deliveries:
            self._fresh.extend(deliveries)
            self._arrived.set()

    async def close(self) -> None:
        """Stop; carry and mark what is left as far as possible, the rest stays in the outbox."""
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        await self._carry_fresh()
        await self._mark()

    async def _carry(self) -> None:
        await self._carry_stored()
        while True:
            await self._wait()
            await self._carry_fresh()
            if self._behind and not self._fresh:
                await self._carry_stored()

    async def _wait(self) -> None:
        """Wait for fresh messages, or until failed ones are due again."""
        try:
            await asyncio.wait_for(self._arrived.wait(), self._retry_every if self._behind else None)
        except TimeoutError:
            return

    async def _carry_fresh(self) -> None:
        self._arrived.clear()
        fresh, self._fresh = self._fresh, []
        for delivery in fresh:
            await self._deliver(delivery)

    async def _carry_stored(self) -> None:
        """Deliver all that the outbox holds, oldest first; what was pushed meanwhile is among it."""
        await self._mark()
        self._behind.clear()
        carried: set[str] = set()
        after = 0
        while page := await self._page(after):
            for after, delivery in page:  # noqa: B007 - the last outbox id is where the next page begins
                await self._deliver(delivery)
                carried.add(delivery.message.message_id)
        self._fresh = [delivery for delivery in self._fresh if delivery.message.message_id not in carried]

    async def _page(self, after: int) -> list[tuple[int, Delivery]]:
        try:
            return await self._store.run(lambda connection: undelivered(connection, _PAGE, after))
        except (SQLAlchemyError, StoreClosedError) as error:
            log.warning("outbox_unreadable", error=type(error).__name__)
            return []

    async def _deliver(self, delivery: Delivery) -> None:
        message = delivery.message
        if message.conversation_id in self._behind:
            return
        channel = self._channels.get(delivery.channel)
        if channel is None:
            log.error("unknown_channel", channel=delivery.channel, message_id=message.message_id)
            return
        try:
            await channel.deliver(message)
        except DeliveryFailedError as error:
            await self._note_failure(delivery, str(error))
        except Exception:
            log.exception("channel_broken", channel=delivery.channel)
            await self._note_failure(delivery, "unexpected")
        else:
            self._delivered.append(message.message_id)

    async def _note_failure(self, delivery: Delivery, reason: str) -> None:
        message_id = delivery.message.message_id
        self._behind.add(delivery.message.conversation_id)
        log.warning("delivery_failed", channel=delivery.channel, message_id=message_id, reason=reason)
        try:
            await self._store.run(lambda connection: mark_failed(connection, message_id))
        except (SQLAlchemyError, StoreClosedError) as error:
            log.warning("failure_not_marked", error=type(error).__name__)

    async def _mark_regularly(self) -> None:
        while True:
            await asyncio.sleep(self._mark_every)
            await self._mark()

    async def _mark(self) -> None:
        if not self._delivered:
            return
        ids, self._delivered = self._delivered, []
        try:
            await self._store.run(lambda connection: mark_delivered(connection, ids, datetime.now(UTC)))
        except (SQLAlchemyError, StoreClosedError) as error:
            self._delivered = ids + self._delivered
            log.warning("deliveries_not_marked", error=type(error).__name__, messages=len(ids))
