"""Of two consents the stricter wins: who said no under either id is not written to under both."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict
from datetime import datetime

from sqlalchemy import Connection

from analytics.account_records import PURPOSES
from store.repositories.accounts import ConsentRow, consents_of
from store.repositories.row_log import Values


def stricter_consents(
    connection: Connection, kept_id: str, merged_id: str, merge_id: int, at: datetime
) -> Iterator[Values]:
    """Give decisions to be written for the one who stays, where the newer of the two would overrule a refusal.

    The newest decision on a purpose counts, and hers will be of both; a refusal that is older is said again.
    """
    kept, merged = consents_of(connection, kept_id, at), consents_of(connection, merged_id, at)
    for purpose in PURPOSES:
        both = [row for row in (kept.get(purpose), merged.get(purpose)) if row is not None]
        refusals = [row for row in both if not row.granted]
        if not refusals:
            continue
        # A refusal without an end is stricter than a pause.
        strictest = max(refusals, key=lambda row: (row.until is None, row.until or at))
        newest = max(both, key=lambda row: row.decided_at)
        if newest is not strictest:
            said = ConsentRow(purpose=purpose, granted=False, until=strictest.until, decided_at=at)
            yield {**asdict(said), "customer_id": kept_id, "key": f"merge:{merge_id}"}
