"""An export for browsers of a shop that a test makes up: real bytes, made by the real code."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from analytics.products import kind_of
from analytics.recommendation.device.export import export_of
from analytics.recommendation.device.shelf import shelf_of
from analytics.recommendation.model import NextBasketModel
from analytics.recommendation.purchases import Purchases, Range
from analytics.recommendation.rules import Rules
from analytics.recommendation.training import train
from analytics.recommendation_records import DeviceExport
from analytics.records import Product
from store.repositories.catalogue import ProductRow


def row(product_id: str, name: str, category: str = "Food", **more: object) -> ProductRow:
    """Give a product of the catalogue, in stock at a unit of money."""
    values = {"department": "Grocery", "brand": None, "size": None, "price": 1.0, "times_sold": 1, "in_stock": True}
    return ProductRow(product_id=product_id, name=name, category=category, **(values | more))  # type: ignore[arg-type]


def model_of(rows: Sequence[ProductRow], baskets: Sequence[Sequence[str]]) -> NextBasketModel:
    """Train on baskets of today, each of another customer."""
    rows = sorted(rows, key=lambda one: one.product_id)
    place = {one.product_id: number for number, one in enumerate(rows)}
    kinds = {kind_of(one): number for number, one in enumerate(rows)}
    categories = {one.category: number for number, one in enumerate(rows)}
    pairs = [(number, place[one]) for number, basket in enumerate(baskets) for one in basket]
    customer, product = np.array(pairs, dtype=np.int32).reshape(-1, 2).T
    on_sale = Range(
        products=np.array([one.product_id for one in rows], dtype=np.str_),
        groups=np.array([kinds[kind_of(one)] for one in rows], dtype=np.int32),
        categories=np.array([categories[one.category] for one in rows], dtype=np.int32),
    )
    names = np.array([f"customer {number:04}" for number in range(len(baskets))], dtype=np.str_)
    bought = Purchases(
        customers=names, customer=customer, product=product, basket=customer, age=np.zeros(len(pairs), np.float32)
    )
    return train(bought, on_sale, {})


def device_export(
    rows: Sequence[ProductRow], baskets: Sequence[Sequence[str]], rules: Rules | None = None, currency: str = "$"
) -> DeviceExport:
    """Give the export of a shop where these baskets were bought, each by another customer."""
    model = model_of(rows, baskets)
    return export_of(model, shelf_of(model, rows, rules or Rules()), version="v1", currency=currency)


def export_of_products(products: Sequence[Product]) -> DeviceExport:
    """Give an export in which each product goes with the next three, the nearest most."""
    rows = [row(one.product_id, one.name, one.category, department=one.department, price=one.price) for one in products]
    ids = [one.product_id for one in products]
    baskets = [
        [ids[at], ids[(at + far) % len(ids)]] for at in range(len(ids)) for far in (1, 2, 3) for _ in range(9 - 2 * far)
    ]
    return device_export(rows, baskets)
