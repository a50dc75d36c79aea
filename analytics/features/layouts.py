"""Where sales lie: what each layout of tables looks like, and how it becomes the two relations features are made of."""

from __future__ import annotations

from dataclasses import dataclass

import ibis
from ibis.expr.types import FloatingValue, IntegerValue, NumericValue, Table

from analytics.features.placeholders import moment

#: Names of the tables of kinds (see `kinds.py`): which kind a product is, and what codes a kind stands for.
KINDS, CODE_TABLE = "feature_kinds", "feature_codes"

#: product_id and the code of its (category, department); a product without either is not in it.
_KINDS = {"product_id": "string", "kind": "int32"}
_ORDERS = {
    "order_id": "string", "customer_id": "string", "placed_at": "timestamp", "total": "float64", "discount": "float64",
}  # fmt: skip
_LINES = {"order_id": "string", "product_id": "string"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Sales:
    """Sales up to the moment of computing.

    `orders` : customer_id, placed_at (naive UTC), total and discount in cents (float64 whole numbers, see `cents`).
    `lines` : customer_id, kind (null without one), returned (0 or 1).
    """

    orders: Table
    lines: Table


def plain_lines() -> Sales:
    """Give sales out of `orders` and `lines`, as `load_sales` makes them; nothing counts as brought back."""
    return _of_shop(ibis.table(_LINES, name="lines"))


def quantity_lines() -> Sales:
    """Give the same where `lines` has a column `quantity`: below 0 it counts what was brought back."""
    return _of_shop(ibis.table({**_LINES, "quantity": "int64"}, name="lines"))


def _of_shop(lines: Table) -> Sales:
    orders = ibis.table(_ORDERS, name="orders")
    kinds = ibis.table(_KINDS, name=KINDS)
    placed = orders.filter(orders.placed_at <= moment("now"))
    returned = (lines.quantity < 0).cast("int64") if "quantity" in lines.columns else ibis.literal(0, "int64")
    bought = lines.select("order_id", "product_id", returned=returned)
    bought = bought.inner_join(placed.select("order_id", "customer_id"), "order_id")
    bought = bought.left_join(kinds, "product_id")
    return Sales(
        orders=placed.select("customer_id", "placed_at", total=cents(placed.total), discount=cents(placed.discount)),
        lines=bought.select("customer_id", "kind", "returned"),
    )


def cents(amount: NumericValue) -> FloatingValue:
    """Give an amount in cents as a float64 whole number: sums of them are exact, in whichever order, up to 9·10¹³.

    Rounded half up by `floor`: the engines' own `round` differ on halves.
    """
    whole: IntegerValue = (amount * 100 + 0.5).floor()
    return whole.cast("float64")
