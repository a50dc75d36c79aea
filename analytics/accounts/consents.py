"""What a customer agrees to at a moment: her last decision on each purpose, else the shop's default."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection

from analytics.account_records import PURPOSES, AccountPolicy, Consent, Purpose
from store.repositories.accounts import ConsentRow, consents_of


def consents_now(
    connection: Connection, customer_id: str, policy: AccountPolicy, now: datetime
) -> dict[Purpose, Consent]:
    """Give every purpose; after a pause what she had decided before it holds again."""
    decided = consents_of(connection, customer_id, now)
    return {purpose: _consent(purpose, decided.get(purpose), policy) for purpose in PURPOSES}


def allows(connection: Connection, customer_id: str, purpose: Purpose, policy: AccountPolicy, now: datetime) -> bool:
    """Whether a customer agrees to a purpose now."""
    return consents_now(connection, customer_id, policy, now)[purpose].granted


def _consent(purpose: Purpose, decided: ConsentRow | None, policy: AccountPolicy) -> Consent:
    if decided is None:
        return Consent(purpose=purpose, granted=policy.consents.get(purpose, True))
    return Consent(purpose=purpose, granted=decided.granted, since=decided.decided_at, until=decided.until)
