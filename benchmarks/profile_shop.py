"""A shop made up for the benchmark of the live profile: customers with orders, segments, and what trackers send."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random
from typing import Any

from sqlalchemy import insert

from analytics.jobs.build_features import build_features
from analytics.jobs.build_segments import build_segments
from store.engine import Database, open_database
from store.migrate import upgrade
from store.tables import customers, order_lines, orders, products

_SEED = 0
_PRODUCTS, _CATEGORIES = 500, 30
#: What happens in a shop, by how often; each product event comes with its page, as trackers send it.
_MIX = (
    ("page", 30), ("Product Viewed", 30), ("Products Searched", 8), ("Product Added", 9), ("Product Removed", 2),
    ("Cart Viewed", 4), ("Checkout Started", 3), ("Order Completed", 5), ("Email Opened", 4), ("Promotion Clicked", 3),
    ("Newsletter Read", 2),
)  # fmt: skip
_AGENT = "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0 Safari/537.36"


def make_shop(folder: Path, count: int, now: datetime) -> Database:
    """Make a database of `count` customers with one to eight orders each, their features and segments."""
    random = Random(_SEED)
    database = open_database(f"sqlite:///{folder / 'rapport.db'}")
    upgrade(database)
    with database.write() as connection:
        connection.execute(insert(products), [_product(number) for number in range(_PRODUCTS)])
        people = [{"customer_id": f"c{number}", "traits": {}} for number in range(count)]
        connection.execute(insert(customers), people)
        placed = [order for number in range(count) for order in _orders(f"c{number}", random, now)]
        connection.execute(insert(orders), placed)
        connection.execute(
            insert(order_lines), [line for order in placed for line in _lines(order["order_id"], random)]
        )
    build_features(database, now, _quiet)
    build_segments(database, folder / "artifacts", now, _quiet)
    return database


class Trackers:
    """Makes what trackers send, the same for the same seed; each event once, in the order of time."""

    def __init__(self, customers: int, seed: int = _SEED) -> None:
        self._random = Random(seed)
        self._customers = customers
        self._number = 0
        self._started = datetime.now(UTC)

    def item(self) -> dict[str, Any]:
        """Give the next event as a tracker would send it in a batch."""
        random = self._random
        self._number += 1
        customer = random.randrange(self._customers)
        name = random.choices([name for name, _ in _MIX], [weight for _, weight in _MIX])[0]
        product = random.randrange(_PRODUCTS)
        path = f"/products/p{product}"
        item: dict[str, Any] = {
            "type": "page" if name == "page" else "track",
            "messageId": f"ajs-next-{self._number:012d}-{random.getrandbits(64):016x}",
            "userId": f"c{customer}",
            "anonymousId": f"{customer:08x}-0000-4000-8000-000000000000",
            "timestamp": (self._started + timedelta(milliseconds=self._number)).isoformat(timespec="milliseconds"),
            "context": {
                "page": {"path": path, "url": f"https://shop.example{path}", "title": "Shop"},
                "userAgent": _AGENT, "locale": "en-US", "library": {"name": "analytics.js", "version": "next-1.81.0"},
            },
            "properties": _properties(name, product, self._number, path),
        }  # fmt: skip
        if name != "page":
            item["event"] = name
        return item

    def batch(self, size: int) -> bytes:
        """Give a batch as the body of a call."""
        return json.dumps({"batch": [self.item() for _ in range(size)]}).encode()


def _properties(name: str, product: int, number: int, path: str) -> dict[str, Any]:
    thing = {"product_id": f"p{product}", "name": f"Thing {product}", "category": "Things", "price": 9.5, "quantity": 1}
    told: dict[str, dict[str, Any]] = {
        "page": {"path": path, "url": f"https://shop.example{path}", "title": "Shop", "referrer": ""},
        "Products Searched": {"query": f"thing {product % 40}"},
        "Cart Viewed": {"cart_id": "c", "products": [thing]},
        "Checkout Started": {"products": [thing], "value": 9.5, "currency": "USD"},
        "Order Completed": {"order_id": f"e{number}", "total": 19.0, "currency": "USD", "products": [thing, thing]},
        "Email Opened": {"campaign_id": "spring", "email_subject": "Spring is here"},
        "Promotion Clicked": {"promotion_id": "spring", "creative": "banner"},
        "Newsletter Read": {"issue": 7},
    }
    return told.get(name, thing)


def _product(number: int) -> dict[str, Any]:
    category = f"Category {number % _CATEGORIES}"
    return {
        "product_id": f"p{number}", "name": f"Thing {number}", "category": category, "department": "Things",
        "price": 1.0 + number % 50,
    }  # fmt: skip


def _orders(customer: str, random: Random, now: datetime) -> list[dict[str, Any]]:
    return [
        {
            "order_id": f"{customer}-{number}", "customer_id": customer, "discount": random.choice((0.0, 0.0, 2.0)),
            "placed_at": now - timedelta(days=random.expovariate(1 / 90)),
            "total": round(random.lognormvariate(3, 1), 2),
        }
        for number in range(random.randint(1, 8))
    ]  # fmt: skip


def _lines(order_id: str, random: Random) -> list[dict[str, Any]]:
    return [
        {
            "order_id": order_id, "line": line, "product_id": f"p{random.randrange(_PRODUCTS)}", "quantity": 1,
            "amount": 5.0,
        }
        for line in range(1, random.randint(2, 5))
    ]  # fmt: skip


def _quiet(_step: str, _share: float) -> None:
    """Tell nobody: telling is not measured."""
