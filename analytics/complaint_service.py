"""The port through which complaints are kept and made up for: our SQL implementation, or a shop's own."""

from __future__ import annotations

from typing import Protocol

from analytics.complaint_records import Complaint, ComplaintPolicy, KeptComplaint, TakenDown


class ComplaintService(Protocol):
    """What can be done about a complaint. Every method raises `AnalyticsUnavailable` when the store does not answer."""

    @property
    def policy(self) -> ComplaintPolicy:
        """What the shop gives to make up for trouble."""

    def take_down(self, complaint: Complaint, key: str) -> TakenDown:
        """Keep a complaint, or add to the open one of its conversation and topic; grant what the policy allows.

        The same `key` (1 to 200 characters) again changes nothing and grants nothing.
        """

    def open_of(self, customer_id: str) -> list[KeptComplaint]:
        """Give a customer's complaints that are not resolved, newest first."""

    def open_in(self, conversation_id: str) -> list[KeptComplaint]:
        """Give the complaints of one conversation that are not resolved, newest first; a visitor's too."""

    def all_open(self) -> list[KeptComplaint]:
        """Give everybody's complaints that are not resolved, oldest first; for the shop's people."""

    def resolve(self, complaint_id: str) -> bool:
        """Note that it is settled; False where no open complaint has this id."""
