"""Importing again: repeated, corrected, interrupted, weeks later. Nothing doubles and nothing is lost."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import inspect, select

from analytics.jobs.import_shop import import_shop
from store.engine import Database
from store.memory import memory_database
from store.tables import import_runs, metadata
from tests.support.small_shop import (
    FILES,
    NOW,
    WHOLE,
    counts,
    imported,
    rows,
    with_line,
    without_table,
    write_shop,
)


def test_importing_twice_changes_nothing(database: Database, tmp_path: Path) -> None:
    mapping = write_shop(tmp_path)
    imported(database, mapping)
    before = {name: rows(database, name, *metadata.tables[name].c.keys()[:6]) for name in WHOLE if name != "customers"}
    imported(database, mapping)
    after = {name: rows(database, name, *metadata.tables[name].c.keys()[:6]) for name in before}
    assert counts(database) == WHOLE
    assert after == before


def test_a_corrected_file_corrects_what_is_stored(database: Database, tmp_path: Path) -> None:
    imported(database, write_shop(tmp_path))
    shorter = FILES["sales.csv"].replace("o2,ana,2026-03-07 18:30:00,p2,3,6.00,0", "").replace("5.00", "7.00")
    imported(database, write_shop(tmp_path, sales_csv=shorter))
    assert [row for row in rows(database, "order_lines", "order_id", "line", "amount") if row[0] != "o1"] == [
        ("o2", 1, 4.0),
        ("o3", 1, 7.0),
    ]


def test_a_crash_midway_leaves_nothing_and_a_repeat_completes_it(tmp_path: Path) -> None:
    database = memory_database()
    mapping = write_shop(tmp_path)

    def crash(step: str, _share: float) -> None:
        if step == "Writing order lines":
            raise RuntimeError("power cut")

    with pytest.raises(RuntimeError, match="power cut"):
        import_shop(database, mapping, crash, NOW)
    assert set(counts(database).values()) == {0}
    with database.read() as connection:
        assert connection.execute(select(import_runs.c.finished_at)).scalar_one() is None
    imported(database, mapping)
    assert counts(database) == WHOLE


def test_indexes_that_were_dropped_for_speed_are_back_afterwards(database: Database, tmp_path: Path) -> None:
    imported(database, write_shop(tmp_path))
    for name in ("orders", "order_lines"):
        made = {index["name"] for index in inspect(database.engine).get_indexes(name)}
        assert {str(index.name) for index in metadata.tables[name].indexes} <= made


def test_a_later_import_of_orders_alone_finds_customers_and_products_in_the_database(
    database: Database, tmp_path: Path
) -> None:
    imported(database, write_shop(tmp_path))
    only_orders = without_table("customers", "products", "offers", "offer_products", "redemptions")
    more = with_line("sales.csv", "o4,ben,2026-03-10 09:00:00,p5,1,2,0")
    report = imported(database, write_shop(tmp_path, mapping_yml=only_orders, sales_csv=more))
    assert report.tables["orders"].rejected == {}
    assert counts(database)["orders"] == 4
    assert dict(rows(database, "products", "product_id", "times_sold"))["p1"] == 2


def test_dates_move_by_whole_weeks_so_that_the_newest_order_is_just_past(database: Database, tmp_path: Path) -> None:
    content = FILES["mapping.yml"].replace("shop: Small shop", "shop: Small shop\n        shift_to_now: true")
    mapping = write_shop(tmp_path, mapping_yml=content)
    later = NOW + timedelta(weeks=30, days=5)
    report = imported(database, mapping, later)
    moved = timedelta(days=report.shifted_days)
    # 31 weeks bring the last order (half a day before NOW) a day and a half beyond `later`; 30 would leave a gap.
    assert moved == timedelta(weeks=31)
    assert report.tables["orders"].rejected == {"placed_at lies after the moment of import": 1}
    placed = dict(rows(database, "orders", "order_id", "placed_at"))
    assert placed["o2"] == datetime(2026, 3, 7, 18, 30, tzinfo=UTC) + moved
    assert placed["o2"].weekday() == datetime(2026, 3, 7, tzinfo=UTC).weekday()
    assert dict(rows(database, "offers", "offer_id", "ends_at"))["c1"] == (
        datetime(2026, 3, 10, 23, 59, 59, tzinfo=UTC) + moved
    )


def test_a_demonstration_shop_imported_weeks_later_moves_on_without_doubling(
    database: Database, tmp_path: Path
) -> None:
    content = FILES["mapping.yml"].replace("shop: Small shop", "shop: Small shop\n        shift_to_now: true")
    mapping = write_shop(tmp_path, mapping_yml=content)
    first = imported(database, mapping, NOW + timedelta(weeks=30) - timedelta(hours=12))
    assert first.tables["orders"].rejected == {}
    second = imported(database, mapping, NOW + timedelta(weeks=40, days=5))
    assert second.shifted_days - first.shifted_days == 7 * 11
    # o3 is not placed yet at the second moment: it goes, and comes back with a later import.
    assert [row[0] for row in rows(database, "orders", "order_id")] == ["o1", "o2"]
    assert rows(database, "redemptions", "redeemed_at") == [
        (datetime(2026, 3, 7, tzinfo=UTC) + timedelta(days=second.shifted_days),)
    ]


def test_the_run_is_recorded_with_counts_that_are_plain_json(database: Database, tmp_path: Path) -> None:
    report = imported(database, write_shop(tmp_path))
    with database.read() as connection:
        run = connection.execute(select(import_runs)).one()
    assert (run.import_id, run.source, run.shifted_days) == (report.import_id, "Small shop", 0)
    assert run.counts["orders"] == {"read": 3, "written": 3, "rejected": {}}
    assert json.loads(json.dumps(run.counts)) == report.counts()
    assert run.finished_at >= run.started_at
    assert report.lines()[0].startswith("Small shop: 21 rows in ")
    assert replace(report, shifted_days=7).lines()[-1] == "  all dates moved by 7 days"
