"""Everything that was bought, as compact arrays: the training data of the recommender."""

from __future__ import annotations

from array import array
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import Connection

from analytics.products import kind_of
from analytics.recommendation.prose import read_prose
from store.repositories.catalogue import priced_products
from store.repositories.orders import all_order_pieces, all_orders

SECONDS_A_DAY = 86_400.0


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class Range:
    """What can be recommended: products with a price, sorted by id, with their kinds.

    `groups` numbers products that a customer takes for the same thing: they never stand in one list together.
    """

    products: NDArray[np.str_]
    groups: NDArray[np.int32]
    categories: NDArray[np.int32]
    #: In major units, nan where unknown; None: nothing is known of prices.
    prices: NDArray[np.float32] | None = None
    #: What a product is called, with its category and brand; None: nothing is known of names.
    texts: tuple[str, ...] | None = None
    #: What else is told of a product, by the shop and by reviews, "" where nothing is; None: of no product anything.
    prose: tuple[str, ...] | None = None

    @property
    def price(self) -> NDArray[np.float32]:
        """Give the price of each product, nan where unknown."""
        return np.full(len(self.products), np.nan, np.float32) if self.prices is None else self.prices


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class Purchases:
    """Who had which product in which basket: one entry per basket and product, in no particular order.

    `customer`, `product` and `basket` are positions (the first two in `customers` and in the range); `age` is in days
    before the moment of reading, >= 0.
    """

    customers: NDArray[np.str_]
    customer: NDArray[np.int32]
    product: NDArray[np.int32]
    basket: NDArray[np.int32]
    age: NDArray[np.float32]
    #: Pieces bought; None: one each.
    quantity: NDArray[np.float32] | None = None

    @property
    def pieces(self) -> NDArray[np.float32]:
        """Give how many pieces of the product lay in the basket."""
        return np.ones(len(self.product), np.float32) if self.quantity is None else self.quantity

    def only(self, chosen: NDArray[np.bool_]) -> Purchases:
        """Give the chosen entries alone."""
        return replace(
            self,
            customer=self.customer[chosen],
            product=self.product[chosen],
            basket=self.basket[chosen],
            age=self.age[chosen],
            quantity=None if self.quantity is None else self.quantity[chosen],
        )

    def as_of(self, days_ago: float) -> Purchases:
        """Give what was known `days_ago` days earlier, ages counted from then."""
        known = self.only(self.age >= days_ago)
        return replace(known, age=known.age - np.float32(days_ago))


def seen_last(customer: NDArray[np.int32], age: NDArray[np.float32], most: int) -> NDArray[np.int32]:
    """Give the `most` customers with the latest purchases, sorted, so that what is done with them has a bound.

    Parameters
    ----------
    customer, age : of every purchase, as in `Purchases`.
    """
    last = np.full(int(customer.max(initial=-1)) + 1, np.inf, np.float32)
    np.minimum.at(last, customer, age)
    there = int(np.isfinite(last).sum())
    return np.sort(np.argsort(last, kind="stable")[: min(most, there)]).astype(np.int32)


def read_range(connection: Connection) -> Range:
    """Read all products that have a price."""
    ids: list[str] = []
    groups: dict[tuple[str, str], int] = {}
    categories: dict[str, int] = {}
    texts: list[str] = []
    of_group, of_category, prices = array("i"), array("i"), array("f")
    for row in priced_products(connection):
        ids.append(row.product_id)
        of_group.append(groups.setdefault(kind_of(row), len(groups)))
        of_category.append(categories.setdefault(row.category, len(categories)))
        prices.append(float("nan") if row.price is None else row.price)
        texts.append(" ".join((row.name, row.category, row.department, row.brand or "")))
    products = np.array(ids, dtype=np.str_)
    order = np.argsort(products)  # the database may sort text in another way
    return Range(
        products=products[order],
        groups=_int32(of_group)[order],
        categories=_int32(of_category)[order],
        prices=np.array(prices, dtype=np.float32)[order],
        texts=tuple(texts[place] for place in order.tolist()),
        prose=read_prose(connection, [ids[place] for place in order.tolist()]),
    )


def read_purchases(connection: Connection, on_sale: Range, now: datetime) -> Purchases:
    """Read every purchase of the products on sale up to `now`. About 30 bytes of memory a line."""
    basket_of, customers, customer, age = _read_baskets(connection, now)
    position = {str(product_id): index for index, product_id in enumerate(on_sale.products)}
    of_basket, of_product, pieces = array("i"), array("i"), array("f")
    for order_id, product_id, quantity in all_order_pieces(connection):
        basket, product = basket_of.get(order_id), position.get(product_id)
        if basket is not None and product is not None:
            of_basket.append(basket)
            of_product.append(product)
            pieces.append(quantity)
    width = max(len(position), 1)
    pairs, entry = np.unique(_int32(of_basket).astype(np.int64) * width + _int32(of_product), return_inverse=True)
    basket_ids = (pairs // width).astype(np.int32)
    return Purchases(
        customers=customers,
        customer=customer[basket_ids],
        product=(pairs % width).astype(np.int32),
        basket=basket_ids,
        age=age[basket_ids],
        quantity=np.bincount(entry, np.array(pieces, dtype=np.float32), len(pairs)).astype(np.float32),
    )


def _read_baskets(
    connection: Connection, now: datetime
) -> tuple[dict[str, int], NDArray[np.str_], NDArray[np.int32], NDArray[np.float32]]:
    basket_of: dict[str, int] = {}
    number_of: dict[str, int] = {}
    customer, age = array("i"), array("f")
    for order_id, customer_id, placed_at in all_orders(connection):
        if placed_at <= now:
            basket_of[order_id] = len(basket_of)
            customer.append(number_of.setdefault(customer_id, len(number_of)))
            age.append((now - placed_at).total_seconds() / SECONDS_A_DAY)
    customers = np.array(list(number_of), dtype=np.str_)
    order = np.argsort(customers)
    rank = np.empty(len(order), dtype=np.int32)
    rank[order] = np.arange(len(order), dtype=np.int32)
    return basket_of, customers[order], rank[_int32(customer)], np.array(age, dtype=np.float32)


def _int32(values: array[Any]) -> NDArray[np.int32]:
    return np.array(values, dtype=np.int32)
