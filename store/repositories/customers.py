"""Known customers."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, bindparam, func, select, update

from store.tables import account_details, customers

# Made once: making a statement anew costs SQLAlchemy more than running it. What she changed herself wins.
_BY_ID = (
    select(
        customers.c.customer_id,
        func.coalesce(account_details.c.name, customers.c.name).label("name"),
        func.coalesce(account_details.c.email, customers.c.email).label("email"),
        customers.c.joined_at,
        customers.c.traits,
    )
    .outerjoin_from(customers, account_details, account_details.c.customer_id == customers.c.customer_id)
    .where(customers.c.customer_id == bindparam("whose"))
)


@dataclass(frozen=True, slots=True, kw_only=True)
class CustomerRow:
    """One customer; `traits` are stated facts as imported."""

    customer_id: str
    name: str | None
    email: str | None
    joined_at: datetime | None
    traits: dict[str, Any]


def customer_row(connection: Connection, customer_id: str) -> CustomerRow | None:
    """Give a customer by id; None for an unknown one."""
    found = connection.execute(_BY_ID, {"whose": customer_id}).first()
    return None if found is None else CustomerRow(**found._asdict())


def name_unnamed(connection: Connection, customer_id: str, name: str) -> int:
    """Give a customer a name unless she has one; the number of customers named (0 or 1)."""
    unnamed = (customers.c.customer_id == customer_id) & customers.c.name.is_(None)
    return connection.execute(update(customers).where(unnamed).values(name=name)).rowcount


def add_missing_email(connection: Connection, customer_id: str, email: str) -> int:
    """Give a customer an e-mail address unless she has one; the number of customers changed (0 or 1)."""
    without = (customers.c.customer_id == customer_id) & customers.c.email.is_(None)
    return connection.execute(update(customers).where(without).values(email=email)).rowcount


def customer_ids(connection: Connection) -> list[str]:
    """Give the ids of all customers, in no particular order."""
    return list(connection.execute(select(customers.c.customer_id)).scalars())
