"""What most tests of this tier run on: an empty database of each kind."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from store.engine import Database
from tests.support.small_shop import empty_database


@pytest.fixture(params=["sqlite", "postgresql"])
def database(request: pytest.FixtureRequest) -> Iterator[Database]:
    """A database with all tables and no row: SQLite in memory, then PostgreSQL."""
    with empty_database(request.param) as made:
        yield made
