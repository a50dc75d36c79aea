"""First names for the demo shop's sample customers: their data are real, and real data have no names."""

from __future__ import annotations

from analytics.records import ShopFacts
from store.engine import Database
from store.repositories.customers import name_unnamed


def name_demo_customers(database: Database, facts: ShopFacts) -> int:
    """Write the names that the shop file gives its demo customers, where the import brought none.

    Returns
    -------
    int
        How many customers got a name.
    """
    with database.write() as connection:
        return sum(name_unnamed(connection, demo.customer_id, demo.name) for demo in facts.demo_customers)
