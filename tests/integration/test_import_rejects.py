"""What an import refuses: rows that break a rule, each with its reason, and mappings that cannot be used, whole."""

from __future__ import annotations

import textwrap
from pathlib import Path

import pytest
from sqlalchemy import select

from analytics.importing.errors import MappingError, ShopImportError, SourceError
from store.engine import Database
from store.memory import memory_database
from store.tables import rejected_rows
from tests.support.small_shop import (
    FILES,
    counts,
    imported,
    rows,
    with_line,
    write_shop,
)


@pytest.mark.parametrize(
    ("file", "line", "table", "reason"),
    [
        ("sales.csv", "o9,,2026-01-05,p1,1,3,0", "orders", "missing customer_id"),
        ("sales.csv", "o9,carl,2026-01-05,p1,1,3,0", "orders", "unknown customer"),
        ("sales.csv", "o9,ana,soon,p1,1,3,0", "orders", "placed_at is not a date"),
        ("sales.csv", "o9,ana,,p1,1,3,0", "orders", "missing placed_at"),
        ("sales.csv", "o9,ana,2026-01-05,p1,1,-3,0", "orders", "negative total"),
        ("sales.csv", "o9,ana,2026-03-11,p1,1,3,0", "orders", "placed_at lies after the moment of import"),
        ("sales.csv", "o3,ben,2026-03-10,p1,-1,3,0", "order_lines", "negative quantity"),
        ("sales.csv", "o3,ben,2026-03-10,p1,0,3,0", "order_lines", "quantity is zero"),
        ("sales.csv", "o3,ben,2026-03-10,p1,1.5,3,0", "order_lines", "quantity is not a whole number"),
        ("sales.csv", "o3,ben,2026-03-10,p1,1,free,0", "order_lines", "amount is not a number"),
        ("sales.csv", "o3,ben,2026-03-10,p77,1,3,0", "order_lines", "unknown product"),
        ("sales.csv", "o3,ben,2026-03-10,p3,1,3,0", "order_lines", "duplicate of order_id, product_id"),
        ("people.csv", "ana,ANNA,", "customers", "duplicate of customer_id"),
        ("people.csv", ",NOBODY,", "customers", "missing customer_id"),
        ("goods.csv", "p1,OTHER,CEREAL,,Own", "products", "duplicate of product_id"),
        ("coupons.csv", "c1,p77,2026-03-01,2026-03-10", "offer_products", "unknown product"),
        ("redeemed.csv", "ana,c77,2026-03-07", "redemptions", "unknown offer"),
        ("redeemed.csv", "carl,c1,2026-03-07", "redemptions", "unknown customer"),
    ],
)
def test_a_row_that_breaks_a_rule_is_rejected_with_its_reason(
    tmp_path: Path, file: str, line: str, table: str, reason: str
) -> None:
    database = memory_database()
    report = imported(database, write_shop(tmp_path, **{file.replace(".", "_"): with_line(file, line)}))
    assert report.tables[table].rejected == {reason: 1}
    assert report.tables[table].read == report.tables[table].written + 1
    kept = [row for row in rows(database, "rejected_rows", "table_name", "reason") if row[0] == table]
    assert kept == [(table, reason)]


def test_rejected_rows_are_kept_with_their_number_and_values(database: Database, tmp_path: Path) -> None:
    imported(database, write_shop(tmp_path, people_csv=with_line("people.csv", ",NOBODY,7")))
    with database.read() as connection:
        row = connection.execute(select(rejected_rows)).one()
    assert (row.row_number, row.row) == (3, {"id": None, "name": "NOBODY", "age": "7"})


def test_lines_of_a_rejected_order_say_so(tmp_path: Path) -> None:
    content = with_line("sales.csv", "o9,carl,2026-01-05,p1,1,3,0")
    report = imported(memory_database(), write_shop(tmp_path, sales_csv=content))
    assert report.tables["order_lines"].rejected == {"its order was rejected": 1}


@pytest.mark.parametrize(
    ("old", "new", "error", "message"),
    [
        ("customer_id: who,", "customer_id: buyer,", SourceError, "redeemed.csv has no column 'buyer'"),
        ("total: {round: {sum: paid}}", "total: {round: {sum: price}}", SourceError, "sales.csv has no column 'price'"),
        ("file: goods.csv", "file: missing.csv", SourceError, "there is no file missing.csv"),
        (
            "file: goods.csv",
            'file: "package:no_such_package/a.csv"',
            SourceError,
            "'no_such_package' .* is not installed",
        ),
        ("placed_at: when", "placed_on: when", MappingError, "placed_on: no such field"),
        ("      placed_at: when\n", "", MappingError, "placed_at is required"),
        ("from: people", "from: persons", MappingError, "'persons' is not under sources"),
        ("{title_case: name}", "{shout: name}", MappingError, "neither a column nor one of"),
        ("lookup: groups", "lookup: kinds", MappingError, "'kinds' needs `of` and a table under lookups"),
        ('{sum: "off"}', "{sum: off}", MappingError, "write the column .in quotes."),
        ("words: [words.yml]", "words: [gone.yml]", MappingError, "gone.yml cannot be read"),
        ("shop: Small shop", "shop: Small shop\ntimezone: Mars", MappingError, "'Mars' is no time zone"),
    ],
)
def test_a_wrong_mapping_is_told_in_one_line_and_nothing_is_imported(
    tmp_path: Path, old: str, new: str, error: type[ShopImportError], message: str
) -> None:
    database = memory_database()
    content = textwrap.dedent(FILES["mapping.yml"])
    assert old in content
    mapping = write_shop(tmp_path, mapping_yml=content.replace(old, new, 1))
    with pytest.raises(error, match=message) as told:
        imported(database, mapping)
    assert "\n" not in str(told.value)
    assert set(counts(database).values()) == {0}
    assert rows(database, "import_runs", "import_id") == []
