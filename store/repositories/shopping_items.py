"""The items of shopping lists."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import asdict, dataclass
from datetime import datetime

from sqlalchemy import Connection, delete, insert, select, update

from store.tables import shopping_items


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemRow:
    """One item; fields as in `store.tables.shopping`."""

    owner: str
    name: str
    product_id: str | None
    quantity: int
    added_at: datetime


def items_of(connection: Connection, owner: str) -> list[ItemRow]:
    """Give a list's items in the order in which they came onto it."""
    columns = shopping_items.c
    query = select(columns.owner, columns.name, columns.product_id, columns.quantity, columns.added_at)
    found = connection.execute(query.where(columns.owner == owner).order_by(columns.item_id))
    return [ItemRow(**row._asdict()) for row in found]


def add_item(connection: Connection, row: ItemRow) -> None:
    """Write an item."""
    connection.execute(insert(shopping_items).values(**asdict(row)))


def change_quantity(connection: Connection, owner: str, name: str, quantity: int) -> None:
    """Write how many of an item are wanted."""
    which = (shopping_items.c.owner == owner) & (shopping_items.c.name == name)
    connection.execute(update(shopping_items).where(which).values(quantity=quantity))


def remove_items(connection: Connection, owner: str, names: Collection[str]) -> None:
    """Take items off a list, by their names as they are kept."""
    which = (shopping_items.c.owner == owner) & shopping_items.c.name.in_(sorted(names))
    connection.execute(delete(shopping_items).where(which))
