"""The small readable shop behind whole dialogues: real tables on SQLite, the demo shop's own policy, help and words.

Everything is told from the present moment, because the house behind a dialogue runs on the real clock:

========  ======  ====================  ==================================================================
customer  order   state                 lines (quantity × product, amount)
========  ======  ====================  ==================================================================
ana       51010    being prepared        2 × whole milk 5.58, 1 × kids cereal 2.99, 1 × Greek yogurt 1.25
ana       51020    on its way            1 × decaf coffee 7.50, 1 × frozen pizza 4.00
ana       51030    delivered 6 days ago  1 × decaf coffee 7.50, 1 × frozen pizza 4.00, 1 × red wine (liquor) 9.00
ana       51040    delivered 90 days ago 1 × mild shampoo 5.49
ben       52010    being prepared        1 × mild shampoo 5.49
dora      54010    delivered 3 days ago  1 × ground coffee 6.49
cleo      (none)
========  ======  ====================  ==================================================================
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import insert

from analytics.jobs.build_recommender import build_recommender
from rapport.paths import PROJECT
from store.engine import Database
from store.tables import customers, import_runs, offer_products, offers, order_lines, orders, products
from tests.support.databases import migrated_file

SHOP_FILE = PROJECT / "rapport" / "shops" / "complete_journey" / "shop.yml"
NAMES = {"ana": "Ana", "ben": "Ben", "cleo": "Cleo", "dora": "Dora"}

#: product id, name, category, department, size, price, in stock.
GOODS: tuple[tuple[str, str, str, str, str, float, bool], ...] = (
    ("milk", "Whole milk, 1 gallon", "Fluid milk products", "Grocery", "1 gallon", 2.79, True),
    ("oatmilk", "Oat milk, 0.5 gallon", "Fluid milk products", "Grocery", "0.5 gallon", 3.49, True),
    ("cereal", "Kids cereal, 14.5 oz", "Cold cereal", "Grocery", "14.5 oz", 2.99, True),
    ("granola", "Granola, 12 oz", "Cold cereal", "Grocery", "12 oz", 3.99, True),
    ("decaf", "Decaf coffee, 12 oz", "Coffee", "Grocery", "12 oz", 7.50, True),
    ("coffee", "Ground coffee, 12 oz", "Coffee", "Grocery", "12 oz", 6.49, True),
    ("pizza", "Frozen pizza, 22 oz", "Frozen pizza", "Grocery", "22 oz", 4.00, True),
    ("yogurt", "Greek yogurt, 6 oz", "Yogurt", "Grocery", "6 oz", 1.25, True),
    ("shampoo", "Mild shampoo, 13 oz", "Hair care", "Drug", "13 oz", 5.49, True),
    ("cheese", "Cheddar cheese, 8 oz", "Cheese", "Grocery", "8 oz", 3.25, True),
    ("bananas", "Bananas, 1 lb", "Tropical fruit", "Produce", "1 lb", 0.59, True),
    ("bread", "White bread, 20 oz", "Baked bread/buns/rolls", "Grocery", "20 oz", 1.25, True),
    ("pasta", "Spaghetti, 16 oz", "Dry pasta", "Grocery", "16 oz", 1.19, True),
    ("sauce", "Tomato pasta sauce, 24 oz", "Pasta sauce", "Grocery", "24 oz", 2.49, True),
    ("wine", "Red wine, 750 ml", "Liquor", "Spirits", "750 ml", 9.00, True),
    ("tea", "Ginger tea, 20 ct", "Tea", "Grocery", "20 ct", 3.10, False),
    ("greentea", "Green tea, 20 ct", "Tea", "Grocery", "20 ct", 2.90, True),
)


@dataclass(frozen=True)
class Placed:
    """An order as the shop's system tells it; `lines` are (product, quantity, amount)."""

    order_id: str
    customer_id: str
    days_ago: float
    status: str
    lines: tuple[tuple[str, int, float], ...]


ORDERS: tuple[Placed, ...] = (
    Placed("51010", "ana", 0.1, "processing", (("milk", 2, 5.58), ("cereal", 1, 2.99), ("yogurt", 1, 1.25))),
    Placed("51020", "ana", 1.2, "shipped", (("decaf", 1, 7.50), ("pizza", 1, 4.00))),
    Placed("51030", "ana", 8, "delivered", (("decaf", 1, 7.50), ("pizza", 1, 4.00), ("wine", 1, 9.00))),
    Placed("51040", "ana", 92, "delivered", (("shampoo", 1, 5.49),)),
    Placed("52010", "ben", 0.2, "processing", (("shampoo", 1, 5.49),)),
    Placed("54010", "dora", 5, "delivered", (("coffee", 1, 6.49),)),
)

#: Other people's baskets, so that "popular" and "bought together" mean something: three a person, weeks ago.
_CROWD = 24
_BASKETS = (
    ("milk", "cereal", "bananas"), ("pasta", "sauce", "cheese"), ("bread", "cheese", "milk"),
    ("coffee", "milk", "granola"),
    ("greentea", "oatmilk", "granola"), ("pizza", "sauce", "yogurt"), ("yogurt", "bananas", "granola"),
)  # fmt: skip


def make_shop(folder: Path) -> Path:
    """Make the shop's database and its recommender in a folder; give the database's file.

    Done once a session: every test works on a copy of the file.
    """
    file = folder / "corner.db"
    database = migrated_file(file)
    fill_shop(database)
    build_recommender(database, folder / "artifacts", datetime.now(UTC), lambda _step, _share: None)
    with database.engine.connect() as connection:
        connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
    database.close()
    return file


def fill_shop(database: Database) -> None:
    """Write the shop's people, goods, orders and offers into a database with empty tables."""
    now = datetime.now(UTC)
    with database.write() as connection:
        _people_and_goods(connection, now)
        for placed in ORDERS:
            place(connection, placed, now)
        _crowd(connection, now)
        _offers(connection, now)


def place(connection: Any, placed: Placed, now: datetime) -> None:
    """Write one order with its lines."""
    total = round(sum(amount for _, _, amount in placed.lines), 2)
    at = now - timedelta(days=placed.days_ago)
    values = {"order_id": placed.order_id, "customer_id": placed.customer_id, "status": placed.status}
    connection.execute(insert(orders).values(**values, placed_at=at, total=total, discount=0.0))
    for number, (product_id, quantity, amount) in enumerate(placed.lines, start=1):
        line = {"product_id": product_id, "quantity": quantity, "amount": amount}
        connection.execute(insert(order_lines).values(order_id=placed.order_id, line=number, **line))


def place_in(database: Database, *placed: Placed) -> None:
    """Place further orders in a test's own shop."""
    with database.write() as connection:
        for each in placed:
            place(connection, each, datetime.now(UTC))


def _people_and_goods(connection: Any, now: datetime) -> None:
    people: Sequence[dict[str, Any]] = [
        {"customer_id": who, "name": name, "email": f"{who}@example.com", "traits": {}, "joined_at": now}
        for who, name in NAMES.items()
    ]
    connection.execute(insert(customers), people)
    keys = ("product_id", "name", "category", "department", "size", "price", "in_stock")
    connection.execute(insert(products), [dict(zip(keys, good, strict=True)) | {"times_sold": 5} for good in GOODS])
    connection.execute(
        insert(import_runs).values(source="test", started_at=now, finished_at=now, counts={}, shifted_days=0)
    )


def _crowd(connection: Any, now: datetime) -> None:
    prices = {good[0]: good[5] for good in GOODS}
    for person in range(_CROWD):
        who = f"guest{person}"
        connection.execute(insert(customers).values(customer_id=who, email=f"{who}@example.com", traits={}))
        for visit in range(3):
            basket = _BASKETS[(person + 2 * visit) % len(_BASKETS)]
            lines = tuple((product, 1, prices[product]) for product in basket)
            place(
                connection, Placed(f"7{person:02}{visit}0", who, 25 + 9 * visit + person % 5, "delivered", lines), now
            )


def _offers(connection: Any, now: datetime) -> None:
    times = {"starts_at": now - timedelta(days=5), "ends_at": now + timedelta(days=20)}
    coffee = {"offer_id": "C17", "title": "10% off coffee", "kind": "percent", "value": 10.0, "category": "Coffee"}
    connection.execute(insert(offers).values(**coffee, description="On every pack.", rules={}, **times))
    connection.execute(
        insert(offer_products), [{"offer_id": "C17", "product_id": each} for each in ("coffee", "decaf")]
    )
