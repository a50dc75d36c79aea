"""The store thread: shared commits, separate failures."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Connection, text

from gateway.store_thread import StoreClosedError, StoreThread
from store.engine import Database, open_database


class CountingDatabase(Database):
    """Counts commits, and waits for the gate before each transaction so that a test can fill the queue."""

    commits = 0
    commit_fails = False

    @contextmanager
    def write(self) -> Any:
        with super().write() as connection:
            yield connection
            if self.commit_fails:
                raise OSError("the disk is full")
        self.commits += 1


@pytest.fixture
async def store(tmp_path: Path) -> AsyncIterator[StoreThread]:
    database = CountingDatabase(open_database(f"sqlite:///{tmp_path / 'test.db'}").engine)
    with database.write() as connection:
        connection.execute(text("CREATE TABLE notes (note INTEGER PRIMARY KEY)"))
    database.commits = 0
    thread = StoreThread(database)
    thread.start()
    yield thread
    await thread.close()
    database.close()


def _note(number: int) -> Any:
    def write(connection: Connection) -> int:
        connection.execute(text("INSERT INTO notes VALUES (:number)"), {"number": number})
        return number

    return write


def _notes(connection: Connection) -> list[int]:
    return [row.note for row in connection.execute(text("SELECT note FROM notes ORDER BY note"))]


def _database(store: StoreThread) -> CountingDatabase:
    database = store._database
    assert isinstance(database, CountingDatabase)
    return database


async def test_what_was_run_is_committed_when_it_returns(store: StoreThread) -> None:
    assert await store.run(_note(1)) == 1
    with _database(store).read() as connection:
        assert _notes(connection) == [1]


async def test_operations_that_wait_share_commits(store: StoreThread) -> None:
    results = await asyncio.gather(*(store.run(_note(number)) for number in range(50)))
    assert results == list(range(50))
    # The first may go alone; the rest came while it was at work.
    assert _database(store).commits <= 3


async def test_a_failing_operation_harms_nobody_else(store: StoreThread) -> None:
    def fail(connection: Connection) -> None:
        _note(100)(connection)
        raise ValueError("no")

    results = await asyncio.gather(
        store.run(_note(1)), store.run(fail), store.run(_note(2)), store.run(_note(1)), return_exceptions=True
    )
    assert results[0] == 1
    assert isinstance(results[1], ValueError)
    assert results[2] == 2
    assert type(results[3]).__name__ == "IntegrityError"
    assert await store.run(_notes) == [1, 2]


async def test_a_failing_commit_fails_everybody_in_it_and_the_next_goes_on(store: StoreThread) -> None:
    _database(store).commit_fails = True
    results = await asyncio.gather(store.run(_note(1)), store.run(_note(2)), return_exceptions=True)
    assert [type(result) for result in results] == [OSError, OSError]
    _database(store).commit_fails = False
    assert await store.run(_note(3)) == 3
    assert await store.run(_notes) == [3]


async def test_a_transaction_lost_in_the_middle_fails_those_before_as_well(store: StoreThread) -> None:
    def lose(connection: Connection) -> None:
        # What SQLite does by itself when the disk is full.
        driver: Any = connection.connection.dbapi_connection
        driver.execute("ROLLBACK")
        raise OSError("the disk is full")

    gate = asyncio.get_running_loop().create_future()
    first = store.run(lambda _connection: asyncio.run_coroutine_threadsafe(_wait(gate), gate.get_loop()).result())
    tasks = [asyncio.create_task(operation) for operation in (first, store.run(_note(1)), store.run(lose))]
    await asyncio.sleep(0)
    gate.set_result(None)
    results = await asyncio.gather(*tasks, return_exceptions=True)
    assert isinstance(results[2], Exception)
    kept = await store.run(_notes)
    # Either both were in the lost transaction, or the first was committed before; never told safe and lost.
    assert (results[1] == 1) == (1 in kept)


async def _wait(future: asyncio.Future[None]) -> None:
    await future


async def test_operations_run_in_the_order_they_came(store: StoreThread) -> None:
    seen: list[int] = []
    await asyncio.gather(*(store.run(lambda _c, number=number: seen.append(number)) for number in range(200)))
    assert seen == list(range(200))


async def test_an_operation_nobody_waits_for_any_more_is_harmless(store: StoreThread) -> None:
    task = asyncio.create_task(store.run(_note(1)))
    await asyncio.sleep(0)
    task.cancel()
    assert await store.run(_note(2)) == 2


async def test_closing_finishes_what_was_taken_and_takes_nothing_new(store: StoreThread) -> None:
    tasks = [asyncio.create_task(store.run(_note(number))) for number in range(10)]
    await asyncio.sleep(0)
    await store.close()
    assert await asyncio.gather(*tasks) == list(range(10))
    with pytest.raises(StoreClosedError):
        await store.run(_note(11))
    await store.close()
