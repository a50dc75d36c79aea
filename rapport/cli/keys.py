"""`rapport keys`: the keys with which trackers send events."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Annotated

import typer
from rich.table import Table

from rapport.cli.console import Json, out, print_json
from rapport.settings_loading import load_settings

Name = Annotated[str, typer.Argument(help="What the key is for: the events that come with it bear this name.")]
Page = Annotated[
    bool, typer.Option("--page", help="A key for the shop's pages, where anybody can read it: less is believed.")
]


def add_to(app: typer.Typer) -> None:
    """Add the commands of this module."""
    group = typer.Typer(help="The keys with which trackers send events.", no_args_is_help=True)
    group.command("add")(add)
    group.command("list")(list_keys)
    group.command("revoke")(revoke)
    app.add_typer(group, name="keys")


def add(name: Name, page: Page = False, json: Json = False) -> None:
    """Make a write key and show it, this once.

    Servers keep it secret: their orders and identities are believed. With --page it may stand in the shop's pages.
    """
    from analytics.events.keys import KeyNameError, add_key
    from rapport.databases import open_ready
    from rapport.errors import InputError

    database = open_ready(load_settings())
    try:
        with database.write() as connection:
            key = add_key(connection, name, "page" if page else "server", datetime.now(UTC))
    except KeyNameError as error:
        raise InputError(str(error)) from None
    finally:
        database.close()
    if json:
        print_json({"name": name, "kind": "page" if page else "server", "key": key})
    else:
        out().print(key)


def list_keys(json: Json = False) -> None:
    """List the write keys.

    The keys themselves are not kept: who has lost one makes another.
    """
    from analytics.events.keys import keys_listed
    from rapport.databases import open_ready

    database = open_ready(load_settings())
    with database.read() as connection:
        rows = keys_listed(connection)
    database.close()
    if json:
        listed = [
            {"name": row.name, "kind": row.kind, "created_at": row.created_at, "revoked_at": row.revoked_at}
            for row in rows
        ]
        print_json({"keys": listed})
        return
    table = Table("name", "kind", "made", "revoked", box=None)
    for row in rows:
        ended = "" if row.revoked_at is None else f"{row.revoked_at:%Y-%m-%d %H:%M}"
        table.add_row(row.name, row.kind, f"{row.created_at:%Y-%m-%d %H:%M}", ended)
    out().print(table if rows else "There are no write keys yet: make one with `rapport keys add NAME`.")


def revoke(name: Name, json: Json = False) -> None:
    """End a write key.

    Within five seconds nothing more is taken with it.
    """
    from analytics.events.keys import KeyNameError, revoke_key
    from rapport.databases import open_ready
    from rapport.errors import InputError

    database = open_ready(load_settings())
    try:
        with database.write() as connection:
            revoke_key(connection, name, datetime.now(UTC))
    except KeyNameError as error:
        raise InputError(str(error)) from None
    finally:
        database.close()
    if json:
        print_json({"name": name, "revoked": True})
    else:
        out().print(f"The key {name} is revoked.")
