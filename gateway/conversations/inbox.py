"""The inbox: a customer's message is committed before anybody hears of it, and a repeat changes nothing."""

from __future__ import annotations

import uuid
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from sqlalchemy import Connection
from sqlalchemy.exc import IntegrityError

from gateway.conversations import lines
from gateway.conversations.announcer import Announcer
from gateway.conversations.minting import find_quick_reply
from gateway.conversations.ownership import close_message
from gateway.conversations.pending import Pending, pending_of
from gateway.conversations.scheduler import Scheduler
from gateway.conversations.trouble import hand_over_directly, will_wait
from gateway.conversations.written import Written
from gateway.metrics import Metrics
from gateway.rasa.breaker import Breaker
from gateway.store_thread import StoreThread
from language.redaction import redact
from store.repositories.conversations import Conversation, change_conversation, take_seqs
from store.repositories.messages import Message, add_messages, count_by_state, message_of_client


class UnknownReplyError(LookupError):
    """No quick reply of this conversation has that id."""


class QueueFullError(RuntimeError):
    """So many messages of this conversation wait for the bot that another must come later."""


class TakenIdError(ValueError):
    """The client's message id belongs to a message of the house."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Incoming:
    """What a customer sent: a text, or the id of a quick reply."""

    conversation_id: str
    client_message_id: str
    text: str = ""
    reply_id: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Accepted:
    """The committed message; `repeated` when it had been committed before."""

    message: Message
    repeated: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class _Received:
    accepted: Accepted
    written: Written | None = None
    pending: Pending | None = None


class Inbox:
    """Takes customers' messages in, and passes on to the bot what is the bot's to answer."""

    def __init__(
        self,
        store: StoreThread,
        announcer: Announcer,
        scheduler: Scheduler,
        breaker: Breaker,
        metrics: Metrics,
        *,
        assistant_name: str | None,
        longest_queue: int,
    ) -> None:
        self._store = store
        self._announcer = announcer
        self._scheduler = scheduler
        self._breaker = breaker
        self._metrics = metrics
        self._assistant_name = assistant_name
        self._longest_queue = longest_queue

    async def accept(self, incoming: Incoming) -> Accepted:
        """Commit a message; when this returns, it is on disk.

        Raises
        ------
        UnknownReplyError
            `reply_id` was never shown in this conversation.
        QueueFullError
            Too many of its messages wait already.
        TakenIdError
            The id belongs to a message of the house.
        """
        try:
            received = await self._store.run(lambda connection: self._receive(connection, incoming))
        except IntegrityError:
            # Another process wrote the same message in this moment: the second look finds it.
            received = await self._store.run(lambda connection: self._receive(connection, incoming))
        return self._pass_on(incoming, received)

    def _pass_on(self, incoming: Incoming, received: _Received) -> Accepted:
        """Announce and enqueue; without a pause, so that the order of the commits is kept."""
        self._metrics.messages.labels("repeated" if received.accepted.repeated else "accepted").inc()
        if received.written is not None:
            if received.written.owner is not None:
                self._scheduler.forget(incoming.conversation_id)
            self._announcer.announce(received.written)
        if received.pending is not None:
            self._scheduler.enqueue(received.pending)
        return received.accepted

    def _receive(self, connection: Connection, incoming: Incoming) -> _Received:
        known = message_of_client(connection, incoming.conversation_id, incoming.client_message_id)
        if known is not None:
            if known.author != "customer":
                raise TakenIdError(incoming.client_message_id)
            return _Received(accepted=Accepted(message=known, repeated=True))
        text, choice = _meaning(connection, incoming)
        waiting = sum(count_by_state(connection, incoming.conversation_id).values())
        if waiting >= self._longest_queue:
            raise QueueFullError(incoming.conversation_id)
        at = datetime.now(UTC)
        seq, conversation = take_seqs(connection, incoming.conversation_id, 1, at)
        message = _message(conversation, seq, incoming, text, choice, at)
        add_messages(connection, [message])
        accepted = Accepted(message=message, repeated=False)
        arrived = Written(conversation_id=conversation.conversation_id, received=message)
        if conversation.owner != "bot":
            _leave_to_person(connection, conversation, message, at)
            return _Received(accepted=accepted, written=arrived)
        if _is(choice, lines.KEEP_WAITING):
            done = will_wait(connection, conversation, message, self._assistant_name, at)
            return _Received(accepted=accepted, written=replace(done, received=message))
        if _is(choice, lines.TALK_TO_PERSON) and (waiting or self._breaker.is_open):
            # The bot is busy with earlier messages, or away: a person must not wait for it.
            done = hand_over_directly(connection, conversation, message, at)
            return _Received(accepted=accepted, written=replace(done, received=message))
        return _Received(accepted=accepted, written=arrived, pending=pending_of(conversation, message))


def _is(choice: str | None, payload: str) -> bool:
    return choice is not None and lines.intent_of(choice) == lines.intent_of(payload)


def _meaning(connection: Connection, incoming: Incoming) -> tuple[str, str | None]:
    """Give the text to store and, for a quick reply, the payload behind it.

    Card numbers and passwords are taken out here: neither the store nor the bot nor a person ever sees them.
    """
    if incoming.reply_id is None:
        return redact(incoming.text), None
    reply = find_quick_reply(connection, incoming.conversation_id, incoming.reply_id)
    if reply is None:
        raise UnknownReplyError(incoming.reply_id)
    return reply.title, reply.payload


def _message(
    conversation: Conversation, seq: int, incoming: Incoming, text: str, choice: str | None, at: datetime
) -> Message:
    return Message(
        message_id=str(uuid.uuid4()),
        conversation_id=conversation.conversation_id,
        seq=seq,
        client_message_id=incoming.client_message_id,
        author="customer",
        text=text,
        payload={} if choice is None else {"choice": choice},
        state="received" if conversation.owner == "bot" else "done",
        created_at=at,
    )


def _leave_to_person(connection: Connection, conversation: Conversation, message: Message, at: datetime) -> None:
    close_message(connection, conversation, message, "agent", at)
    if conversation.waiting_since is None:
        change_conversation(connection, conversation.conversation_id, waiting_since=at)
