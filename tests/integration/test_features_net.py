"""Features are net: orders that were cancelled or sent back tell nothing, wherever they are computed."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from analytics import columns as c
from analytics.features.postgres import feature_table_in_database
from analytics.features.sales import load_sales
from analytics.features.table import feature_table
from analytics.workspace import open_workspace
from store.engine import Database
from tests.integration.test_import_cleaning import RETURNED, RETURNS, shop
from tests.support.small_shop import imported

pytestmark = pytest.mark.integration

NOW = datetime(2026, 1, 10, tzinfo=UTC)


def test_what_was_sent_back_is_no_purchase(database: Database, tmp_path: Path) -> None:
    imported(database, shop(tmp_path, RETURNED, top=RETURNS), NOW + timedelta(days=1))
    with open_workspace() as copy:
        load_sales(database, copy)
        table = feature_table(copy, NOW)
    (ana,) = table.to_pylist()
    # Of o1 (13.00) a piece came back (2.00); o2 was sent back whole and counts no more.
    assert (ana[c.CUSTOMER_ID], ana[c.FREQUENCY], ana[c.MONETARY]) == ("ana", 1.0, 13.0 - 2.0)
    # Two lines are left of what she bought; the three pieces that came back undo parts of two lines.
    assert ana[c.RETURN_SHARE] == 2 / (2 + 2)
    assert ana[c.LINES_PER_ORDER] == 2
    with open_workspace() as copy:
        load_sales(database, copy)
        (before,) = feature_table(copy, datetime(2026, 1, 7, 9, tzinfo=UTC)).to_pylist()
    assert before[c.RETURN_SHARE] == 0  # they come back at ten
    if not database.is_sqlite:
        with database.write() as connection:
            assert feature_table_in_database(connection, NOW).equals(table)
