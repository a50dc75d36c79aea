"""Returns: lines that undo purchases."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import Connection, delete, insert

from store.repositories.bulk import Row
from store.tables import returns

_CHUNK = 500
_COLUMNS = (
    "return_id",
    "line",
    "part",
    "order_id",
    "customer_id",
    "product_id",
    "quantity",
    "amount",
    "returned_at",
)


def replace_returns(connection: Connection, return_ids: Sequence[str], rows: Sequence[Row]) -> None:
    """Write returns anew.

    Parameters
    ----------
    return_ids : what was written of these before goes.
    rows : in the order of the table's columns, moments aware.
    """
    for start in range(0, len(return_ids), _CHUNK):
        connection.execute(delete(returns).where(returns.c.return_id.in_(return_ids[start : start + _CHUNK])))
    if rows:
        connection.execute(insert(returns), [dict(zip(_COLUMNS, row, strict=True)) for row in rows])
