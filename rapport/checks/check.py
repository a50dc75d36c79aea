"""One verdict of the doctor's."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Status = Literal["ok", "warn", "fail"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """One thing that was looked at. `remedy` says what to do, for everything that is not "ok"."""

    area: str
    status: Status
    told: str
    remedy: str = ""


def ok(area: str, told: str) -> Check:
    """Say that all is well."""
    return Check(area=area, status="ok", told=told)


def warn(area: str, told: str, remedy: str) -> Check:
    """Say what is not as it should be, though the service runs."""
    return Check(area=area, status="warn", told=told, remedy=remedy)


def fail(area: str, told: str, remedy: str) -> Check:
    """Say what keeps the service from running."""
    return Check(area=area, status="fail", told=told, remedy=remedy)
