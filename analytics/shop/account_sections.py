"""The sections `account` and `complaint_policy` of a shop file: what they may say, and the policies they make."""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel, ConfigDict, Field, field_validator

from analytics.account_records import PURPOSES, AccountPolicy
from analytics.complaint_records import ComplaintPolicy


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid")


class AccountSection(_Strict):
    """The section `account`."""

    sign_up_url: str = ""
    password_reset_url: str = ""
    messages_url: str = ""
    deletion_days: int = Field(default=30, ge=0)
    export_days: int = Field(default=30, ge=0)
    answer_days: int = Field(default=1, ge=1)
    email_by_link: bool = False
    consents: dict[Literal["newsletter", "order_emails", "order_texts", "chat_offers", "personalisation"], bool] = {}

    @field_validator("sign_up_url", "password_reset_url", "messages_url")
    @classmethod
    def _is_a_link(cls, url: str) -> str:
        """Refuse what a chat window does not show as a link, or what would not survive in one."""
        if url and (not url.startswith(("https://", "http://", "/")) or any(mark in url for mark in " ()<>[]")):
            raise ValueError(f"{url!r} is no link; write https://… or a path that begins with /")
        return url

    def policy(self) -> AccountPolicy:
        """Give the policy; what a customer agrees to is true where the section says nothing."""
        said = self.model_dump(exclude={"consents"})
        return AccountPolicy(**said, consents={purpose: self.consents.get(purpose, True) for purpose in PURPOSES})


class ComplaintSection(_Strict):
    """The section `complaint_policy`."""

    goodwill: dict[Literal["minor", "serious", "severe"], float] = {}
    once_in_days: int = Field(default=90, ge=1)
    recent_order_days: int = Field(default=30, ge=0)
    valid_days: int = Field(default=60, ge=1)
    person_at: int = Field(default=3, ge=1)
    count_days: int = Field(default=30, ge=1)

    @field_validator("goodwill")
    @classmethod
    def _is_no_debt(cls, goodwill: dict[str, float]) -> dict[str, float]:
        if any(amount < 0 for amount in goodwill.values()):
            raise ValueError("a credit cannot be less than nothing")
        return goodwill

    def policy(self) -> ComplaintPolicy:
        """Give the policy."""
        return ComplaintPolicy(**self.model_dump())
