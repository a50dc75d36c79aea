"""The migrations: the tables they make are the tables of the code, and data survive the way up and down."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import insert, inspect, select, text

from store.engine import Database, open_database
from store.migrate import UnknownRevisionError, current, downgrade, head, upgrade
from store.tables import customers, metadata, orders
from tests.support.databases import temporary_postgres

pytestmark = pytest.mark.integration

PLACED = datetime(2026, 5, 3, 12, 30, tzinfo=UTC)


@pytest.fixture(params=["sqlite", "postgresql"])
def database(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Database]:
    if request.param == "sqlite":
        opened = open_database(f"sqlite:///{tmp_path / 'rapport.db'}")
        yield opened
        opened.close()
        return
    with temporary_postgres() as url:
        opened = open_database(url)
        yield opened
        opened.close()


def test_an_empty_database_has_no_revision(database: Database) -> None:
    assert current(database) is None


def test_the_migrated_tables_are_the_tables_of_the_code(database: Database) -> None:
    assert upgrade(database) == head() == current(database)
    with database.read() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, metadata) == []


def test_the_lean_tables_have_no_row_id_on_sqlite_after_migrating(tmp_path: Path) -> None:
    database = open_database(f"sqlite:///{tmp_path / 'rapport.db'}")
    upgrade(database)
    with database.read() as connection:
        made = dict(connection.execute(text("SELECT name, sql FROM sqlite_master WHERE type = 'table'")).all())
    database.close()
    lean = {table.name for table in metadata.sorted_tables if table.dialect_options["sqlite"]["with_rowid"] is False}
    assert lean == {name for name, sql in made.items() if "WITHOUT ROWID" in str(sql)}


def test_upgrading_again_changes_nothing_and_keeps_the_data(database: Database) -> None:
    upgrade(database)
    with database.write() as connection:
        connection.execute(insert(customers).values(customer_id="ana", name="Ana", traits={"age": "45-54"}))
        connection.execute(insert(orders).values(order_id="1", customer_id="ana", placed_at=PLACED, total=12.5))
    upgrade(database)
    with database.read() as connection:
        assert connection.execute(select(customers.c.name, customers.c.traits)).all() == [("Ana", {"age": "45-54"})]
        assert connection.execute(select(orders.c.placed_at, orders.c.total)).all() == [(PLACED, 12.5)]


def test_going_back_one_revision_keeps_what_it_does_not_concern(database: Database) -> None:
    upgrade(database)
    with database.write() as connection:
        connection.execute(insert(customers).values(customer_id="ana", traits={}))
    downgrade(database, "0001")
    with database.read() as connection:
        assert "messages" not in inspect(connection).get_table_names()
    assert upgrade(database) == head()
    with database.read() as connection:
        assert connection.execute(select(customers.c.customer_id)).scalars().all() == ["ana"]


def test_going_back_to_the_base_leaves_no_table(database: Database) -> None:
    upgrade(database)
    downgrade(database)
    with database.read() as connection:
        assert set(inspect(connection).get_table_names()) <= {"alembic_version"}
    assert current(database) is None


def test_two_upgrades_at_once_both_succeed(database: Database) -> None:
    reached: list[str] = []
    threads = [threading.Thread(target=lambda: reached.append(upgrade(database))) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert reached == [head(), head()]


def test_a_database_of_a_newer_program_is_refused_and_left_alone(database: Database) -> None:
    upgrade(database)
    with database.write() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(UnknownRevisionError, match="newer"):
        upgrade(database)
    assert current(database) == "9999"
