"""Where sales lie: what each layout of tables looks like, and how it becomes the two relations features are made of."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass, replace

import ibis
from ibis import _
from ibis.expr.types import FloatingValue, IntegerValue, NumericValue, Table, TimestampValue

from analytics.features.placeholders import moment
from store.repositories.features import UNDONE

#: Name of the table of kinds, see `kinds.Kinds.as_table`.
CODES = "feature_codes"
_CODES = {
    "kind": "int32", "category": "int64", "department": "int64", "category_name": "string", "department_name": "string",
}  # fmt: skip
_PRODUCTS = {"product_id": "string", "category": "string", "department": "string"}
_ORDER = {"order_id": "string", "customer_id": "string"}
_LINE = {"order_id": "string", "product_id": "string"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Sales:
    """Sales up to the moment of computing.

    `orders` : customer_id, placed_at (in UTC), total and discount in cents (see `cents`); where it costs nothing to
        know them also `lines` and `returned`, the numbers of lines and of lines brought back.
    `lines` : customer_id, kind (null without one); without the numbers in `orders` also returned (0 or 1).
    """

    orders: Table
    lines: Table
    #: customer_id of every line that was brought back and is not in `lines`; None where all are.
    returns: Table | None = None


#: Gives the sales of a layout; a plain function, so that it can be a key.
Layout = Callable[[], Sales]


def returned_lines() -> Sales:
    """Give sales out of `orders`, `lines` and `products`, as `load_sales` makes them."""
    return _of_shop({"returned": "boolean"})


def net_returned_lines() -> Sales:
    """Give the same with the table `returns` beside them, of what is in `lines` no more."""
    return _net(returned_lines())


def quantity_lines() -> Sales:
    """Give the same where `lines` has a column `quantity` instead: below 0 it counts what was brought back."""
    return _of_shop({"quantity": "int64"})


def net_quantity_lines() -> Sales:
    """Give these with `returns` beside them."""
    return _net(quantity_lines())


def plain_lines() -> Sales:
    """Give the same where nothing tells what was brought back."""
    return _of_shop({})


def lines_layout(columns: Collection[str], *, returns: bool = False) -> Layout:
    """Choose the layout by the columns of `lines`, and whether there is a table `returns`."""
    if "quantity" in columns:
        return net_quantity_lines if returns else quantity_lines
    if "returned" in columns:
        return net_returned_lines if returns else returned_lines
    return plain_lines


def database_tables() -> Sales:
    """Give sales out of the tables of the shop's own database (PostgreSQL): exact decimals, aware moments."""
    money = {"total": "decimal(12, 2)", "discount": "decimal(12, 2)"}
    states = {"status": "string", "changed_status": "string"}
    orders = ibis.table({**_ORDER, "placed_at": "timestamp('UTC')", **money, **states}, name="orders")
    state = ibis.coalesce(orders.changed_status, orders.status, ibis.literal("")).lower()
    lines = ibis.table({**_LINE, "quantity": "int32"}, name="order_lines")
    products = ibis.table({**_PRODUCTS, "price": "decimal(12, 2)"}, name="products")
    held = orders.filter(state.notin(UNDONE))
    sales = _joined(held, lines, products.filter(products.price.notnull()), zone="UTC")
    returns = ibis.table(
        {"customer_id": "string", "order_id": "string", "returned_at": "timestamp('UTC')"}, name="returns"
    )
    return replace(sales, returns=_by(returns.filter(returns.order_id.notnull()), moment("now", "UTC")))


def flat_lines() -> Sales:
    """Give sales out of one table `sales` of order lines, numbers for ids, and `products`.

    `sales` has order_id and customer_id (whole numbers), placed_at, product_id, quantity, and amount and discount in
    cents (whole numbers).
    """
    return _flat({"order_id": "int64", "customer_id": "int64"}, "int64")


def flat_text_lines() -> Sales:
    """Give the same where order and product are text, and `amount` and `discount` are in major currency units."""
    return _flat({"order_id": "string", "customer_id": "int64"}, "string")


def cents(amount: NumericValue) -> FloatingValue:
    """Give an amount in cents as a float64 whole number: sums of them are exact, in whichever order, up to 9·10¹³.

    Rounded half up by `floor`: the engines' own `round` differ on halves.
    """
    return (amount * 100 + 0.5).floor().cast("float64")


def _of_shop(further: dict[str, str]) -> Sales:
    orders = {**_ORDER, "placed_at": "timestamp", "total": "float64", "discount": "float64"}
    lines = ibis.table({**_LINE, **further}, name="lines")
    return _joined(ibis.table(orders, name="orders"), lines, ibis.table(_PRODUCTS, name="products"))


def _joined(orders: Table, lines: Table, products: Table, zone: str | None = None) -> Sales:
    placed = orders.filter(orders.placed_at <= moment("now", zone))
    bought = lines.select("order_id", "product_id", returned=_returned(lines))
    bought = bought.inner_join(placed.select("order_id", "customer_id"), "order_id")
    bought = bought.left_join(_kinds(products), "product_id")
    return Sales(
        orders=placed.select("customer_id", "placed_at", total=cents(placed.total), discount=cents(placed.discount)),
        lines=bought.select("customer_id", "kind", "returned"),
    )


def _net(sales: Sales) -> Sales:
    returns = ibis.table({"customer_id": "string", "returned_at": "timestamp"}, name="returns")
    return replace(sales, returns=_by(returns, moment("now")))


def _by(returns: Table, now: TimestampValue) -> Table:
    return returns.filter(returns.returned_at <= now).select("customer_id")


def _flat(ids: dict[str, str], product: str) -> Sales:
    exact = product == "int64"
    money = {name: "int64" if exact else "float64" for name in ("amount", "discount")}
    columns = {**ids, "placed_at": "timestamp", "product_id": product, "quantity": "int64", **money}
    sales = ibis.table(columns, name="sales")
    products = ibis.table({**_PRODUCTS, "product_id": product}, name="products")
    sold = sales.filter(sales.placed_at <= moment("now"))
    priced = sold.mutate(
        **{name: sold[name].cast("float64") if exact else cents(sold[name]) for name in ("amount", "discount")},
        returned=_returned(sold),
    )
    orders = priced.group_by("order_id").agg(
        customer_id=_.customer_id.max(),
        placed_at=_.placed_at.max(),
        total=_.amount.sum(),
        discount=_.discount.sum(),
        lines=_.count(),
        returned=_.returned.cast("float64").sum(),
    )
    bought = sold.select("customer_id", "product_id").left_join(_kinds(products), "product_id")
    return Sales(orders=orders.drop("order_id"), lines=bought.select("customer_id", "kind"))


def _returned(lines: Table) -> IntegerValue:
    if "returned" in lines.columns:
        return ibis.ifelse(lines.returned, 1, 0)
    return ibis.ifelse(lines.quantity < 0, 1, 0) if "quantity" in lines.columns else ibis.literal(0)


def _kinds(products: Table) -> Table:
    """Give product_id and kind of every product that has one."""
    codes = ibis.table(_CODES, name=CODES)
    named = products.select(
        "product_id",
        category_name=products.category.coalesce(""),
        department_name=products.department.coalesce(""),
    )
    return named.inner_join(codes, ["category_name", "department_name"]).select("product_id", "kind")
