"""The database's two ways in, on SQLite and PostgreSQL: all or nothing, writers wait, moments are UTC."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest
from sqlalchemy import func, insert, select, update
from sqlalchemy.exc import StatementError

from store.engine import Database
from store.repositories.events import EventRow, add_events, events_of_anonymous
from store.tables import customers, products
from tests.support.databases import migrated_database

pytestmark = pytest.mark.integration


@pytest.fixture(params=["sqlite", "postgresql"])
def database(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Database]:
    with migrated_database(request.param, tmp_path / "folder/rapport.db") as opened:
        yield opened


def count(database: Database) -> int:
    with database.read() as connection:
        return int(connection.execute(select(func.count()).select_from(customers)).scalar_one())


def test_a_write_that_fails_leaves_nothing(database: Database) -> None:
    def fail_half_way() -> None:
        with database.write() as connection:
            connection.execute(insert(customers).values(customer_id="ana", traits={}))
            raise RuntimeError("half-way")

    with pytest.raises(RuntimeError, match="half-way"):
        fail_half_way()
    assert count(database) == 0


def test_what_is_written_past_sqlalchemy_alone_is_committed_too(database: Database) -> None:
    moment = datetime(2026, 3, 1, tzinfo=UTC)
    with database.write() as connection:
        add_events(
            connection, [EventRow("m1", "page", "Tea", None, "browser", "web", "key", *[moment.timestamp()] * 2, "{}")]
        )
    with database.read() as connection:
        assert [row.message_id for row in events_of_anonymous(connection, "browser")] == ["m1"]


def test_a_read_changes_nothing(database: Database) -> None:
    with database.read() as connection:
        connection.execute(insert(customers).values(customer_id="ana", traits={}))
    assert count(database) == 0


def test_a_read_sees_one_snapshot_whatever_is_written_meanwhile(database: Database) -> None:
    with database.read() as connection:
        before = connection.execute(select(func.count()).select_from(customers)).scalar_one()
        with database.write() as other:
            other.execute(insert(customers).values(customer_id="ana", traits={}))
        after = connection.execute(select(func.count()).select_from(customers)).scalar_one()
    assert (before, after, count(database)) == (0, 0, 1)


def test_two_writers_that_read_first_wait_for_one_another(database: Database) -> None:
    with database.write() as connection:
        row = {"product_id": "1", "name": "Tea", "category": "Tea", "department": "Drinks", "times_sold": 0}
        connection.execute(insert(products).values(**row))

    def sell() -> None:
        for _ in range(20):
            with database.write() as connection:
                locked = select(products.c.times_sold).with_for_update()
                sold = connection.execute(locked).scalar_one()
                connection.execute(update(products).values(times_sold=sold + 1))

    threads = [threading.Thread(target=sell) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with database.read() as connection:
        assert connection.execute(select(products.c.times_sold)).scalar_one() == 3 * 20


def test_a_moment_of_any_zone_comes_back_as_the_same_moment_in_utc(database: Database) -> None:
    moment = datetime(2026, 5, 3, 14, 30, tzinfo=timezone(timedelta(hours=2)))
    with database.write() as connection:
        connection.execute(insert(customers).values(customer_id="ana", traits={}, joined_at=moment))
    with database.read() as connection:
        stored = connection.execute(select(customers.c.joined_at)).scalar_one()
    assert stored == moment
    assert stored == datetime(2026, 5, 3, 12, 30, tzinfo=UTC)
    assert stored.tzinfo == UTC


def test_a_moment_without_a_zone_is_refused(database: Database) -> None:
    with pytest.raises(StatementError, match="must have a time zone"), database.write() as connection:
        connection.execute(insert(customers).values(customer_id="ana", traits={}, joined_at=datetime(2026, 5, 3)))  # noqa: DTZ001
