"""`rapport requests`: what customers have asked of the shop's people, and what they have complained about."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Annotated, Any

import typer

from rapport.cli.console import Json, out, print_json
from rapport.errors import RapportError
from rapport.settings_loading import load_settings

if TYPE_CHECKING:
    from analytics.account_service import AccountService
    from analytics.complaint_service import ComplaintService

Settle = Annotated[
    str | None,
    typer.Option(
        "--settle", metavar="ID", help="Note that this request or complaint is dealt with.", show_default=False
    ),
]


class UnknownRequestError(RapportError):
    """No open request or complaint has the id given."""

    exit_code = 2


def add_to(app: typer.Typer) -> None:
    """Add the commands of this module."""
    app.command("requests")(requests)


def requests(settle: Settle = None, json: Json = False) -> None:
    """Show open requests and complaints.

    What is due first comes first: accounts to make or close, data to send or delete, new addresses to confirm; then
    complaints with the credit granted.
    """
    from analytics.accounts.service import SqlAccountService
    from analytics.complaints.service import SqlComplaintService
    from analytics.shop.loader import load_shop
    from rapport.databases import open_ready

    settings = load_settings()
    shop = load_shop(settings.shop)
    database = open_ready(settings)
    try:
        accounts = SqlAccountService(database, shop.account_policy, clock=_now)
        complaints = SqlComplaintService(database, shop.complaint_policy, clock=_now)
        if settle is not None and not (accounts.settle(settle) or complaints.resolve(settle)):
            raise UnknownRequestError(f"No open request or complaint has the id {settle!r}: see `rapport requests`.")
        found = _found(accounts, complaints)
    finally:
        database.close()
    if json:
        print_json({"settled": settle, **found})
    else:
        out().print(
            "\n".join(_lines(found, settle, shop.facts.currency)), soft_wrap=True, markup=False, highlight=False
        )


def _now() -> datetime:
    return datetime.now(UTC)


def _found(accounts: AccountService, complaints: ComplaintService) -> dict[str, list[dict[str, Any]]]:
    return {
        "requests": [
            {
                "id": filed.request_id,
                "kind": filed.kind,
                "customer_id": filed.customer_id,
                "email": filed.email,
                "asked_at": filed.asked_at.isoformat(),
                "due_at": filed.due_at.isoformat(),
            }
            for filed in accounts.all_open()
        ],
        "complaints": [
            {
                "id": kept.complaint_id,
                "topic": kept.topic,
                "severity": kept.severity,
                "wish": kept.wish,
                "note": kept.note,
                "times": kept.times,
                "goodwill": kept.goodwill,
                "customer_id": kept.customer_id,
                "conversation_id": kept.conversation_id,
                "made_at": kept.made_at.isoformat(),
            }
            for kept in complaints.all_open()
        ],
    }


def _lines(found: dict[str, list[dict[str, Any]]], settled: str | None, currency: str) -> list[str]:
    lines = [] if settled is None else [f"Settled {settled}."]
    for one in found["requests"]:
        whose = f"customer {one['customer_id']}" if one["customer_id"] else "a visitor"
        email = f", {one['email']}" if one["email"] else ""
        lines.append(f"{one['id']}  due {one['due_at'][:10]}  {one['kind']}: {whose}{email}")
    for one in found["complaints"]:
        whose = f"customer {one['customer_id']}" if one["customer_id"] else "a visitor"
        more = [f"wants: {one['wish']}" if one["wish"] else "", one["note"]]
        more.append(f"credit of {currency}{one['goodwill']:.2f}" if one["goodwill"] else "")
        told = "; ".join(part for part in more if part)
        lines.append(
            f"{one['id']}  since {one['made_at'][:10]}  complaint ({one['topic']}, {one['severity']}): {whose}"
            + (f"; {told}" if told else "")
        )
    return lines or ["Nothing is open."]
