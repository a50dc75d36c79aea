"""Merges of customers: who became whom."""

from __future__ import annotations

from sqlalchemy import Connection, select

from store.tables import customer_merges


def merged_away(connection: Connection) -> dict[str, str]:
    """Give {merged customer: the one who stays now} of all merges that hold."""
    columns = customer_merges.c
    query = select(columns.merged_id, columns.kept_id).where(columns.state == "merged").order_by(columns.merge_id)
    direct = {gone: stays for gone, stays in connection.execute(query)}
    return {gone: _end(direct, gone) for gone in direct}


def _end(direct: dict[str, str], customer_id: str) -> str:
    """Follow merges to the end; an id that was merged twice over cannot lead round, since who stays is there."""
    seen = set()
    while customer_id in direct and customer_id not in seen:
        seen.add(customer_id)
        customer_id = direct[customer_id]
    return customer_id
