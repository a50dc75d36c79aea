"""Shopping lists on our own store: one transaction a request, harmless to repeat."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from datetime import datetime

from sqlalchemy import Connection

from analytics.failures import unavailable_on_database_failure
from analytics.products import product_record
from analytics.shopping_service import LONGEST_NAME, MOST_ITEMS, MOST_OF_ONE, Listed, ListItem, Shopper, Wish
from store.engine import Database
from store.repositories import shopping_items as kept
from store.repositories.accounts import lock_customer
from store.repositories.catalogue import products_by_id
from store.repositories.shopping_items import ItemRow


class SqlShoppingService:
    """Implements `analytics.shopping_service.ShoppingService`; in memory it is its own twin.

    Parameters
    ----------
    database : with all tables.
    clock : gives the present moment, aware.
    """

    def __init__(self, database: Database, *, clock: Callable[[], datetime]) -> None:
        self._database = database
        self._clock = clock

    @unavailable_on_database_failure
    def items(self, shopper: Shopper) -> list[ListItem]:
        """See `ShoppingService.items`."""
        with self._database.read() as connection:
            rows = kept.items_of(connection, _owner(shopper))
            known = products_by_id(connection, {row.product_id for row in rows if row.product_id})
        linked = {key: product_record(row) for key, row in known.items()}
        return [
            ListItem(name=row.name, quantity=row.quantity, product=linked.get(row.product_id or "")) for row in rows
        ]

    @unavailable_on_database_failure
    def add(self, shopper: Shopper, wishes: Sequence[Wish]) -> Listed:
        """See `ShoppingService.add`."""
        owner, now = _owner(shopper), self._clock()
        added: list[str] = []
        already: list[str] = []
        left_out: list[str] = []
        with self._database.write() as connection:
            self._hold(connection, shopper)
            listed = kept.items_of(connection, owner)
            for wish in wishes:
                name = wish.name.strip()[:LONGEST_NAME]
                before = _same(listed, name, wish.product_id)
                if before is not None:
                    already.append(before.name)
                    self._count(connection, before, wish.quantity)
                elif not name or len(listed) >= MOST_ITEMS:
                    left_out.append(name)
                else:
                    row = ItemRow(
                        owner=owner,
                        name=name,
                        product_id=wish.product_id,
                        quantity=_within(wish.quantity or 1),
                        added_at=now,
                    )
                    kept.add_item(connection, row)
                    listed.append(row)
                    added.append(name)
        return Listed(added=tuple(added), already=tuple(already), left_out=tuple(left_out))

    @unavailable_on_database_failure
    def remove(self, shopper: Shopper, names: Collection[str]) -> tuple[str, ...]:
        """See `ShoppingService.remove`."""
        owner, wanted = _owner(shopper), {name.strip().lower() for name in names}
        with self._database.write() as connection:
            self._hold(connection, shopper)
            found = [row.name for row in kept.items_of(connection, owner) if row.name.lower() in wanted]
            kept.remove_items(connection, owner, found)
        return tuple(found)

    @unavailable_on_database_failure
    def clear(self, shopper: Shopper) -> int:
        """See `ShoppingService.clear`."""
        owner = _owner(shopper)
        with self._database.write() as connection:
            self._hold(connection, shopper)
            listed = kept.items_of(connection, owner)
            kept.remove_items(connection, owner, [row.name for row in listed])
        return len(listed)

    @staticmethod
    def _hold(connection: Connection, shopper: Shopper) -> None:
        """A customer may write in two windows at once; a visitor's conversation has one turn at a time."""
        if shopper.customer_id is not None:
            lock_customer(connection, shopper.customer_id)

    @staticmethod
    def _count(connection: Connection, before: ItemRow, quantity: int | None) -> None:
        if quantity is not None and quantity != before.quantity:
            kept.change_quantity(connection, before.owner, before.name, _within(quantity))


def _owner(shopper: Shopper) -> str:
    if shopper.customer_id is not None:
        return f"customer:{shopper.customer_id}"
    return f"conversation:{shopper.conversation_id}"


def _same(listed: Sequence[ItemRow], name: str, product_id: str | None) -> ItemRow | None:
    fitting = (
        row
        for row in listed
        if row.name.lower() == name.lower() or (product_id is not None and row.product_id == product_id)
    )
    return next(fitting, None)


def _within(quantity: int) -> int:
    return max(1, min(quantity, MOST_OF_ONE))
