"""`rapport migrate` and `rapport admin-token`: what concerns the database itself."""

from __future__ import annotations

from datetime import UTC, datetime

import typer

from rapport.cli.console import Json, out, print_json
from rapport.settings_loading import load_settings


def add_to(app: typer.Typer) -> None:
    """Add the commands of this module."""
    app.command("migrate")(migrate)
    app.command("admin-token")(admin_token)


def migrate(json: Json = False) -> None:
    """Bring the database's tables up to date.

    Makes them in an empty database; does nothing when they are at this program's revision.
    """
    from rapport.databases import open_any, shown_address
    from store.migrate import current, upgrade

    settings = load_settings()
    database = open_any(settings)
    before = current(database)
    after = upgrade(database)
    database.close()
    if json:
        print_json({"database": shown_address(settings), "before": before, "after": after})
    elif before == after:
        out().print(f"{shown_address(settings)} is at revision {after}; nothing to do.")
    else:
        out().print(f"{shown_address(settings)}: from {before or 'no tables'} to revision {after}.")


def admin_token(json: Json = False) -> None:
    """Make a one-time link for the first admin.

    It opens the console's page on which she chooses her password, once, within 24 hours. Earlier unused links end.
    """
    from console.auth.setup import create_setup_token
    from rapport.databases import open_ready

    settings = load_settings()
    database = open_ready(settings)
    with database.write() as connection:
        token = create_setup_token(connection, datetime.now(UTC))
    database.close()
    link = f"{settings.public_address}/console/setup?token={token}"
    if json:
        print_json({"link": link})
    else:
        out().print(link)
