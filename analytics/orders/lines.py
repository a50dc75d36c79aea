"""What an order comes to when its items change: pure, on records alone."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from analytics.order_records import ItemChange, RefusalCode
from analytics.records import Order, Product


@dataclass(frozen=True, slots=True)
class NewLine:
    """How many of a product the order has from now on, and what is paid for them, in major currency units."""

    product_id: str
    quantity: int
    amount: float


def new_lines(
    order: Order, changes: Sequence[ItemChange], products: Mapping[str, Product]
) -> list[NewLine] | RefusalCode:
    """Work out the lines that change.

    Fewer of a product cost their share of what was paid; more, and new ones, cost today's price each.

    Parameters
    ----------
    changes : the quantity each product shall have; the last one of a product counts.
    products : what is known of the products that are named.

    Returns
    -------
    The lines that change, by product; or why the change cannot be made.
    """
    wanted = {change.product_id: change.quantity for change in changes}
    present = _present(order)
    if any(quantity <= 0 and product_id not in present for product_id, quantity in wanted.items()):
        return "not_in_order"
    different = {each: n for each, n in wanted.items() if n != present.get(each, (0, 0.0))[0]}
    if not different:
        return "unchanged"
    if all(different.get(product_id, quantity) <= 0 for product_id, (quantity, _) in present.items()) and not any(
        quantity > 0 for quantity in different.values()
    ):
        return "nothing_left"
    lines = [_line(each, max(n, 0), present.get(each), products.get(each)) for each, n in different.items()]
    return "unavailable" if None in lines else [line for line in lines if line is not None]


def difference(order: Order, lines: Sequence[NewLine]) -> float:
    """Give what the order costs more (above 0) or less (below 0) with the changed lines, in major currency units."""
    present = _present(order)
    return round(sum(line.amount - present.get(line.product_id, (0, 0.0))[1] for line in lines), 2)


def _present(order: Order) -> dict[str, tuple[int, float]]:
    present: dict[str, tuple[int, float]] = {}
    for line in order.lines:
        quantity, amount = present.get(line.product.product_id, (0, 0.0))
        present[line.product.product_id] = (quantity + line.quantity, amount + line.amount)
    return present


def _line(product_id: str, quantity: int, before: tuple[int, float] | None, product: Product | None) -> NewLine | None:
    had, paid = before or (0, 0.0)
    if quantity <= had:
        return NewLine(product_id, quantity, round(paid * quantity / had, 2))
    if product is None or not product.in_stock or product.price is None:
        return None
    return NewLine(product_id, quantity, round(paid + (quantity - had) * product.price, 2))
