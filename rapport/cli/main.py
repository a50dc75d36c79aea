"""The command `rapport`: all commands in one application, and one clear line for everything a person can mend."""

from __future__ import annotations

import sys

import typer
from typer.exceptions import Abort, TyperException

from rapport.cli import (
    about,
    bench,
    data,
    database,
    demo,
    doctor,
    keys,
    nlu,
    predictions,
    quality,
    report,
    requests,
    segments,
    serve,
    train,
)
from rapport.errors import RapportError

#: What a shell expects of a program that was ended by Ctrl-C.
_INTERRUPTED = 130


def make_app() -> typer.Typer:
    """Put the commands together, in the order in which a newcomer meets them."""
    app = typer.Typer(
        name="rapport",
        help="A shop's bot that knows each customer. Settings are environment variables RAPPORT_…: see docs/reference.",
        add_completion=False,
        pretty_exceptions_enable=False,
        rich_markup_mode=None,
    )
    app.callback(invoke_without_command=True)(_show_help)
    for group in (
        demo,
        serve,
        doctor,
        data,
        segments,
        quality,
        predictions,
        report,
        train,
        nlu,
        requests,
        keys,
        database,
        bench,
        about,
    ):
        group.add_to(app)
    return app


def _show_help(context: typer.Context) -> None:
    if context.invoked_subcommand is None:
        typer.echo(context.get_help())


def main() -> None:
    """Run the command line. Exit code: 0 went well, 2 wrong command or setting, 1 any other trouble."""
    command = typer.main.get_command(make_app())
    try:
        code = command.main(prog_name="rapport", standalone_mode=False)
    except TyperException as error:
        _leave(_in_one_line(error), error.exit_code)
    except (Abort, KeyboardInterrupt):
        _leave("interrupted", _INTERRUPTED)
    except RapportError as error:
        _leave(str(error), error.exit_code)
    except Exception as error:
        from rapport.mending import as_mendable

        mendable = as_mendable(error)
        if mendable is None:
            raise
        _leave(str(mendable), mendable.exit_code)
    sys.exit(code if isinstance(code, int) else 0)


def _in_one_line(error: TyperException) -> str:
    """Word a wrong command line: what is wrong, and where the help is."""
    context = getattr(error, "ctx", None)
    path = context.command_path if context is not None else "rapport"
    message = " ".join(error.format_message().split()).rstrip(".")
    closing = "" if message.endswith("?") else "."
    return f"{message}{closing} See `{path} --help`."


def _leave(message: str, code: int) -> None:
    """Print each fault on a line of its own and end."""
    for line in message.splitlines():
        sys.stderr.write(f"rapport: {line}\n")
    sys.exit(code)
