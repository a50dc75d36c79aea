"""What an import cleans: each rule on a shop so small that every figure can be counted by hand."""

from __future__ import annotations

import textwrap
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from analytics.importing.errors import MappingError
from analytics.importing.report import ImportReport
from store.engine import Database
from store.memory import memory_database
from tests.support.small_shop import imported, rows

pytestmark = pytest.mark.integration

MAPPING = """
shop: Till
{top}
sources:
  people: {{file: people.csv}}
  sales: {{file: sales.csv}}
tables:
  customers:
    from: people
    fields: {{customer_id: id, name: name, joined_at: joined}}
  products:
    from: sales
    group_by: [sku]
    fields: {{product_id: sku, name: sku, category: {{constant: Things}}, department: {{constant: All}}}}
  orders:
    from: sales
    group_by: [order]
    fields:
      order_id: order
      customer_id: who
      placed_at: when
      total: {{round: {{sum: paid}}}}
      {order_more}
  order_lines:
    from: sales
    fields: {{order_id: order, product_id: sku, quantity: pieces, amount: paid}}
"""
PEOPLE = "id,name,joined\nana,Ana,2020-01-01\nben,Ben,2020-01-01\n"
HEAD = "order,who,when,sku,pieces,paid,money\n"


def shop(folder: Path, sales: str, *, top: str = "", order_more: str = "", people: str = PEOPLE) -> Path:
    (folder / "people.csv").write_text(people, encoding="utf-8")
    (folder / "sales.csv").write_text(HEAD + textwrap.dedent(sales).lstrip(), encoding="utf-8")
    content = MAPPING.format(top=textwrap.dedent(top), order_more=order_more)
    (folder / "mapping.yml").write_text(content, encoding="utf-8")
    return folder / "mapping.yml"


def found(report: ImportReport) -> dict[tuple[str, str], tuple[int, str, float | None]]:
    return {(one.table, one.check): (one.found, one.done, one.amount) for one in report.findings}


RETURNS = "cleaning: {returns: {order_prefix: C}}"
RETURNED = """
    o1,ana,2026-01-05 10:00,p1,4,8.00,
    o1,ana,2026-01-05 10:00,p2,1,5.00,
    o2,ana,2026-01-06 10:00,p1,2,4.00,
    C3,ana,2026-01-07 10:00,p1,-3,-6.00,
    C4,ben,2026-01-07 10:00,p1,-1,-2.00,
"""


def test_totals_and_lines_are_net_of_returns(database: Database, tmp_path: Path) -> None:
    report = imported(database, shop(tmp_path, RETURNED, top=RETURNS))
    # Three pieces come back: both of o2, the latest, then one of the four of o1.
    assert rows(database, "order_lines", "order_id", "product_id", "quantity", "amount") == [
        ("o1", "p1", 4 - 1, 8.0 - 2.0),
        ("o1", "p2", 1, 5.0),
    ]
    assert rows(database, "orders", "order_id", "total", "status") == [
        ("o1", 13.0 - 2.0, None),
        ("o2", 0.0, "returned"),
    ]
    assert rows(database, "returns", "return_id", "line", "part", "quantity", "amount") == [
        ("C3", 1, 1, 1, 2.0),
        ("C3", 1, 2, 2, 4.0),
        ("C4", 1, 1, 1, 2.0),
    ]
    assert found(report)["order_lines", "returns_matched"] == (1, "matched", 2.0 + 4.0)
    assert found(report)["order_lines", "returns_unmatched"] == (1, "left out", 2.0)
    assert found(report)["orders", "undone_orders"] == (1, "kept", None)
    assert report.totals["money_before"] - report.totals["returned"] == report.totals["money_after"] == 17.0 - 6.0


def test_a_return_that_comes_with_a_later_import_takes_the_line_away(database: Database, tmp_path: Path) -> None:
    lines = textwrap.dedent(RETURNED).strip().splitlines(keepends=True)
    imported(database, shop(tmp_path, "".join(lines[:3]), top=RETURNS))
    assert len(rows(database, "order_lines", "order_id", "line")) == 3
    for _ in range(2):
        imported(database, shop(tmp_path, RETURNED, top=RETURNS))
        assert rows(database, "order_lines", "order_id", "line") == [("o1", 1), ("o1", 2)]
        assert len(rows(database, "returns", "return_id")) == 3


def test_without_a_rule_for_returns_they_are_rejected_as_before(tmp_path: Path) -> None:
    report = imported(memory_database(), shop(tmp_path, RETURNED))
    assert report.tables["orders"].rejected == {"negative total": 2}


def test_an_id_that_stands_for_nobody_is_no_customer(tmp_path: Path) -> None:
    sales = "o1,0,2026-01-05,p1,1,2.00,\no2,,2026-01-05,p1,1,3.00,\no3,NaN,2026-01-05,p1,1,4.00,\n"
    report = imported(memory_database(), shop(tmp_path, sales))
    assert report.tables["orders"].rejected == {"missing customer_id": 3}
    assert found(report)["orders", "no_customer"] == (3, "left out", 2.0 + 3.0 + 4.0)
    assert found(report)["order_lines", "no_customer"] == (3, "left out", 2.0 + 3.0 + 4.0)


DOUBTFUL = "".join(f"o{n},ana,2026-01-0{n} 10:00,p1,1,2.00,\n" for n in range(1, 8)) + (
    "o8,ana,2026-01-08 10:00,p1,1,200.00,\no8,ana,2026-01-08 10:00,p2,1,0.00,\no9,ben,2026-01-09 10:00,p1,100,200.00,\n"
    "o9,ben,2026-01-09 10:00,p3,1,5.00,\no9,ben,2026-01-09 10:00,p3,1,5.00,\no10,ben,2026-01-09 10:00,p1,105,210.00,\n"
)


def test_slips_are_told_of_and_kept(tmp_path: Path) -> None:
    report = imported(memory_database(), shop(tmp_path, DOUBTFUL))
    assert found(report) == {
        ("order_lines", "repeated_lines"): (1, "kept", 5.0),
        ("order_lines", "free_lines"): (1, "kept", 0.0),
        # 200 is a hundred times the usual 2.
        ("order_lines", "price_outliers"): (1, "kept", 200.0),
        ("order_lines", "quantity_outliers"): (2, "kept", 200.0 + 210.0),
        # o9 has 200 + 5 + 5 = 210 as well, at the same moment.
        ("orders", "orders_twice"): (1, "kept", 210.0),
    }
    assert report.written == 2 + 3 + 10 + 13


def test_slips_are_left_out_where_the_mapping_says_so(tmp_path: Path) -> None:
    top = """
    cleaning:
      repeated_lines: leave_out
      free_lines: leave_out
      price_outliers: {times: 50, then: leave_out}
      quantity_outliers: {times: 1000}
      orders_without_lines: leave_out
    """
    report = imported(memory_database(), shop(tmp_path, DOUBTFUL, top=top))
    assert report.tables["order_lines"].rejected == {"free line": 1, "price outlier": 1, "repeated line": 1}
    assert report.tables["orders"].rejected == {"no line is left": 1}


def test_amounts_in_other_currencies_become_the_shops_by_the_rate_of_the_day(
    database: Database, tmp_path: Path
) -> None:
    top = "cleaning: {currencies: {shop: GBP, rates: {EUR: {2026-01-01: 0.8, 2026-02-01: 0.9}, USD: 0.75}}}"
    sales = (
        "o1,ana,2026-01-05,p1,1,10.00,EUR\no2,ana,2026-02-05,p1,1,10.00,eur\no3,ana,2026-01-05,p1,1,10.00,USD\n"
        "o4,ana,2026-01-05,p1,1,10.00,\no5,ben,2025-12-31,p1,1,10.00,EUR\no6,ben,2026-01-05,p1,1,10.00,CHF\n"
    )
    report = imported(database, shop(tmp_path, sales, top=top, order_more="currency: money"))
    assert dict(rows(database, "orders", "order_id", "total")) == {"o1": 8.0, "o2": 9.0, "o3": 7.5, "o4": 10.0}
    assert dict(rows(database, "order_lines", "order_id", "amount")) == {"o1": 8.0, "o2": 9.0, "o3": 7.5, "o4": 10.0}
    assert report.tables["orders"].rejected == {"no rate for CHF": 1, "no rate for EUR": 1}
    assert found(report)["orders", "no_rate"] == (2, "left out", None)
    assert found(report)["order_lines", "converted"] == (3, "mended", None)


def test_clocks_are_read_in_the_shops_zone_and_odd_hours_are_told_of(database: Database, tmp_path: Path) -> None:
    # In Berlin clocks went from 02:00 to 03:00 on 29 March 2020 and showed 02:30 twice on 25 October.
    sales = (
        "o1,ana,2020-03-28 12:00,p1,1,1,\no2,ana,2020-03-29 02:30,p1,1,1,\no3,ana,2020-10-25 02:30,p1,1,1,\n"
        "o4,ana,2020-07-01T12:00:00+00:00,p1,1,1,\n"
    )
    report = imported(database, shop(tmp_path, sales, top="timezone: Europe/Berlin"))
    placed = dict(rows(database, "orders", "order_id", "placed_at"))
    assert placed["o1"] == datetime(2020, 3, 28, 11, 0, tzinfo=UTC)
    assert placed["o2"] == datetime(2020, 3, 29, 1, 30, tzinfo=UTC)
    assert placed["o3"] in (datetime(2020, 10, 25, 0, 30, tzinfo=UTC), datetime(2020, 10, 25, 1, 30, tzinfo=UTC))
    assert placed["o4"] == datetime(2020, 7, 1, 12, 0, tzinfo=UTC)
    assert found(report)["orders", "dst_gap"] == (1, "kept", None)
    assert found(report)["orders", "dst_twice"] == (1, "kept", None)


def test_dates_that_cannot_be_are_left_out(tmp_path: Path) -> None:
    sales = "o1,ana,1900-01-01,p1,1,2.00,\no2,ana,2026-01-05,p1,1,2.00,\n"
    people = "id,name,joined\nana,Ana,1900-01-01\nben,Ben,\n"
    database = memory_database()
    report = imported(database, shop(tmp_path, sales, people=people))
    assert report.tables["orders"].rejected == {"placed_at lies before 1970-01-02": 1}
    assert rows(database, "customers", "customer_id", "joined_at") == [("ana", None), ("ben", None)]
    assert found(report)["customers", "impossible_dates"] == (1, "left out", None)


def test_texts_are_put_right_and_shown_redacted(tmp_path: Path) -> None:
    people = "id,name,joined\nana,Ana MÃ¼ller,\nben,B\ufffdn,\n"
    database = memory_database()
    report = imported(database, shop(tmp_path, "o1,ana,2026-01-05,p1,1,2.00,\n", people=people))
    assert rows(database, "customers", "name") == [("Ana Müller",), ("B\ufffdn",)]
    assert found(report)["customers", "encoding_mended"] == (1, "mended", None)
    assert found(report)["customers", "encoding_lost"] == (1, "kept", None)
    (example,) = next(one for one in report.findings if one.check == "encoding_mended").examples
    assert example == {"field": "name", "from": "Ã¼", "to": "A…"}


@pytest.mark.parametrize(
    ("top", "message"),
    [
        ("cleaning: {returns: {prefix: C}}", "cleaning.returns.prefix: Extra inputs"),
        ("cleaning: {free_lines: drop}", "cleaning.free_lines: Input should be 'keep' or 'leave_out'"),
        ("cleaning: {currencies: {shop: GBP, rates: {EUR: 0}}}", "the rate of EUR must be above 0"),
        ("cleaning: {price_outliers: {times: 1}}", "cleaning.price_outliers.times: Input should be greater than 1"),
        ("identity: {verified: []}", "identity.verified: List should have at least 1 item"),
    ],
)
def test_a_wrong_rule_is_told_in_one_line(tmp_path: Path, top: str, message: str) -> None:
    database: Any = memory_database()
    with pytest.raises(MappingError, match=message) as told:
        imported(database, shop(tmp_path, "o1,ana,2026-01-05,p1,1,2.00,\n", top=top))
    assert "\n" not in str(told.value)
    assert rows(database, "orders", "order_id") == []
