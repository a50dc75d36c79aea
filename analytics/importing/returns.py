"""Returns and cancellations, matched to the purchases they undo, so that totals and lines are net of them.

A return finds purchases of the same customer and product, not later than itself and within the mapping's days: those
at the same price first, then the latest. It takes pieces off one after the other until none is left of it.
"""

# ruff: noqa: S608 — every name that comes from a mapping passes `readers.quoted`, every value `literal`.
from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

import duckdb
import pyarrow as pa

from analytics.importing.findings import Findings
from analytics.importing.ids import columns_of
from analytics.importing.readers import ROW, literal
from analytics.importing.rules import Returns
from analytics.quality_records import Done

RETURN_ORDER = "a return or cancellation"
MATCHED, UNMATCHED, UNDONE = "return of a purchase", "return without a purchase", "undone by a return"
_CENT = 0.005


@dataclass(slots=True, kw_only=True)
class Bought:
    """One line of a purchase; what returns leave of it in `left` and `worth`."""

    row: int
    order_id: str
    at: datetime
    quantity: int
    amount: float
    left: int = field(init=False)
    worth: float = field(init=False)

    def __post_init__(self) -> None:
        self.left, self.worth = self.quantity, self.amount


@dataclass(frozen=True, slots=True, kw_only=True)
class Returned:
    """One line of a return: pieces, and money given back for them, both above zero."""

    row: int
    return_id: str
    at: datetime
    quantity: int
    amount: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """Pieces of a return that undo one purchase (`bought` None: none was found), and what was paid for them."""

    returned: Returned
    bought: Bought | None
    quantity: int
    amount: float


def match(returned: Iterable[Returned], bought: Sequence[Bought], within: timedelta) -> list[Part]:
    """Match returns of one customer and product, the earliest first; takes pieces and money off the purchases."""
    parts: list[Part] = []
    for one in sorted(returned, key=lambda line: (line.at, line.row)):
        left = one.quantity
        for purchase in _in_question(one, bought, within):
            taken = min(left, purchase.left)
            whole = taken == purchase.left
            money = purchase.worth if whole else round(purchase.worth * taken / purchase.left, 2)
            purchase.left -= taken
            purchase.worth = 0.0 if whole else round(purchase.worth - money, 2)
            parts.append(Part(returned=one, bought=purchase, quantity=taken, amount=round(money, 2)))
            left -= taken
            if not left:
                break
        if left:
            money = round(one.amount * left / one.quantity, 2)
            parts.append(Part(returned=one, bought=None, quantity=left, amount=money))
    return parts


def _in_question(one: Returned, bought: Sequence[Bought], within: timedelta) -> list[Bought]:
    price = one.amount / one.quantity
    open_ones = [line for line in bought if line.left and timedelta(0) <= one.at - line.at <= within]
    return sorted(
        open_ones,
        key=lambda line: (abs(line.amount / line.quantity - price) > _CENT, -line.at.timestamp(), line.row),
    )


def undo_returns(connection: duckdb.DuckDBPyConnection, rule: Returns, findings: Findings) -> None:
    """Make `all_order_lines` and `all_orders` net, and the table `parts` of matched and unmatched returns."""
    _find(connection, rule)
    bought, returned = _bought(connection), _returned(connection)
    within = timedelta(days=rule.within_days)
    parts = [part for key, lines in returned.items() for part in match(lines, bought.get(key, []), within)]
    parts.sort(key=lambda part: part.returned.row)
    _keep_parts(connection, parts)
    _take_off(connection, [line for lines in bought.values() for line in lines if line.left < line.quantity])
    _report(findings)


def _find(connection: duckdb.DuckDBPyConnection, rule: Returns) -> None:
    """Make `return_lines`, and give orders that are returns whole their own reason."""
    prefix = literal(rule.order_prefix)
    whole = f"starts_with(order_id, {prefix})" if rule.order_prefix else "false"
    connection.execute(
        f"UPDATE all_orders SET _reason = {literal(RETURN_ORDER)} "
        f"WHERE (_reason IS NULL AND {whole}) OR _reason = 'negative total'"
    )
    connection.execute(
        f"""
        CREATE TABLE return_lines AS
        WITH one_order AS (
            SELECT order_id, customer_id, placed_at FROM all_orders
            WHERE _reason IS NULL OR _reason = {literal(RETURN_ORDER)}
            QUALIFY row_number() OVER (PARTITION BY order_id ORDER BY {ROW}) = 1
        )
        SELECT l.{ROW} AS line_row, l.order_id, o.customer_id, o.placed_at, l.product_id,
               -l.quantity AS quantity, abs(l.amount) AS amount
        FROM all_order_lines l JOIN one_order o USING (order_id)
        WHERE l.quantity < 0 AND l.product_id IS NOT NULL AND l.amount IS NOT NULL
        """
    )


def _bought(connection: duckdb.DuckDBPyConnection) -> dict[tuple[str, str], list[Bought]]:
    found = connection.execute(
        f"""
        SELECT o.customer_id, l.product_id, l.{ROW}, l.order_id, o.placed_at, l.quantity, l.amount
        FROM all_order_lines l JOIN all_orders o USING (order_id)
        WHERE l._reason IS NULL AND o._reason IS NULL
          AND (o.customer_id, l.product_id) IN (SELECT (customer_id, product_id) FROM return_lines)
        """
    ).fetchall()
    bought: dict[tuple[str, str], list[Bought]] = defaultdict(list)
    for customer, product, row, order, at, quantity, amount in found:
        bought[customer, product].append(Bought(row=row, order_id=order, at=at, quantity=quantity, amount=amount))
    return bought


def _returned(connection: duckdb.DuckDBPyConnection) -> dict[tuple[str, str], list[Returned]]:
    found = connection.execute("SELECT * FROM return_lines ORDER BY line_row").fetchall()
    returned: dict[tuple[str, str], list[Returned]] = defaultdict(list)
    for row, order, customer, at, product, quantity, amount in found:
        line = Returned(row=row, return_id=order, at=at, quantity=quantity, amount=amount)
        returned[customer, product].append(line)
    return returned


def _keep_parts(connection: duckdb.DuckDBPyConnection, parts: Sequence[Part]) -> None:
    """Make `parts`, and say of each return's line whether it found its purchase."""
    connection.register(
        "read_parts",
        pa.table(
            {
                "line_row": pa.array([part.returned.row for part in parts], pa.int64()),
                "bought_in": pa.array([part.bought.order_id if part.bought else None for part in parts], pa.string()),
                "quantity": pa.array([part.quantity for part in parts], pa.int64()),
                "amount": pa.array([part.amount for part in parts], pa.float64()),
            }
        ),
    )
    connection.execute(
        """
        CREATE TABLE parts AS
        SELECT r.order_id AS return_id, dense_rank() OVER (PARTITION BY r.order_id ORDER BY p.line_row) AS line,
               row_number() OVER (PARTITION BY p.line_row ORDER BY p.bought_in NULLS LAST) AS part,
               p.bought_in AS order_id, r.customer_id, r.product_id, p.quantity, p.amount,
               r.placed_at AS returned_at, p.line_row
        FROM read_parts p JOIN return_lines r USING (line_row)
        """
    )
    connection.unregister("read_parts")
    connection.execute(
        f"""
        UPDATE all_order_lines SET _reason = CASE WHEN f.found THEN '{MATCHED}' ELSE '{UNMATCHED}' END
        FROM (SELECT line_row, bool_or(order_id IS NOT NULL) AS found FROM parts GROUP BY line_row) f
        WHERE {ROW} = f.line_row
        """
    )


def _take_off(connection: duckdb.DuckDBPyConnection, lines: Sequence[Bought]) -> None:
    """Take undone pieces and money off lines and orders; what is undone whole is left out, its order stays."""
    connection.register(
        "net_lines",
        pa.table(
            {
                "line_row": pa.array([line.row for line in lines], pa.int64()),
                "order_id": pa.array([line.order_id for line in lines], pa.string()),
                "pieces": pa.array([line.left for line in lines], pa.int64()),
                "worth": pa.array([line.worth for line in lines], pa.float64()),
                "undone": pa.array([round(line.amount - line.worth, 2) for line in lines], pa.float64()),
            }
        ),
    )
    discount = ""
    if "discount" in columns_of(connection, "all_order_lines"):
        discount = ", discount = round(discount * n.pieces / quantity, 2)"
    connection.execute(
        f"UPDATE all_order_lines SET quantity = n.pieces, amount = n.worth{discount}, "
        f"_reason = CASE WHEN n.pieces = 0 THEN '{UNDONE}' END FROM net_lines n WHERE {ROW} = n.line_row"
    )
    columns = columns_of(connection, "all_orders")
    less = ", discount = round(discount * greatest(total - t.undone, 0) / nullif(total, 0), 2)"
    connection.execute(
        f"""
        UPDATE all_orders SET total = greatest(round(total - t.undone, 2), 0){less if "discount" in columns else ""}
        FROM (SELECT order_id, sum(undone) AS undone FROM net_lines GROUP BY order_id) t
        WHERE all_orders.order_id = t.order_id AND _reason IS NULL
        """
    )
    connection.execute(
        """
        CREATE TABLE undone_orders AS SELECT DISTINCT order_id FROM net_lines
        WHERE order_id NOT IN (SELECT order_id FROM all_order_lines WHERE _reason IS NULL AND order_id IS NOT NULL)
        """
    )
    connection.unregister("net_lines")
    if "status" not in columns:
        connection.execute("ALTER TABLE all_orders ADD COLUMN status VARCHAR")
    connection.execute(
        "UPDATE all_orders SET status = 'returned' "
        "WHERE _reason IS NULL AND order_id IN (SELECT order_id FROM undone_orders)"
    )


def _report(findings: Findings) -> None:
    shown = ("return_id", "order_id", "product_id", "quantity", "amount")
    for check, rule in (("returns_matched", "IS NOT NULL"), ("returns_unmatched", "IS NULL")):
        lines = (
            "SELECT min(return_id) AS return_id, min(order_id) AS order_id, min(product_id) AS product_id, "
            f"sum(quantity) AS quantity, sum(amount) AS amount FROM parts WHERE order_id {rule} "
            "GROUP BY line_row ORDER BY line_row"
        )
        done: Done = "matched" if check == "returns_matched" else "left out"
        findings.look("order_lines", check, lines, done=done, shown=shown, money="amount")
    undone = f"SELECT order_id, product_id FROM all_order_lines WHERE _reason = '{UNDONE}' ORDER BY {ROW}"
    findings.look("order_lines", "undone_lines", undone, done="left out", shown=("order_id", "product_id"))
    orders = "SELECT order_id FROM undone_orders ORDER BY order_id"
    findings.look("orders", "undone_orders", orders, done="kept", shown=("order_id",))
