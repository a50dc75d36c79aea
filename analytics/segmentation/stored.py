"""Customers with their features and the segments that they are in, out of the shop's database in pieces."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
from sqlalchemy import Connection

from analytics import columns as c
from analytics.segmentation.describing import Customers
from analytics.segmentation.keeping import FiguresHash
from analytics.segmentation.relations import SCHEMA
from store.engine import Database
from store.repositories.features import member_batches

#: The segment that a customer is in so far; null where in none.
CAME_FROM = "came_from"
#: Name of the file that other engines read.
FILE = "members.parquet"
#: What a piece holds: who, her segment so far, and all but the segment of `relations.SCHEMA`.
STORED = pa.schema(
    [(c.CUSTOMER_ID, pa.string()), (CAME_FROM, pa.int64()), *(field for field in SCHEMA if field.name != "segment")]
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """What was written of all customers; dates are ISO, None where nothing tells."""

    customers: int
    first_order: str | None
    last_order: str | None
    data_hash: str


def stored_members(database: Database) -> pa.Table:
    """Give everybody who is in a segment, as of now (`relations.SCHEMA`)."""
    with database.read() as connection:
        pieces = [piece for _, piece in _pieces(connection)]
    everybody = pa.concat_tables(pieces) if pieces else STORED.empty_table()
    inside = everybody.filter(pc.is_valid(everybody[CAME_FROM]))
    return inside.rename_columns({CAME_FROM: "segment"}).select(SCHEMA.names)


def write_members(database: Database, file: Path) -> Written:
    """Write everybody with features to a Parquet file (`STORED`), by id; only one piece at a time is in memory."""
    whole, customers = FiguresHash(), 0
    days: set[str] = set()
    with database.read() as connection, pq.ParquetWriter(file, STORED) as writer:
        for piece, table in _pieces(connection):
            writer.write_table(table)
            whole.add(piece.ids, piece.columns)
            customers += len(piece.ids)
            days |= {day for day in (piece.first_order, piece.last_order) if day}
    return Written(
        customers=customers,
        first_order=min(days, default=None),
        last_order=max(days, default=None),
        data_hash=whole.hexdigest(),
    )


def _pieces(connection: Connection) -> Iterator[tuple[Customers, pa.Table]]:
    for rows in member_batches(connection):
        piece = Customers.of(rows)
        table = piece.members(pa.array([row[5] for row in rows], pa.int64()))
        columns = {c.CUSTOMER_ID: pa.array(piece.ids, pa.string()), CAME_FROM: table["segment"]}
        columns |= {name: table[name] for name in SCHEMA.names if name != "segment"}
        yield piece, pa.table([columns[name] for name in STORED.names], schema=STORED)
