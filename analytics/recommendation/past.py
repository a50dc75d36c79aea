"""Everything a customer ordered, read once for one list and asked in several ways."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import datetime

from sqlalchemy import Connection

from store.repositories.orders import Piece, Purchase, pieces_of


class Past:
    """Her orders, products no longer on sale too; empty for a visitor.

    Attributes
    ----------
    pieces : every line, in no particular order.
    """

    def __init__(self, pieces: Iterable[Piece] = ()) -> None:
        self.pieces = tuple(pieces)

    @classmethod
    def of(cls, connection: Connection, customer_id: str | None) -> Past:
        """Read what somebody ordered."""
        return cls() if customer_id is None else cls(pieces_of(connection, customer_id))

    def purchases(self) -> list[Purchase]:
        """Give every (order, product) once, the oldest order first."""
        once = {Purchase(piece.order_id, piece.placed_at, piece.product_id) for piece in self.pieces}
        return sorted(once, key=lambda one: (one.placed_at, one.order_id, one.product_id))

    def since(self, moment: datetime) -> dict[str, datetime]:
        """Give what she ordered since a moment, with the latest order of each."""
        latest: dict[str, datetime] = {}
        for piece in self.pieces:
            if piece.placed_at >= moment:
                known = latest.get(piece.product_id, piece.placed_at)
                latest[piece.product_id] = max(known, piece.placed_at)
        return latest

    def moments(self, product_ids: Collection[str]) -> dict[str, list[datetime]]:
        """Give when she ordered each of the products, oldest first; products never ordered are absent."""
        wanted, moments = frozenset(product_ids), dict[str, set[datetime]]()
        for piece in self.pieces:
            if piece.product_id in wanted:
                moments.setdefault(piece.product_id, set()).add(piece.placed_at)
        return {product_id: sorted(all_) for product_id, all_ in moments.items()}
