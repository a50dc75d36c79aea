"""Keys with which trackers send; only their hashes are kept."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import datetime

from sqlalchemy import Connection, insert, select, update

from store.tables import write_keys


@dataclass(frozen=True, slots=True, kw_only=True)
class WriteKeyRow:
    """One key; fields as in `store.tables.events.write_keys`."""

    name: str
    key_hash: str
    kind: str
    created_at: datetime
    revoked_at: datetime | None = None


def add_write_key(connection: Connection, row: WriteKeyRow) -> None:
    """Write a key; its name must be new."""
    connection.execute(insert(write_keys).values(**asdict(row)))


def write_key(connection: Connection, name: str) -> WriteKeyRow | None:
    """Give a key by name, revoked or not; None for an unknown one."""
    found = connection.execute(select(write_keys).where(write_keys.c.name == name)).first()
    return None if found is None else WriteKeyRow(**found._asdict())


def write_keys_by_name(connection: Connection) -> list[WriteKeyRow]:
    """Give all keys, revoked ones among them, by name."""
    return [WriteKeyRow(**row._asdict()) for row in connection.execute(select(write_keys).order_by(write_keys.c.name))]


def revoke_write_key(connection: Connection, name: str, at: datetime) -> bool:
    """End a key; False where no valid one has this name."""
    valid = (write_keys.c.name == name) & write_keys.c.revoked_at.is_(None)
    return bool(connection.execute(update(write_keys).where(valid).values(revoked_at=at)).rowcount)


def replace_write_key(connection: Connection, row: WriteKeyRow) -> None:
    """Give a name a new key, whatever it had before."""
    values = {"key_hash": row.key_hash, "kind": row.kind, "created_at": row.created_at, "revoked_at": None}
    if not connection.execute(update(write_keys).where(write_keys.c.name == row.name).values(**values)).rowcount:
        add_write_key(connection, row)
