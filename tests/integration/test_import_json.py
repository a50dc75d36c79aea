"""A shop in nested JSON files: what arrives in the store, and what is said where the mapping does not fit."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
import yaml

from analytics.importing.errors import ShopImportError
from analytics.jobs.import_shop import import_shop
from store.memory import memory_database
from tests.support.order_store import stored
from tests.support.small_shop import NOW

pytestmark = pytest.mark.integration

FILES: dict[str, Any] = {
    "people.json": {"ana": {"name": {"first": "Ana", "last": "Lenz"}}, "ben": {"name": {"first": "Ben"}}},
    "goods.json": [
        {"kind": "Lamp", "variants": {"l1": {"price": 20.5, "there": True, "is": {"color": "red", "dims": "no"}}}},
        {"kind": "Mat", "variants": {"m1": {"price": 9, "there": False, "is": {"color": "blue"}}}},
    ],
    "orders.json": {
        "data": [
            {"no": "#1", "who": "ana", "items": [{"sku": "l1", "paid": 20.5}, {"sku": "l1", "paid": 20.5}]},
            {"no": "#2", "who": "ben", "items": [{"sku": "m1", "paid": 9}]},
            {"no": "#3", "who": "cleo", "items": [{"sku": "m1", "paid": 9}]},
        ]
    },
}
MAPPING: dict[str, Any] = {
    "shop": "Nested",
    "sources": {
        "people": {"file": "people.json"},
        "variants": {"file": "goods.json", "each": "variants"},
        "items": {"file": "orders.json", "records": "data", "each": "items"},
    },
    "tables": {
        "customers": {
            "from": "people",
            "fields": {"customer_id": "_key", "name": {"join": ["name.first", "name.last"]}},
        },
        "products": {
            "from": "variants",
            "fields": {
                "product_id": "variants._key",
                "name": {"join": ["kind", {"values": "variants.is", "but": ["no"]}], "with": ", "},
                "category": "kind",
                "department": {"constant": "All"},
                "price": "variants.price",
                "in_stock": "variants.there",
            },
        },
        "orders": {
            "from": "items",
            "group_by": ["no"],
            "fields": {
                "order_id": {"without": "#", "of": "no"},
                "customer_id": "who",
                "placed_at": {"days_before_import": 1},
                "total": {"sum": "items.paid"},
            },
        },
        "order_lines": {
            "from": "items",
            "fields": {
                "order_id": {"without": "#", "of": "no"},
                "product_id": "items.sku",
                "quantity": 1,
                "amount": "items.paid",
            },
        },
    },
}


def write(folder: Path, mapping: dict[str, Any] = MAPPING, **files: Any) -> Path:
    for name, content in {**FILES, **{key.replace("_", "."): value for key, value in files.items()}}.items():
        (folder / name).write_text(json.dumps(content), encoding="utf-8")
    (folder / "mapping.yml").write_text(yaml.safe_dump(mapping), encoding="utf-8")
    return folder / "mapping.yml"


def test_nested_files_become_a_shop(tmp_path: Path) -> None:
    database = memory_database()
    report = import_shop(database, write(tmp_path), lambda *_: None, NOW)
    assert stored(database, "customers", "customer_id", "name") == [("ana", "Ana Lenz"), ("ben", "Ben")]
    assert stored(database, "products", "name", "price", "in_stock") == [
        ("Lamp, red", 20.5, True),
        ("Mat, blue", 9.0, False),
    ]
    assert stored(database, "orders", "order_id", "total") == [("1", 41.0), ("2", 9.0)]
    assert len(stored(database, "order_lines", "line")) == 3
    assert report.tables["orders"].rejected == {"unknown customer": 1}
    assert {(NOW - row[0]).days for row in stored(database, "orders", "placed_at")} == {1}


def test_the_same_files_again_change_nothing(tmp_path: Path) -> None:
    database = memory_database()
    mapping = write(tmp_path)
    for _ in range(2):
        import_shop(database, mapping, lambda *_: None, NOW)
    assert len(stored(database, "order_lines", "line")) == 3


def changed(source: str, **keys: Any) -> dict[str, Any]:
    sources = {**MAPPING["sources"], source: {**MAPPING["sources"][source], **keys}}
    return {**MAPPING, "sources": sources}


@pytest.mark.parametrize(
    ("mapping", "told"),
    [
        (changed("items", records="orders"), "sources.items: orders.json has nothing under 'orders'."),
        (
            changed("items", each="lines"),
            "sources.items: orders.json has no rows under 'lines'; check records and each.",
        ),
        (changed("variants", each=""), "has no column 'variants._key'"),
        (changed("people", file="people.csv", each="x"), "sources.people: records and each are for JSON files"),
    ],
)
def test_a_mapping_that_does_not_fit_is_told_in_one_line(tmp_path: Path, mapping: dict[str, Any], told: str) -> None:
    path = write(tmp_path, mapping)
    (tmp_path / "people.csv").write_text("_key\nana\n", encoding="utf-8")
    with pytest.raises(ShopImportError) as raised:
        import_shop(memory_database(), path, lambda *_: None, NOW)
    assert told in str(raised.value)
    assert "\n" not in str(raised.value)


def test_a_stock_that_is_neither_yes_nor_no_is_rejected(tmp_path: Path) -> None:
    goods = [{"kind": "Mat", "variants": {"m1": {"price": 9, "there": "perhaps", "is": {}}}}]
    report = import_shop(memory_database(), write(tmp_path, goods_json=goods), lambda *_: None, NOW)
    assert report.tables["products"].rejected == {"in_stock is neither yes nor no": 1}
