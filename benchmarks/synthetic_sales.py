"""A shop of any size out of a seed: order lines in Parquet files, as a till writes them, oldest first.

Three growing years; the most eager customers order forty times as often as the mean, and a fifth of them place half of
all orders; 20,000 products in 250 categories in 20 departments, of which few make most of the lines; one line in fifty
is brought back, one in four is reduced. The same seed gives the same files.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
from numpy.typing import NDArray

#: The first moment after the last order.
END = datetime(2026, 1, 1, tzinfo=UTC)
_DAYS = 3 * 365
_LINES_PER_FILE = 2_000_000
_LINES_PER_ORDER = 8
_PRODUCTS, _CATEGORIES, _DEPARTMENTS = 20_000, 250, 20
#: Orders by hour of the day, from 0.
_HOURS = np.array([1, 1, 0, 0, 0, 1, 2, 4, 7, 9, 10, 10, 11, 10, 9, 9, 9, 10, 11, 11, 10, 8, 5, 2], dtype=np.float64)


def write_sales(
    folder: Path, *, lines: int, customers: int, seed: int = 0, told: Callable[[float], None] = lambda _share: None
) -> int:
    """Write `sales.parquet` (a folder of files) and `products.parquet`, as `layouts.flat_lines` reads them.

    Parameters
    ----------
    folder : is made.
    lines, customers : how many; a few customers may stay without orders.
    told : called with the share that is done, 0..1.

    Returns
    -------
    Number of orders.
    """
    (folder / "sales.parquet").mkdir(parents=True)
    pq.write_table(_products(), folder / "products.parquet")
    orders = 0
    for number, start in enumerate(range(0, lines, _LINES_PER_FILE)):
        draw = np.random.default_rng((seed, number))
        count = min(_LINES_PER_FILE, lines - start)
        table = _lines(draw, count, (start / lines, (start + count) / lines), customers, orders)
        orders += len(np.unique(table["order_id"]))
        pq.write_table(
            table, folder / "sales.parquet" / f"{number:04d}.parquet", compression="zstd", row_group_size=250_000
        )
        told((start + count) / lines)
    return orders


def _lines(draw: np.random.Generator, count: int, span: tuple[float, float], customers: int, first: int) -> pa.Table:
    """Draw lines of the part of the three years between two shares of it; orders are numbered from `first`."""
    sizes = draw.geometric(1 / _LINES_PER_ORDER, size=count // _LINES_PER_ORDER * 2 + 10)
    orders = int(np.searchsorted(np.cumsum(sizes), count)) + 1
    of = np.repeat(np.arange(orders), sizes[:orders])[:count]
    # The square root brings more orders to the end than to the beginning.
    days = np.floor(np.sqrt(np.linspace(*span, orders, endpoint=False)) * _DAYS).astype(np.int64)
    hours = draw.choice(24, size=orders, p=_HOURS / _HOURS.sum())
    seconds = np.sort(days * 86_400 + hours * 3600 + draw.integers(0, 3600, orders))
    placed = (
        np.datetime64(END.replace(tzinfo=None), "us") - np.timedelta64(_DAYS, "D") + seconds * np.timedelta64(1, "s")
    )
    who = np.floor(customers * _skewed(draw.random(orders), 3, 0.1)).astype(np.int32)
    product = np.floor(_PRODUCTS * _skewed(draw.random(count), 3, 0.05)).astype(np.int32)
    quantity = draw.choice(np.array([1, 1, 1, 1, 2, 2, 3, 4], dtype=np.int32), size=count)
    quantity[draw.random(count) < 0.02] *= -1
    price = 99 + product.astype(np.int64) * 7919 % 2900
    full = price * quantity
    reduced = np.where((draw.random(count) < 0.25) & (full > 0), full // 10, 0)
    return pa.table(
        {
            "order_id": pa.array(first + of, pa.int64()),
            "customer_id": who[of],
            "placed_at": pa.array(placed[of], pa.timestamp("us")),
            "product_id": product,
            "quantity": quantity,
            "amount": pa.array(full - reduced, pa.int64()),
            "discount": pa.array(reduced, pa.int64()),
        }
    )


def _skewed(even: NDArray[np.float64], power: int, least: float) -> NDArray[np.float64]:
    """Bend even numbers of 0..1 towards 0; `least` keeps the first from taking all."""
    low, high = least**power, (1 + least) ** power
    bent: NDArray[np.float64] = np.minimum(((even + least) ** power - low) / (high - low), 1 - 1e-12)
    return bent


def _products() -> pa.Table:
    # Neighbours in number are neighbours in sales: spread over categories so that each has its best sellers.
    category = np.arange(_PRODUCTS) % _CATEGORIES
    return pa.table(
        {
            "product_id": pa.array(np.arange(_PRODUCTS), pa.int32()),
            "category": [f"Category {number:03d}" for number in category],
            "department": [f"Department {number:02d}" for number in category % _DEPARTMENTS],
        }
    )
