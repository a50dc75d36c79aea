"""Contacts of a CRM, and what a customer's own row takes from them."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, insert, select, update

from store.tables import contacts, customers, profiles


@dataclass(frozen=True, slots=True, kw_only=True)
class ContactRow:
    """One contact; fields as in `store.tables.sources`."""

    source: str
    contact_id: str
    customer_id: str
    stage: str | None
    traits: dict[str, Any]
    preferences: dict[str, Any]
    updated_at: datetime | None


def contacts_of_source(connection: Connection, source: str) -> dict[str, ContactRow]:
    """Give the contacts of one system by their id there."""
    query = select(contacts).where(contacts.c.source == source)
    return {row.contact_id: ContactRow(**row._asdict()) for row in connection.execute(query)}


def all_contacts(connection: Connection) -> list[ContactRow]:
    """Give every contact, by source and id."""
    query = select(contacts).order_by(contacts.c.source, contacts.c.contact_id)
    return [ContactRow(**row._asdict()) for row in connection.execute(query)]


def contacts_of_customer(connection: Connection, customer_id: str) -> list[ContactRow]:
    """Give what other systems know of one customer, by source and id."""
    query = select(contacts).where(contacts.c.customer_id == customer_id)
    found = connection.execute(query.order_by(contacts.c.source, contacts.c.contact_id))
    return [ContactRow(**row._asdict()) for row in found]


def put_contact(connection: Connection, row: ContactRow) -> None:
    """Write a contact, new or changed."""
    which = (contacts.c.source == row.source) & (contacts.c.contact_id == row.contact_id)
    if connection.execute(update(contacts).where(which).values(**asdict(row))).rowcount == 0:
        connection.execute(insert(contacts).values(**asdict(row)))


def customer_ids(connection: Connection) -> set[str]:
    """Give the ids of all customers."""
    return set(connection.execute(select(customers.c.customer_id)).scalars())


def create_customer(
    connection: Connection, customer_id: str, name: str | None, email: str | None, joined_at: datetime | None
) -> None:
    """Write a customer whom only another system knows."""
    values: dict[str, Any] = {
        "customer_id": customer_id,
        "name": name,
        "email": email,
        "joined_at": joined_at,
        "traits": {},
    }
    connection.execute(insert(customers).values(**values))


def fill_customer(
    connection: Connection,
    customer_id: str,
    name: str | None,
    email: str | None,
    before: dict[str, Any],
    now: dict[str, Any],
) -> None:
    """Fill gaps of a customer's row; what the other system had filled before follows what it says now.

    Parameters
    ----------
    before, now : its traits at the last import, and at this one. The shop's own traits win over both.
    """
    row = connection.execute(select(customers).where(customers.c.customer_id == customer_id)).first()
    if row is None:
        return
    traits = dict(row.traits)
    for key, value in before.items():
        if key not in now and traits.get(key) == value:
            del traits[key]
    for key, value in now.items():
        if key not in traits or (key in before and traits[key] == before[key]):
            traits[key] = value
    values: dict[str, Any] = {"name": row.name or name, "email": row.email or email, "traits": traits}
    if values != {"name": row.name, "email": row.email, "traits": row.traits}:
        connection.execute(update(customers).where(customers.c.customer_id == customer_id).values(**values))


def stated_preferences(connection: Connection, customer_id: str) -> dict[str, list[Any]]:
    """Give the preferences that a customer stated, in conversations and elsewhere."""
    query = select(profiles.c.preferences).where(profiles.c.customer_id == customer_id)
    return dict(connection.execute(query).scalar() or {})


def write_preferences(connection: Connection, customer_id: str, preferences: dict[str, list[Any]]) -> None:
    """Write a customer's stated preferences; a profile is made where she has none."""
    which = profiles.c.customer_id == customer_id
    if connection.execute(update(profiles).where(which).values(preferences=preferences)).rowcount == 0:
        connection.execute(insert(profiles).values(customer_id=customer_id, preferences=preferences))
