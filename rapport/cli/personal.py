"""`rapport customers copy` and `rapport customers erase`: a customer's right to her data, and to be forgotten."""

from __future__ import annotations

from datetime import UTC, datetime
from json import dumps
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from rapport.cli.console import Json, out, print_json
from rapport.errors import InputError
from rapport.settings_loading import load_settings

if TYPE_CHECKING:
    from rapport.settings import Settings
    from store.engine import Database

Whose = Annotated[str, typer.Argument(metavar="CUSTOMER", help="The customer's id.", show_default=False)]
Out = Annotated[
    Path | None,
    typer.Option("--out", metavar="FILE", help="Where to write it; standard output unless given.", show_default=False),
]
Yes = Annotated[bool, typer.Option("--yes", help="Really do it; without it you are only told what would go.")]


def add_to(group: typer.Typer) -> None:
    """Add the commands of this module."""
    group.command("copy")(copy)
    group.command("erase")(erase)


def copy(customer: Whose, out_file: Out = None) -> None:
    """Write down all that is held on a customer.

    As JSON, to be sent to her: all rows about her of every table, and what is made of them (profile, segment,
    predictions). Without secrets.
    """
    from analytics.facade import open_analytics
    from store.repositories.personal_data import copy_of

    settings, database = _opened()
    try:
        with database.read() as connection:
            held = copy_of(connection, customer)
        if "customers" not in held:
            raise InputError(f"No customer has the id {customer!r}.")
        profile = open_analytics(database, settings.artifacts, settings.shop).profile(customer)
    finally:
        database.close()
    whole = {"customer_id": customer, "made_at": datetime.now(UTC), "profile": _plain(profile), "held": held}
    text = dumps(whole, indent=2, default=_spoken, ensure_ascii=False)
    if out_file is None:
        typer.echo(text)
        return
    try:
        out_file.write_text(text + "\n", encoding="utf-8")
    except OSError as error:
        raise InputError(f"{out_file} cannot be written ({error.strerror}); choose another file.") from error
    out().print(f"Written: {out_file}", markup=False, highlight=False)


def erase(customer: Whose, yes: Yes = False, json: Json = False) -> None:
    """Erase a customer, but for receipts.

    Orders stay under her number, without her name, address or words. Take her out of the shop's own system too, or the
    next import brings her name back. Rasa's own log of her conversations is erased with them, and the kept reports are
    rewritten where they name her number.
    """
    from analytics.reporting.erasing import erase_from_report
    from bot.stores.event_log import EventLog
    from console.report.erasing import erase_from_reports
    from store.repositories.personal_data import conversations_of, copy_of
    from store.repositories.personal_data import erase as erase_rows

    settings, database = _opened()
    try:
        with database.read() as connection:
            held = {name: len(rows) for name, rows in copy_of(connection, customer).items()}
            conversations = conversations_of(connection, customer)
        if "customers" not in held:
            raise InputError(f"No customer has the id {customer!r}.")
        if not yes:
            _tell({"held": held, "erased": None}, json, [*_counts(held), "Nothing is erased: say --yes to do it."])
            return
        with database.write() as connection:
            erased = erase_rows(connection, customer)
        reports = erase_from_report(database, settings.artifacts, customer)
        reports += erase_from_reports(settings.reports, customer)
        if reports:
            erased["kept reports"] = reports
    finally:
        database.close()
    if settings.rasa_database.exists():
        log = EventLog(str(settings.rasa_database))
        erased["rasa events"] = log.forget(conversations)
        log.close()
    _tell({"held": held, "erased": erased}, json, [*_counts(erased), "Erased. Orders are kept as receipts."])


def _opened() -> tuple[Settings, Database]:
    from rapport.databases import open_ready

    settings = load_settings()
    return settings, open_ready(settings)


def _tell(whole: dict[str, Any], json: bool, lines: list[str]) -> None:
    if json:
        print_json(whole)
    else:
        out().print("\n".join(lines), soft_wrap=True, markup=False, highlight=False)


def _counts(counted: dict[str, int]) -> list[str]:
    return [f"{count:>6}  {name}" for name, count in sorted(counted.items())]


def _plain(profile: Any) -> Any:
    from dataclasses import asdict

    return None if profile is None else asdict(profile)


def _spoken(value: Any) -> Any:
    return value.isoformat() if isinstance(value, datetime) else str(value)
