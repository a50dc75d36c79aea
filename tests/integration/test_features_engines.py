"""The same features on DuckDB, PostgreSQL and Spark: equal to the last bit, whatever the shop."""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa
import pytest
from sqlalchemy import insert

from analytics import columns as c
from analytics.features.postgres import feature_table_in_database
from analytics.features.sales import load_sales
from analytics.features.spark import feature_table_with_spark
from analytics.features.table import feature_table
from analytics.workspace import open_workspace
from store.engine import Database
from store.tables import customers, order_lines, orders, products
from tests.support.sales import NOW, PRODUCTS, Order, order, sales_of
from tests.support.small_shop import empty_database
from tests.support.spark import spark_session

pytestmark = pytest.mark.integration

ZONE = "Europe/Berlin"
#: "Ösen" and "ösen" sort differently by language and by code.
MORE = (*PRODUCTS, ("eyelet", "Ösen", "Haus"), ("eyelet2", "ösen", "Haus"), ("lemon", "Teas", "Fruit"))


@pytest.fixture(scope="module")
def spark() -> Iterator[Any]:
    with spark_session() as session:
        yield session


def random_shop(seed: int, customers: int = 40) -> list[Order]:
    """Draw orders over two years: halves of cents' distance, ties, returns, moments beside changes of clock."""
    draw = random.Random(seed)
    names = [product for product, *_ in MORE]
    change = datetime(2025, 3, 30, 1, tzinfo=UTC)
    listed = []
    for number in range(customers):
        for _ in range(draw.choice((1, 1, 2, 3, 12))):
            moment = NOW - timedelta(minutes=draw.randrange(2 * 365 * 24 * 60))
            moment = draw.choice((moment, change + timedelta(seconds=draw.choice((-1, 0, 0.5)))))
            bought = [draw.choice(("", "", "", "-")) + draw.choice(names) for _ in range(draw.randrange(7))]
            listed.append(
                order(f"kundin-{number}", moment, draw.randrange(30_000) / 100, draw.randrange(300) / 100, *bought)
            )
    return [*listed, order("later", NOW + timedelta(days=1), 1, 0, "tea")]


def stored(database: Database, shop: list[Order]) -> None:
    """Put the same orders into the shop's own tables, beside a customer without any."""
    with database.write() as connection:
        names = sorted({one[0] for one in shop} | {"nobody"})
        connection.execute(insert(customers), [{"customer_id": name, "traits": {}} for name in names])
        named = [
            {"product_id": name, "category": category or "", "department": part or ""} for name, category, part in MORE
        ]
        connection.execute(insert(products), [{**one, "name": "A thing", "price": 1} for one in named])
        connection.execute(
            insert(orders),
            [
                {"order_id": f"o{number}", "customer_id": who, "placed_at": at, "total": total, "discount": discount}
                for number, (who, at, total, discount, _) in enumerate(shop)
            ],
        )
        lines = [
            {"order_id": f"o{number}", "line": line, "product_id": product, "quantity": quantity, "amount": 1}
            for number, one in enumerate(shop)
            for line, (product, quantity) in enumerate(one[4])
        ]
        connection.execute(insert(order_lines), lines)


def in_parquet(sales: duckdb.DuckDBPyConnection, folder: Path) -> str:
    for (name,) in sales.execute("SHOW TABLES").fetchall():
        sales.execute(f"COPY {name} TO '{folder / name}.parquet' (FORMAT parquet)")
    return str(folder)


def expected(shop: list[Order]) -> pa.Table:
    return feature_table(sales_of(shop, MORE), NOW, ZONE)


def differences(ours: pa.Table, theirs: pa.Table) -> list[str]:
    return [name for name in ours.column_names if not ours[name].equals(theirs[name])]


@pytest.mark.parametrize("seed", [1, 2])
def test_postgresql_computes_the_same_where_the_sales_lie(seed: int) -> None:
    shop = random_shop(seed)
    with empty_database("postgresql") as database:
        stored(database, shop)
        with database.read() as connection:
            theirs = feature_table_in_database(connection, NOW, ZONE)
        with open_workspace() as copy:
            load_sales(database, copy)
            copied = feature_table(copy, NOW, ZONE)
    assert theirs.num_rows == 40
    assert differences(expected(shop), theirs) == []
    assert differences(copied, theirs) == []


def test_an_empty_postgresql_has_no_features() -> None:
    with empty_database("postgresql") as database, database.read() as connection:
        assert feature_table_in_database(connection, NOW).num_rows == 0


def test_spark_computes_the_same_from_parquet(spark: Any, tmp_path: Path) -> None:
    with sales_of(random_shop(3), MORE) as sales:
        sales.execute(
            "CREATE TABLE returns AS SELECT customer_id, placed_at AS returned_at FROM orders WHERE order_id LIKE '%1'"
        )
        ours = feature_table(sales, NOW, ZONE)
        theirs = feature_table_with_spark(spark, in_parquet(sales, tmp_path), NOW, ZONE)
    assert theirs.num_rows == 40
    assert differences(ours, theirs) == []
    assert differences(expected(random_shop(3)), theirs) == [c.RETURN_SHARE]
    assert spark.catalog.listTables() == []  # its views are its own


def test_spark_finds_nobody_before_the_first_order(spark: Any, tmp_path: Path) -> None:
    theirs = feature_table_with_spark(
        spark, in_parquet(sales_of([order("ana", NOW)], MORE), tmp_path), NOW - timedelta(days=1), ZONE
    )
    assert (theirs.num_rows, theirs.schema) == (0, expected([order("ana", NOW)]).schema)


def test_sums_do_not_depend_on_the_order_of_rows() -> None:
    shop = random_shop(4)
    assert differences(expected(shop), expected(shop[::-1])) == []
    assert expected(shop)[c.MONETARY].to_pylist()[0] == round(expected(shop)[c.MONETARY].to_pylist()[0], 2)
