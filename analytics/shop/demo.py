"""First names and e-mail addresses for the demo shop's sample customers: real data have neither."""

from __future__ import annotations

from analytics.records import ShopFacts
from store.engine import Database
from store.repositories.customers import add_missing_email, name_unnamed


def name_demo_customers(database: Database, facts: ShopFacts) -> int:
    """Write the names and addresses that the shop file gives its demo customers, where the import brought none.

    Returns
    -------
    int
        How many customers got a name.
    """
    with database.write() as connection:
        for demo in facts.demo_customers:
            if demo.email:
                add_missing_email(connection, demo.customer_id, demo.email)
        return sum(name_unnamed(connection, demo.customer_id, demo.name) for demo in facts.demo_customers)
