"""The complaint service on our own store: kept once, made up for within the shop's policy, harmless to repeat."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from uuid import uuid4

from sqlalchemy import Connection

from analytics.complaint_records import (
    SEVERITIES,
    Complaint,
    ComplaintPolicy,
    Goodwill,
    KeptComplaint,
    TakenDown,
)
from analytics.failures import unavailable_on_database_failure
from store.engine import Database
from store.repositories import complaints as kept
from store.repositories.accounts import lock_customer
from store.repositories.complaints import ComplaintRow
from store.repositories.orders import latest_orders

#: What the shop can make up for with a credit; a bot that was not understood, or nothing said at all, is not among it.
_MADE_UP_FOR = frozenset({"late", "missing", "damaged", "wrong", "quality", "staff", "waiting"})
#: A complaint of the same conversation and topic within this time is the same one.
_SAME_WITHIN = timedelta(days=1)
_LONGEST_NOTE = 400


class SqlComplaintService:
    """Implements `analytics.complaint_service.ComplaintService`; in memory it is its own twin.

    Parameters
    ----------
    database : with all tables.
    policy : what the shop grants.
    clock : gives the present moment, aware.
    """

    def __init__(self, database: Database, policy: ComplaintPolicy, *, clock: Callable[[], datetime]) -> None:
        self._database = database
        self._policy = policy
        self._clock = clock

    @property
    def policy(self) -> ComplaintPolicy:
        """See `ComplaintService.policy`."""
        return self._policy

    @unavailable_on_database_failure
    def take_down(self, complaint: Complaint, key: str) -> TakenDown:
        """See `ComplaintService.take_down`."""
        now = self._clock()
        with self._database.write() as connection:
            if complaint.customer_id is not None:
                lock_customer(connection, complaint.customer_id)
            seen = kept.complaint_of_key(connection, key)
            if seen is not None:
                if complaint.note and not seen.note:
                    kept.change_complaint(connection, replace(seen, note=complaint.note[:_LONGEST_NOTE]))
                return TakenDown(complaint_id=seen.complaint_id, needs_person=False, repeated=True)
            before = _same(connection, complaint, now)
            goodwill = self._goodwill(connection, complaint, now)
            row = _added(before, complaint, key) if before else _new(complaint, key, now)
            if goodwill is not None:
                row = replace(row, goodwill=goodwill.amount, goodwill_until=goodwill.valid_until)
            (kept.change_complaint if before else kept.add_complaint)(connection, row)
            return TakenDown(
                complaint_id=row.complaint_id, needs_person=self._is_enough(connection, row, now), goodwill=goodwill
            )

    @unavailable_on_database_failure
    def open_of(self, customer_id: str) -> list[KeptComplaint]:
        """See `ComplaintService.open_of`."""
        with self._database.read() as connection:
            return [_kept(row) for row in reversed(kept.open_complaints(connection, customer_id=customer_id))]

    @unavailable_on_database_failure
    def open_in(self, conversation_id: str) -> list[KeptComplaint]:
        """See `ComplaintService.open_in`."""
        with self._database.read() as connection:
            return [_kept(row) for row in reversed(kept.open_complaints(connection, conversation_id=conversation_id))]

    @unavailable_on_database_failure
    def all_open(self) -> list[KeptComplaint]:
        """See `ComplaintService.all_open`."""
        with self._database.read() as connection:
            return [_kept(row) for row in kept.open_complaints(connection)]

    @unavailable_on_database_failure
    def resolve(self, complaint_id: str) -> bool:
        """See `ComplaintService.resolve`."""
        with self._database.write() as connection:
            return kept.resolve_complaint(connection, complaint_id, self._clock())

    def _goodwill(self, connection: Connection, complaint: Complaint, now: datetime) -> Goodwill | None:
        amount = self._policy.goodwill.get(complaint.severity, 0.0)
        if amount <= 0 or complaint.topic not in _MADE_UP_FOR or complaint.customer_id is None:
            return None
        latest = latest_orders(connection, complaint.customer_id, 1)
        recent = bool(latest) and now - latest[0].placed_at <= timedelta(days=self._policy.recent_order_days)
        since = now - timedelta(days=self._policy.once_in_days)
        if not recent or kept.goodwill_granted_since(connection, complaint.customer_id, since):
            return None
        return Goodwill(amount=amount, valid_until=now + timedelta(days=self._policy.valid_days))

    def _is_enough(self, connection: Connection, row: ComplaintRow, now: datetime) -> bool:
        """Whether a person should take over: the third message about it, or her third complaint in a while."""
        since = now - timedelta(days=self._policy.count_days)
        made = 0 if row.customer_id is None else kept.complaints_since(connection, row.customer_id, since)
        return max(row.times, made) >= self._policy.person_at


def _same(connection: Connection, complaint: Complaint, now: datetime) -> ComplaintRow | None:
    """The open complaint of this conversation that a message goes on with: of its topic, or of any if it names none."""
    found = kept.open_complaints(connection, conversation_id=complaint.conversation_id)
    fitting = [
        row
        for row in found
        if now - row.created_at < _SAME_WITHIN
        and row.customer_id == complaint.customer_id
        and ("other" in (complaint.topic, row.topic) or row.topic == complaint.topic)
    ]
    return fitting[-1] if fitting else None


def _added(before: ComplaintRow, complaint: Complaint, key: str) -> ComplaintRow:
    worse = max(before.severity, complaint.severity, key=SEVERITIES.index)
    return replace(
        before,
        key=key,
        topic=before.topic if complaint.topic == "other" else complaint.topic,
        severity=worse,
        wish=complaint.wish or before.wish,
        note=(complaint.note or before.note)[:_LONGEST_NOTE],
        times=before.times + 1,
    )


def _new(complaint: Complaint, key: str, now: datetime) -> ComplaintRow:
    return ComplaintRow(
        complaint_id=str(uuid4()),
        key=key,
        conversation_id=complaint.conversation_id,
        customer_id=complaint.customer_id,
        topic=complaint.topic,
        severity=complaint.severity,
        wish=complaint.wish,
        note=complaint.note[:_LONGEST_NOTE],
        times=1,
        goodwill=None,
        goodwill_until=None,
        created_at=now,
    )


def _kept(row: ComplaintRow) -> KeptComplaint:
    return KeptComplaint(
        complaint_id=row.complaint_id,
        conversation_id=row.conversation_id,
        customer_id=row.customer_id,
        topic=row.topic,  # type: ignore[arg-type]  # only this service writes topic, severity and wish
        severity=row.severity,  # type: ignore[arg-type]
        wish=row.wish,  # type: ignore[arg-type]
        note=row.note,
        times=row.times,
        goodwill=row.goodwill,
        made_at=row.created_at,
        resolved_at=row.resolved_at,
    )
