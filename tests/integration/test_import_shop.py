"""A whole import: what arrives in the tables, from CSV and Parquet, on both databases."""

from __future__ import annotations

import textwrap
from datetime import UTC, datetime
from pathlib import Path

import duckdb

from analytics.importing.report import TableCount
from store.engine import Database
from store.memory import memory_database
from tests.support.small_shop import (
    FILES,
    WHOLE,
    counts,
    imported,
    rows,
    without_table,
    write_shop,
)


def test_every_table_is_filled_and_reported(database: Database, tmp_path: Path) -> None:
    report = imported(database, write_shop(tmp_path))
    assert counts(database) == WHOLE
    assert report.tables == {name: TableCount(read=count, written=count) for name, count in WHOLE.items()}
    assert (report.source, report.shifted_days, report.written) == ("Small shop", 0, sum(WHOLE.values()))


def test_orders_carry_totals_discounts_and_moments(database: Database, tmp_path: Path) -> None:
    imported(database, write_shop(tmp_path))
    assert rows(database, "orders", "order_id", "customer_id", "placed_at", "total", "discount") == [
        ("o1", "ana", datetime(2026, 1, 5, 10, tzinfo=UTC), 6 + 20, 1.0),
        ("o2", "ana", datetime(2026, 3, 7, 18, 30, tzinfo=UTC), 4 + 6, 0.0),
        ("o3", "ben", datetime(2026, 3, 10, tzinfo=UTC), 5.0, 0.5),
    ]
    assert rows(database, "order_lines", "order_id", "line", "product_id", "quantity", "amount")[:2] == [
        ("o1", 1, "p1", 2, 6.0),
        ("o1", 2, "p4", 1, 20.0),
    ]


def test_customers_have_readable_names_and_only_the_facts_they_told(database: Database, tmp_path: Path) -> None:
    imported(database, write_shop(tmp_path))
    assert rows(database, "customers", "customer_id", "name", "traits") == [
        ("ana", "Ana Lena", {"age": "34"}),
        ("ben", "Ben O'Neil", {}),
    ]


def test_no_two_products_share_a_name_and_the_best_sold_has_the_plain_one(database: Database, tmp_path: Path) -> None:
    imported(database, write_shop(tmp_path))
    assert dict(rows(database, "products", "product_id", "name")) == {
        "p1": "Kids cereal, 14.5 oz",
        "p2": "Kids cereal, 14.5 oz, variety 2",
        "p3": "Kids cereal, 14.5 oz (Other)",
        "p4": "Gift card",
        "p5": "Never sold, 1 lb",
    }
    assert dict(rows(database, "products", "product_id", "category"))["p1"] == "Breakfast cereal"


def test_price_stock_and_sales_follow_from_the_lines(database: Database, tmp_path: Path) -> None:
    imported(database, write_shop(tmp_path))
    assert rows(database, "products", "product_id", "price", "times_sold", "in_stock") == [
        ("p1", (6 / 2 + 4) / 2, 2, True),  # both sales lie within 90 days of its last one
        ("p2", 6 / 3, 1, True),
        ("p3", 5.0, 1, True),
        ("p4", None, 1, False),  # a gift card is no product, but its money stays in the order
        ("p5", None, 0, False),
    ]


def test_offers_tell_what_they_cover_and_run_while_their_window_covers_now(database: Database, tmp_path: Path) -> None:
    imported(database, write_shop(tmp_path))
    assert rows(database, "offers", "offer_id", "title", "description", "value", "active") == [
        ("c1", "Coupon: Cereal (2 products)", "Good for Kids cereal, 14.5 oz.", None, True),
        ("c2", "Coupon: Cereal (1 product)", "Good for Kids cereal, 14.5 oz.", None, False),
    ]
    assert rows(database, "offers", "offer_id", "ends_at")[0][1] == datetime(2026, 3, 10, 23, 59, 59, tzinfo=UTC)


def test_a_catalogue_without_orders_is_in_stock(database: Database, tmp_path: Path) -> None:
    only_products = without_table("customers", "orders", "order_lines", "offers", "offer_products", "redemptions")
    imported(database, write_shop(tmp_path, mapping_yml=only_products))
    assert dict(rows(database, "products", "product_id", "in_stock"))["p5"] is True


def test_a_glob_and_parquet_files_are_read_like_one_file(tmp_path: Path) -> None:
    content = FILES["mapping.yml"].replace("{file: sales.csv}", "{file: 'parts/sales-*.parquet'}")
    mapping = write_shop(tmp_path, mapping_yml=content)
    (tmp_path / "parts").mkdir()
    sales = str(tmp_path / "sales.csv")
    for part, rule in enumerate(("= 'o1'", "<> 'o1'")):
        target = str(tmp_path / "parts" / f"sales-{part}.parquet")
        duckdb.sql(f"SELECT * FROM read_csv('{sales}') WHERE \"order\" {rule}").write_parquet(target)
    database = memory_database()
    imported(database, mapping)
    assert counts(database) == WHOLE


def test_a_european_file_is_read_with_its_own_separators_and_zone(tmp_path: Path) -> None:
    content = (
        FILES["mapping.yml"]
        .replace("{file: sales.csv}", '{file: sales.csv, delimiter: ";", decimal: ",", encoding: latin-1}')
        .replace("shop: Small shop", "shop: Small shop\n        timezone: Europe/Berlin")
        .replace("placed_at: when", 'placed_at: {date: when, format: "%d.%m.%Y %H:%M"}')
    )
    sales = """
        order;who;when;sku;pieces;paid;off
        o1;ana;05.01.2026 10:00;p1;2;1.004,50;0
        o1;ana;05.01.2026 10:00;p2;1;2,25;0,75
        """
    database = memory_database()
    imported(database, write_shop(tmp_path, mapping_yml=content, sales_csv=sales))
    assert rows(database, "orders", "placed_at", "total", "discount") == [
        (datetime(2026, 1, 5, 9, tzinfo=UTC), 1004.5 + 2.25, 0.75)
    ]
    assert rows(database, "order_lines", "amount") == [(2.25,), (1004.5,)]


def goods_that_tell(folder: Path, told: dict[str, str], *, own: str, other: str) -> tuple[Path, str]:
    """Write the shop with more columns in its goods, of the own brand and of the other; give also the mapping without.

    Parameters
    ----------
    told : column by field of the mapping, in the order of the columns.
    """
    mapping = write_shop(folder)
    untold = mapping.read_text()
    columns = ",".join(["maker", *told.values()])
    goods = FILES["goods.csv"].replace("maker", columns).replace("Own", f"Own,{own}").replace("Other", f"Other,{other}")
    (folder / "goods.csv").write_text(textwrap.dedent(goods).lstrip(), encoding="utf-8")
    fields = "".join(f"      {field}: {column}\n" for field, column in told.items())
    mapping.write_text(untold.replace("brand: maker\n", f"brand: maker\n{fields}"))
    return mapping, untold


def test_stock_and_margin_are_taken_where_a_shop_tells_them_and_kept_by_an_import_that_does_not(
    database: Database, tmp_path: Path
) -> None:
    mapping, untold = goods_that_tell(tmp_path, {"stock": "pieces", "margin": "gain"}, own="0,0.4", other="12,")
    imported(database, mapping)
    told = [("p1", 0, 0.4, False), ("p2", 0, 0.4, False), ("p3", 12, None, True)]
    assert rows(database, "products", "product_id", "stock", "margin", "in_stock")[:3] == told
    mapping.write_text(untold)
    imported(database, mapping)
    assert [row[:3] for row in rows(database, "products", "product_id", "stock", "margin")[:3]] == [
        row[:3] for row in told
    ]


def test_a_description_is_kept_without_its_markup_and_by_an_import_that_tells_none(
    database: Database, tmp_path: Path
) -> None:
    prose = "<p>Crunchy &amp; sweet.</p><script>x()</script>"
    mapping, untold = goods_that_tell(tmp_path, {"description": "prose"}, own=prose, other="")
    imported(database, mapping)
    told = dict(rows(database, "products", "product_id", "description"))
    assert (told["p1"], told["p3"]) == ("Crunchy & sweet.", None)
    mapping.write_text(untold)
    imported(database, mapping)
    assert dict(rows(database, "products", "product_id", "description")) == told
