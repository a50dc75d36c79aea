"""`rapport customers`: who is whom. Merges are shown, made and taken back."""

from __future__ import annotations

import getpass
from collections.abc import Callable
from dataclasses import asdict
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Annotated, TypeVar

import typer

from rapport.cli import personal
from rapport.cli.console import Json, out, print_json
from rapport.errors import InputError
from rapport.settings_loading import load_settings

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from store.repositories.merges import MergeRow

Kept = Annotated[str, typer.Argument(help="The customer who stays.", show_default=False)]
Merged = Annotated[str, typer.Argument(help="The customer whose rows become hers.", show_default=False)]
MergeId = Annotated[int, typer.Argument(help="The number of the merge or proposal.", show_default=False)]
KeepChanges = Annotated[
    bool, typer.Option("--keep-changes", help="Leave rows alone that were changed since, take back the others.")
]
By = Annotated[
    str,
    typer.Option("--by", metavar="NAME", help="Who decides this; the account's name unless given.", show_default=False),
]

T = TypeVar("T")


def add_to(app: typer.Typer) -> None:
    """Add the commands of this module."""
    group = typer.Typer(
        help="Make two customers one, and take it back; give a customer her data, and erase her.", no_args_is_help=True
    )
    group.command("merges")(merges)
    group.command("merge")(merge)
    group.command("unmerge")(unmerge)
    group.command("refuse")(refuse)
    personal.add_to(group)
    app.add_typer(group, name="customers")


def merges(json: Json = False) -> None:
    """Show proposed merges and those made.

    Each with its number, the verified key both customers have, when it was made and by whom.
    """
    from store.repositories.merges import merge_rows

    rows = _run(merge_rows)
    if json:
        print_json({"merges": [asdict(row) for row in rows]})
    else:
        lines = [_line(row) for row in rows] or ["Nobody was merged, and nobody is proposed."]
        out().print("\n".join(lines), soft_wrap=True, markup=False, highlight=False)


def merge(kept: Kept, merged: Merged, by: By = "", json: Json = False) -> None:
    """Make two customers one; it can be taken back."""
    from analytics.customers.identity.merging import merge as merge_customers

    number = _run(lambda connection: merge_customers(connection, kept, merged, by=by or _me(), at=_now()))
    _say(
        json, number, f"{merged} is {kept} now: merge {number}. Features and predictions follow with the next refresh."
    )


def unmerge(merge_id: MergeId, keep_changes: KeepChanges = False, by: By = "", json: Json = False) -> None:
    """Take a merge back, to the last row."""
    from analytics.customers.identity.undoing import unmerge as separate

    _run(lambda connection: separate(connection, merge_id, by=by or _me(), at=_now(), keep_changes=keep_changes))
    _say(json, merge_id, f"The merge {merge_id} is taken back.")


def refuse(merge_id: MergeId, by: By = "", json: Json = False) -> None:
    """Refuse a proposed merge, for good."""
    from store.repositories.merges import merge_row, settle_merge

    def settle(connection: Connection) -> None:
        row = merge_row(connection, merge_id)
        if row is None or row.state != "proposed":
            raise InputError(f"There is no proposal {merge_id}: see `rapport customers merges`.")
        settle_merge(connection, merge_id, "refused", by or _me(), _now())

    _run(settle)
    _say(json, merge_id, f"The proposal {merge_id} is refused.")


def _run(work: Callable[[Connection], T]) -> T:
    from analytics.customers.identity.merging import MergeError
    from rapport.databases import open_ready

    database = open_ready(load_settings())
    try:
        with database.write() as connection:
            return work(connection)
    except MergeError as error:
        raise InputError(str(error)) from error
    finally:
        database.close()


def _say(json: bool, merge_id: int, line: str) -> None:
    if json:
        print_json({"merge_id": merge_id})
    else:
        out().print(line, soft_wrap=True, markup=False, highlight=False)


def _line(row: MergeRow) -> str:
    key = f" by {row.key_name} {row.key_value}" if row.key_name else ""
    undone = f", {row.state} {row.undone_at:%Y-%m-%d} by {row.undone_by}" if row.undone_at else f", {row.state}"
    return f"{row.merge_id}  {row.merged_id} → {row.kept_id}{key}, {row.at:%Y-%m-%d %H:%M} by {row.by}{undone}"


def _me() -> str:
    """Give the account's name; a container may have none."""
    try:
        return getpass.getuser()
    except (KeyError, OSError):
        return "command line"


def _now() -> datetime:
    return datetime.now(UTC)
