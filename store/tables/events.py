"""What trackers sent, what is made of it at once, and which customer came into which segment when."""

from __future__ import annotations

from sqlalchemy import BigInteger, Column, Index, Integer, Numeric, String, Table, text

from store.tables.base import metadata
from store.types import UtcDateTime, json_column

#: SQLite counts rows by itself only in a column of this very type.
_NUMBER = BigInteger().with_variant(Integer(), "sqlite")
_NOBODY_KNOWN = text("customer_id IS NULL")

write_keys = Table(
    "write_keys",
    metadata,
    Column("name", String(80), primary_key=True),
    #: SHA-256 of the key; the key itself is never stored.
    Column("key_hash", String(64), nullable=False, unique=True),
    #: "server" (a secret) or "page" (anybody can read it in the shop's pages, so less is believed).
    Column("kind", String(8), nullable=False),
    Column("created_at", UtcDateTime, nullable=False),
    Column("revoked_at", UtcDateTime),
)

#: As they came; they go after `RAPPORT_EVENT_DAYS`, what the profile learned of them stays. No foreign keys in this
#: room: events come before the import that brings their customer.
events = Table(
    "events",
    metadata,
    Column("event_id", _NUMBER, primary_key=True, autoincrement=True),
    #: Given by the tracker: the same again changes nothing.
    Column("message_id", String(100), nullable=False, unique=True),
    #: "identify", "track" or "page".
    Column("type", String(10), nullable=False),
    #: "Product Viewed", …; of a page its name; "" of an identify.
    Column("name", String(200), nullable=False),
    #: NULL for somebody who had not signed in; `live_links` may tell who it was.
    Column("customer_id", String(64)),
    Column("anonymous_id", String(128)),
    #: "web", "app", "email" or "server".
    Column("channel", String(32), nullable=False),
    #: Name of the write key.
    Column("source", String(80), nullable=False),
    #: By our clock.
    Column("occurred_at", UtcDateTime, nullable=False),
    Column("received_at", UtcDateTime, nullable=False),
    #: Properties, or the traits of an identify.
    Column("properties", json_column(), nullable=False),
    Index("ix_events_customer_id_occurred_at", "customer_id", "occurred_at"),
    Index("ix_events_anonymous_id", "anonymous_id", sqlite_where=_NOBODY_KNOWN, postgresql_where=_NOBODY_KNOWN),
)

live_profiles = Table(
    "live_profiles",
    metadata,
    #: "c:" and a customer's id, or "a:" and the id of somebody who has not signed in.
    Column("subject", String(140), primary_key=True),
    #: Fields of `analytics.live.state.LiveState`.
    Column("state", json_column(), nullable=False),
    #: Orders and money in the state, to be compared with the orders kept.
    Column("orders", Integer, nullable=False),
    Column("money", Numeric(14, 2, asdecimal=False), nullable=False),
    Column("updated_at", UtcDateTime, nullable=False),
)

#: Who somebody without a name turned out to be; the first to sign in counts.
live_links = Table(
    "live_links",
    metadata,
    Column("anonymous_id", String(128), primary_key=True),
    Column("customer_id", String(64), nullable=False, index=True),
    #: Of the event that told it.
    Column("message_id", String(100), nullable=False),
    Column("linked_at", UtcDateTime, nullable=False),
    #: When a person took it back; it is not made again then.
    Column("undone_at", UtcDateTime),
)

segment_moves = Table(
    "segment_moves",
    metadata,
    Column("move_id", _NUMBER, primary_key=True, autoincrement=True),
    Column("customer_id", String(64), nullable=False),
    #: NULL: she was in none. Numbers are those of `model_version`.
    Column("from_segment", Integer),
    Column("to_segment", Integer, nullable=False),
    #: Of the segment she came into, as it was then.
    Column("name", String(100), nullable=False),
    Column("model_version", String(40), nullable=False),
    #: "event", "rebuild", "rollback" or "first".
    Column("why", String(8), nullable=False),
    Column("at", UtcDateTime, nullable=False),
    Index("ix_segment_moves_customer_id_at", "customer_id", "at"),
    Index("ix_segment_moves_at", "at"),
)
