"""A shop cut by time: what was known at the cut, and what each customer's first basket after it held."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, datetime

import duckdb
import numpy as np
from numpy.typing import NDArray

from analytics.evaluation.next_basket import first_baskets
from analytics.recommendation.purchases import SECONDS_A_DAY, Purchases, Range
from benchmarks.recommending.protocol import Known

Wanted = dict[int, frozenset[int]]


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class Shop:
    """All purchases of a shop, ages counted from `end`; the rest in the order of `on_sale.products`."""

    end: datetime
    purchases: Purchases
    on_sale: Range
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class Split:
    """The two sides of a cut.

    Attributes
    ----------
    wanted : products of the first basket after the cut, by position of the customer in `known`; products that were
        never sold before the cut are numbers beyond the range, so that they count as missed.
    orders : orders before the cut, a number for each known customer.
    newcomers : first baskets of people without an earlier one.
    """

    known: Known
    wanted: Wanted
    orders: NDArray[np.int64]
    newcomers: tuple[frozenset[int], ...]


def read_shop(sales: duckdb.DuckDBPyConnection, end: datetime) -> Shop:
    """Read a shop from the tables `orders`, `lines` (with quantity) and `products` (product_id, name, category, price).

    Parameters
    ----------
    end : naive, as the tables' moments; orders from it on are not read.
    """
    rows = sales.execute(
        "SELECT product_id, any_value(name), any_value(category), any_value(price) FROM products "
        "WHERE product_id IN (SELECT product_id FROM lines) GROUP BY 1 ORDER BY 1"
    ).fetchall()
    products = np.array([row[0] for row in rows], dtype=np.str_)
    categories = np.unique([row[2] for row in rows], return_inverse=True)[1].astype(np.int32)
    bought = sales.execute(
        "SELECT customer_id, order_id, product_id, any_value(epoch(placed_at)) AS moment, "
        "sum(quantity)::FLOAT AS pieces FROM orders JOIN lines USING (order_id) "
        "SEMI JOIN products USING (product_id) WHERE placed_at < $end GROUP BY ALL ORDER BY ALL",
        {"end": end},
    ).to_arrow_table()

    def text(column: str) -> NDArray[np.str_]:
        return np.array(bought.column(column).to_pylist(), dtype=np.str_)

    customers, customer = np.unique(text("customer_id"), return_inverse=True)
    age = (end.replace(tzinfo=UTC).timestamp() - bought.column("moment").to_numpy()) / SECONDS_A_DAY
    return Shop(
        end=end,
        purchases=Purchases(
            customers=customers,
            customer=customer.astype(np.int32),
            product=np.searchsorted(products, text("product_id")).astype(np.int32),
            basket=np.unique(text("order_id"), return_inverse=True)[1].astype(np.int32),
            age=age.astype(np.float32),
            quantity=bought.column("pieces").to_numpy(),
        ),
        on_sale=Range(
            products=products,
            groups=np.arange(len(products), dtype=np.int32),
            categories=categories,
            prices=np.array([row[3] for row in rows], dtype=np.float32),
            texts=tuple(f"{row[1]} {row[2]}" for row in rows),
        ),
        words=tuple(row[2] for row in rows),
    )


def split(shop: Shop, cut: datetime, within_days: float | None = None) -> Split:
    """Cut a shop's history in two.

    Parameters
    ----------
    cut : baskets from this moment on are not known.
    within_days : only baskets of so many days after the cut are wanted; None: of all that follow.
    """
    days_ago = (shop.end - cut).total_seconds() / SECONDS_A_DAY
    known, customer_place, product_place = _known_at(shop, days_ago)
    last = 0.0 if within_days is None else max(days_ago - within_days, 0.0)
    wanted: Wanted = {}
    newcomers = []
    for customer, basket in sorted(first_baskets(shop.purchases.as_of(last), days_ago - last).items()):
        products = frozenset(product_place[list(basket)].tolist())
        if customer_place[customer] >= 0:
            wanted[int(customer_place[customer])] = products
        else:
            newcomers.append(products)
    _, first = np.unique(known.purchases.basket, return_index=True)
    orders = np.bincount(known.purchases.customer[first], minlength=len(known.purchases.customers))
    return Split(known=known, wanted=wanted, orders=orders, newcomers=tuple(newcomers))


def _known_at(shop: Shop, days_ago: float) -> tuple[Known, NDArray[np.int64], NDArray[np.int64]]:
    """Give what was known, with the new places of customers (-1: not known) and products (beyond the range: unsold)."""
    earlier = shop.purchases.as_of(days_ago)
    customers, products = np.unique(earlier.customer), np.unique(earlier.product)
    customer_place = np.full(len(earlier.customers), -1, dtype=np.int64)
    customer_place[customers] = np.arange(len(customers))
    product_place = len(products) + np.arange(len(shop.on_sale.products), dtype=np.int64)
    product_place[products] = np.arange(len(products))
    known = Known(
        purchases=replace(
            earlier,
            customers=earlier.customers[customers],
            customer=customer_place[earlier.customer].astype(np.int32),
            product=product_place[earlier.product].astype(np.int32),
        ),
        on_sale=Range(
            products=shop.on_sale.products[products],
            groups=shop.on_sale.groups[products],
            categories=shop.on_sale.categories[products],
            prices=shop.on_sale.price[products],
            texts=None if shop.on_sale.texts is None else tuple(shop.on_sale.texts[one] for one in products),
        ),
        words=tuple(shop.words[one] for one in products),
    )
    return known, customer_place, product_place
