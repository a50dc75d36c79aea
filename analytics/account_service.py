"""The port through which accounts, consents and data requests are served: our SQL implementation, or a shop's own."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Protocol

from analytics.account_records import (
    AccountDetails,
    AccountPolicy,
    Changed,
    Consent,
    DetailName,
    Filed,
    Filing,
    FilingKind,
    Purpose,
)


class AccountService(Protocol):
    """What can be done about an account. Every method raises `AnalyticsUnavailable` when the store does not answer."""

    @property
    def policy(self) -> AccountPolicy:
        """How the shop deals with accounts and data."""

    def details(self, customer_id: str) -> AccountDetails | None:
        """Give a customer's own details; None for an unknown id."""

    def change(self, customer_id: str, detail: DetailName, value: str, *, key: str, conversation_id: str) -> Changed:
        """Change one detail. The same `key` (1 to 200 characters) again changes nothing."""

    def consents(self, customer_id: str) -> dict[Purpose, Consent]:
        """Give what she agrees to now, every purpose; pauses that are over count no more."""

    def decide(
        self, customer_id: str, choices: Mapping[Purpose, bool], key: str, *, until: datetime | None = None
    ) -> None:
        """Write down what she agrees to from now on, or `until` a moment. The same `key` again changes nothing."""

    def file(self, filing: Filing, key: str) -> Filed | None:
        """Write a request down for the shop; one that is open already is given again instead of a second.

        None where the conversation has made as many as anybody honestly would.
        """

    def requests(self, customer_id: str) -> list[Filed]:
        """Give her requests that are still open, oldest first."""

    def withdraw(self, customer_id: str, kind: FilingKind) -> Filed | None:
        """Take an open request back; None where there is none."""

    def all_open(self) -> list[Filed]:
        """Give every open request of everybody, the one due first before the others; for the shop's people."""

    def settle(self, request_id: str) -> bool:
        """Note that the shop has done it; False where no open request has this id."""
