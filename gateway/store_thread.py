"""One thread that talks to the database: operations that wait at the same moment share one commit."""

from __future__ import annotations

import asyncio
import queue
import threading
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar

from sqlalchemy import Connection

from store.engine import Database

T = TypeVar("T")
Operation = Callable[[Connection], T]

#: Operations of one transaction: enough to share a disk sync among a burst, few enough to keep the first from waiting.
LARGEST_BATCH = 64


class StoreClosedError(RuntimeError):
    """The gateway is stopping: nothing more is written. The client keeps what it sent and sends it again."""


@dataclass(slots=True)
class _Waiting:
    operation: Operation[Any]
    future: asyncio.Future[Any]
    result: Any = None
    error: BaseException | None = None


class StoreThread:
    """The event loop's way to the database: `await store.run(operation)`.

    An operation is a plain function of a connection. It runs in a savepoint of a transaction that it may share with
    others, so it sees what those before it wrote, and its failure undoes only its own writes. `run` returns after the
    commit: what it returned is on disk.
    """

    def __init__(self, database: Database) -> None:
        self._database = database
        self._queue: queue.SimpleQueue[_Waiting | None] = queue.SimpleQueue()
        self._thread = threading.Thread(target=self._work, name="store", daemon=True)
        self._lock = threading.Lock()
        self._closed = False

    def start(self) -> None:
        """Begin to work; call once."""
        self._thread.start()

    async def run(self, operation: Operation[T]) -> T:
        """Run an operation and wait until it is committed.

        Raises
        ------
        StoreClosedError
            The thread was closed before the operation could be taken.
        Exception
            Whatever the operation or the commit raised; nothing of the operation was written then.
        """
        future: asyncio.Future[T] = asyncio.get_running_loop().create_future()
        with self._lock:
            if self._closed:
                raise StoreClosedError("the store is closed")
            self._queue.put(_Waiting(operation, future))
        return await future

    async def close(self) -> None:
        """Finish what was taken, then end the thread."""
        with self._lock:
            if self._closed:
                return
            self._closed = True
            self._queue.put(None)
        if self._thread.is_alive():
            await asyncio.to_thread(self._thread.join)

    def _work(self) -> None:
        closing = False
        while not closing:
            batch, closing = self._take()
            if batch:
                self._write(batch)
                _settle(batch)

    def _take(self) -> tuple[list[_Waiting], bool]:
        """Wait for one operation and take all that came with it; True at the end of the queue."""
        batch: list[_Waiting] = []
        item = self._queue.get()
        while item is not None:
            batch.append(item)
            if len(batch) == LARGEST_BATCH:
                return batch, False
            try:
                item = self._queue.get_nowait()
            except queue.Empty:
                return batch, False
        return batch, True

    def _write(self, batch: list[_Waiting]) -> None:
        try:
            with self._database.write() as connection:
                if len(batch) == 1:  # the transaction is its own: no savepoint is needed
                    batch[0].result = batch[0].operation(connection)
                    return
                for waiting in batch:
                    _run_one(connection, waiting)
        except Exception as error:  # the transaction failed: all of it is undone, and everybody is told
            for waiting in batch:
                waiting.error = waiting.error or error


def _run_one(connection: Connection, waiting: _Waiting) -> None:
    try:
        with connection.begin_nested():
            waiting.result = waiting.operation(connection)
    except Exception as error:
        if _transaction_lost(connection):
            raise
        waiting.error = error


def _transaction_lost(connection: Connection) -> bool:
    """Whether the failure took the whole transaction with it: the server went away, or SQLite's disk is full.

    SQLite undoes everything then and leaves autocommit behind: what the others of the batch wrote would be lost
    although they were told it is safe.
    """
    if connection.invalidated or connection.closed:
        return True
    driver = connection.connection.dbapi_connection
    return connection.dialect.name == "sqlite" and not getattr(driver, "in_transaction", False)


def _settle(batch: list[_Waiting]) -> None:
    """Tell the waiting tasks, with one call into each loop."""
    for loop in {waiting.future.get_loop() for waiting in batch}:
        theirs = [waiting for waiting in batch if waiting.future.get_loop() is loop]
        try:
            loop.call_soon_threadsafe(_resolve, theirs)
        except RuntimeError:  # the loop was closed: nobody waits any more
            continue


def _resolve(batch: list[_Waiting]) -> None:
    for waiting in batch:
        if waiting.future.done():
            continue
        if waiting.error is not None:
            waiting.future.set_exception(waiting.error)
        else:
            waiting.future.set_result(waiting.result)
