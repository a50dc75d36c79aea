"""The command line and its page name the same commands with the same options, and every one of them explains itself."""

from __future__ import annotations

import re
import subprocess
import sys

import pytest
import typer

from rapport.cli.main import make_app
from rapport.paths import PROJECT

PAGE = (PROJECT / "docs/reference/cli.md").read_text()
ROWS = {name: set(re.findall(r"`(--[a-z-]+)`", options)) for name, options in
        re.findall(r"^\| `rapport ([a-z -]+)` \| ([^|]*) \|", PAGE, flags=re.MULTILINE)}  # fmt: skip
TOP = typer.main.get_command(make_app()).commands  # type: ignore[attr-defined]
#: A group's commands are named with it: "nlu try".
COMMANDS = {
    " ".join(part for part in (name, inner) if part): command
    for name, top in TOP.items()
    for inner, command in getattr(top, "commands", {"": top}).items()
}


def test_every_command_is_on_the_page_and_every_row_is_a_command() -> None:
    assert sorted(ROWS) == sorted(COMMANDS)


@pytest.mark.parametrize("name", sorted(COMMANDS))
def test_the_page_names_the_options_of_the_command(name: str) -> None:
    options = {option for parameter in COMMANDS[name].params for option in parameter.opts if option.startswith("--")}
    assert ROWS[name] == options - {"--help"}


@pytest.mark.parametrize("name", sorted(COMMANDS))
def test_a_command_explains_itself_in_a_first_sentence_that_is_not_cut_off(name: str) -> None:
    assert COMMANDS[name].help
    assert not COMMANDS[name].get_short_help_str().endswith("...")


def test_help_is_there_without_a_command_and_quickly_said() -> None:
    command = [sys.executable, "-m", "rapport"]
    shown = subprocess.run(command, cwd=PROJECT, capture_output=True, text=True, timeout=20, check=False)
    assert shown.returncode == 0
    assert all(f"\n  {name}" in shown.stdout for name in TOP)
    assert shown.stderr == ""
