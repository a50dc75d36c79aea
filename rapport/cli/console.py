"""Writing to the terminal: results to standard output, everything about the work to standard error."""

from __future__ import annotations

import json
from typing import Annotated, Any

import typer
from rich.console import Console

#: `--json`, the same on every command that has it.
Json = Annotated[bool, typer.Option("--json", help="Print one JSON object for programs instead of text for people.")]


def out() -> Console:
    """Give the console for results; where there is no terminal, tables are as wide as they need."""
    console = Console(highlight=False, soft_wrap=True)
    return console if console.is_terminal else Console(highlight=False, soft_wrap=True, width=200)


def err() -> Console:
    """Give the console for progress, hints and errors."""
    return Console(stderr=True, highlight=False, soft_wrap=True)


def print_json(value: Any) -> None:
    """Print one JSON object, uncoloured and unwrapped, for a program to read."""
    typer.echo(json.dumps(value, indent=2, ensure_ascii=False, default=str))
