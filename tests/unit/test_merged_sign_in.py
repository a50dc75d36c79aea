"""A customer who was merged into another signs in under the id that the shop's server still knows."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import select

from analytics.customers.identity.merging import merge
from gateway.conversations.opening import Opening, open_conversation
from gateway.identity import Identity
from store.memory import memory_database
from store.tables import customers, metadata
from tests.support.merged_people import NOON, add_person

LATER = NOON + timedelta(days=1)


def test_she_is_whom_she_was_merged_into_and_nobody_is_made_anew() -> None:
    database = memory_database()
    with database.write() as connection:
        for number, who in enumerate(("ana", "ben")):
            add_person(connection, who, number, {"talk"})
        merge(connection, "ana", "ben", by="a test", at=LATER)
        signed = Opening(channel="widget", token=None, identity=Identity("ben", "Ben"), may_create=True)
        opened = open_conversation(connection, signed, LATER)
        assert opened.conversation.customer_id == "ana"
        assert not opened.created
        assert opened.customer_name == "Ana"
        assert connection.execute(select(customers.c.customer_id)).scalars().all() == ["ana"]
    database.close()


def test_every_table_of_customers_has_a_key_by_which_a_single_row_is_moved() -> None:
    of_customers = [table for table in metadata.tables.values() if "customer_id" in table.c]
    assert len(of_customers) > 20
    assert [table.name for table in of_customers if not table.primary_key.columns] == []
