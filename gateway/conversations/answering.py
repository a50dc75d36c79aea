"""Answering one message: ask Rasa until there is an answer, a person, or an honest end."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime

import structlog
from sqlalchemy import Connection
from sqlalchemy.exc import InterfaceError, OperationalError

from gateway.conversations.announcer import Announcer
from gateway.conversations.attempts import Attempts, Patience
from gateway.conversations.completion import Completion
from gateway.conversations.lane import Lane
from gateway.conversations.pending import Pending
from gateway.conversations.trouble import defer, give_up, hand_over_unasked
from gateway.conversations.written import Written
from gateway.metrics import Metrics
from gateway.rasa.answer import TurnAnswer
from gateway.rasa.client import RasaClient
from gateway.rasa.failures import RasaFailureError
from gateway.store_thread import StoreClosedError, StoreThread

log = structlog.get_logger(__name__)

#: Seconds between attempts to write while the database is away.
_DATABASE_PAUSE = 0.5
#: The action that answers a complaint.
_APOLOGY = "action_apologise"


@dataclass(frozen=True, slots=True, kw_only=True)
class Answering:
    """Brings one message to its end; whoever calls it keeps the order within a conversation."""

    store: StoreThread
    rasa: RasaClient
    completion: Completion
    announcer: Announcer
    metrics: Metrics
    patience: Patience

    async def answer(self, pending: Pending, lane: Lane) -> None:
        """Ask until the message is answered, handed over, given up, or its lane has forgotten it."""
        attempts = Attempts(
            self.patience,
            told=pending.deferred,
            asks_for_person=pending.asks_for_person,
            age=(datetime.now(UTC) - pending.created_at).total_seconds(),
        )
        while lane.holds(pending):
            if not attempts.told:
                self.announcer.typing(pending.conversation_id, "bot")
            try:
                answer = await self.rasa.turn(pending.request, attempts.timeout())
            except RasaFailureError as failure:
                attempts.note(failure)
                self._note_failure(pending, failure)
                if await self._ends_without_answer(pending, attempts):
                    return
                await lane.pause(attempts.pause(self.rasa.breaker.is_open))
                await self._tell_if_due(pending, attempts)
            else:
                await self._complete(pending, answer)
                return

    async def _ends_without_answer(self, pending: Pending, attempts: Attempts) -> bool:
        if pending.asks_for_person:
            await self._write("handed_over", lambda connection, at: hand_over_unasked(connection, pending, at))
            return True
        if attempts.is_hopeless():
            await self._give_up(pending)
            return True
        await self._tell_if_due(pending, attempts)
        return False

    async def _tell_if_due(self, pending: Pending, attempts: Attempts) -> None:
        if attempts.tell_now(self.rasa.breaker.is_open):
            name = self.completion.assistant_name
            await self._write("deferred", lambda connection, at: defer(connection, pending, name, at))
            attempts.told = True

    async def _complete(self, pending: Pending, answer: TurnAnswer) -> None:
        try:
            await self._write("answered", lambda connection, at: self.completion.write(connection, pending, answer, at))
        except StoreClosedError:
            raise
        except Exception:
            # The answer is of the right shape and still can't be written: asking again would give the same one.
            log.exception("answer_not_written", message_id=pending.message_id)
            await self._give_up(pending)
            return
        if _APOLOGY in answer.actions:
            self.metrics.complaints.labels("yes" if answer.handoff else "no").inc()
        self.metrics.turn_seconds.observe((datetime.now(UTC) - pending.created_at).total_seconds())

    async def _give_up(self, pending: Pending) -> None:
        name = self.completion.assistant_name
        await self._write("unanswered", lambda connection, at: give_up(connection, pending, name, at))

    async def _write(self, end: str, write: Callable[[Connection, datetime], Written]) -> None:
        """Commit, however long the database is away, and announce what was written."""
        while True:
            try:
                written = await self.store.run(lambda connection: write(connection, datetime.now(UTC)))
            except (OperationalError, InterfaceError) as error:
                log.warning("database_away", error=type(error).__name__)
                await asyncio.sleep(_DATABASE_PAUSE)
            else:
                self.metrics.turns.labels(end).inc()
                self.announcer.announce(written)
                return

    def _note_failure(self, pending: Pending, failure: RasaFailureError) -> None:
        kind = type(failure).__name__
        self.metrics.failures.labels(kind).inc()
        log.warning("turn_failed", message_id=pending.message_id, kind=kind, reason=str(failure))
