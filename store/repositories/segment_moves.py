"""Which customer came into which segment, when and why."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import datetime

from sqlalchemy import Connection, bindparam, delete, func, insert, select

from store.tables import segment_moves

#: Statements are made once: making one anew costs SQLAlchemy more than running it.
_ADD = insert(segment_moves)
_COLUMNS = [column for column in segment_moves.columns if column.name != "move_id"]
_OF_CUSTOMER = (
    select(*_COLUMNS)
    .where(segment_moves.c.customer_id == bindparam("whose"))
    .order_by(segment_moves.c.at.desc(), segment_moves.c.move_id.desc())
    .limit(bindparam("most"))
)


@dataclass(frozen=True, slots=True, kw_only=True)
class SegmentMoveRow:
    """One move; fields as in `store.tables.events.segment_moves`.

    Segment numbers are those of `model_version`; `from_segment` None means she was in none. `name` is that of the
    segment she came into, kept here because a rebuild replaces the segments. `why` is "event", "rebuild", "rollback"
    or "first".
    """

    customer_id: str
    from_segment: int | None
    to_segment: int
    name: str
    model_version: str
    why: str
    at: datetime


def add_moves(connection: Connection, rows: Iterable[SegmentMoveRow]) -> None:
    """Write moves in the caller's transaction; none is no fault."""
    values = [asdict(row) for row in rows]
    if values:
        connection.execute(_ADD, values)


def moves_of(connection: Connection, customer_id: str, limit: int = 20) -> list[SegmentMoveRow]:
    """Give a customer's latest moves, newest first."""
    found = connection.execute(_OF_CUSTOMER, {"whose": customer_id, "most": limit})
    return [SegmentMoveRow(**row._asdict()) for row in found]


def moves_between(connection: Connection, since: datetime, until: datetime) -> dict[tuple[int | None, int, str], int]:
    """Count moves by (from, to, why) from `since` up to, not including, `until`."""
    columns = segment_moves.c
    kind = (columns.from_segment, columns.to_segment, columns.why)
    query = select(*kind, func.count()).where(columns.at >= since, columns.at < until).group_by(*kind)
    return {(row[0], row[1], row[2]): row[3] for row in connection.execute(query)}


def forget_moves(connection: Connection, customer_id: str) -> None:
    """Delete a customer's moves."""
    connection.execute(delete(segment_moves).where(segment_moves.c.customer_id == customer_id))
