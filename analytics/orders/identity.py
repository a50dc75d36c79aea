"""Whose an order is, by its number and an e-mail address; guessing is counted and stopped."""

from __future__ import annotations

import hmac
from datetime import datetime, timedelta

from sqlalchemy import Connection

from analytics.order_records import IdentityClaim, Unverified, Verified
from store.repositories.customers import customer_row
from store.repositories.order_requests import add_attempt, failed_tries, is_counted, visitor_of_conversation
from store.repositories.orders import order_row

#: Failed tries in a conversation, and of a visitor within the hour, after which nothing is checked any more.
MOST_TRIES = 5
#: Failed tries within the hour for one number, from wherever: new conversations cost a guesser nothing.
MOST_TRIES_AT_A_NUMBER = 10
_WINDOW = timedelta(hours=1)
_LONGEST_ID = 64


def identify(connection: Connection, claim: IdentityClaim, now: datetime) -> Verified | Unverified:
    """Check a claim and count it where it fails; the caller commits.

    The answer is "no_match" for an unknown number as for a wrong address, so that nobody learns which numbers exist.
    """
    order_id = claim.order_id.strip().upper()[:_LONGEST_ID]
    visitor_id = visitor_of_conversation(connection, claim.conversation_id)
    if is_counted(connection, claim.key):
        return "no_match"
    tries = failed_tries(
        connection,
        since=now - _WINDOW,
        conversation_id=claim.conversation_id,
        visitor_id=visitor_id,
        order_id=order_id,
    )
    if max(tries[:2]) >= MOST_TRIES or tries[2] >= MOST_TRIES_AT_A_NUMBER:
        return "throttled"
    owner = _owner(connection, claim.order_id.strip(), claim.email)
    if owner is not None:
        return owner
    add_attempt(
        connection,
        key=claim.key,
        conversation_id=claim.conversation_id,
        visitor_id=visitor_id,
        order_id=order_id,
        at=now,
    )
    return "no_match"


def _owner(connection: Connection, order_id: str, email: str) -> Verified | None:
    order = order_row(connection, order_id)
    customer = customer_row(connection, order.customer_id if order else "")
    known = (customer.email or "") if customer else ""
    given, kept = email.strip().lower().encode(), known.strip().lower().encode()
    if order is None or not kept or not hmac.compare_digest(given, kept):
        return None
    return Verified(customer_id=order.customer_id, order_id=order.order_id)
