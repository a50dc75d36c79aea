"""Every command in a console block of a page exists: its make target, its `rapport` command, its options."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest
from typer.testing import CliRunner

from rapport.cli.main import make_app

ROOT = Path(__file__).resolve().parents[2]
PAGES = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted((ROOT / "docs").rglob("*.md"))]
#: Commands of other programs that a page may show; they are not ours to test.
FOREIGN = {"curl", "apt-get", "pip", "uv", "pyenv", "git", "cd", "export", "psql", "createdb"}


def documented() -> list[str]:
    lines = []
    for page in PAGES:
        for block in re.findall(r"```console\n(.*?)```", page.read_text(), flags=re.DOTALL):
            lines += [line.removeprefix("$ ").strip() for line in block.splitlines() if line.strip()]
    return sorted(set(lines))


@pytest.mark.parametrize("line", documented())
def test_a_documented_command_exists(line: str) -> None:
    words = [word for word in shlex.split(line, comments=True) if not re.fullmatch(r"[A-Z_]+=\S*", word)]
    program = Path(words[0]).name
    if program in FOREIGN:
        return
    if program == "make":
        makefile = (ROOT / "Makefile").read_text()
        assert all(re.search(rf"^{target}:", makefile, flags=re.MULTILINE) for target in words[1:])
        return
    assert program == "rapport", f"no test knows the program {program!r}: add it to FOREIGN or write it out"
    commands, options = [w for w in words[1:] if not w.startswith("-")], [w for w in words[1:] if w.startswith("-")]
    # The most words that name a command come first; what follows them are its arguments.
    for depth in (3, 2, 1):
        shown = CliRunner().invoke(make_app(), [*commands[:depth], "--help"], prog_name="rapport")
        if shown.exit_code == 0:
            break
    assert shown.exit_code == 0, shown.output
    assert all(option.split("=")[0] in shown.output for option in options), f"{line}: an option is unknown"
