"""Merges from the command line: shown, made, taken back, refused."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from rapport.cli.main import make_app
from rapport.errors import InputError
from store.repositories.merges import MergeRow, add_merge
from tests.support.databases import migrated_file
from tests.support.merged_people import NOON, add_person


@pytest.fixture
def people(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """An installation with two customers and a proposal to merge them."""
    url = f"sqlite:///{tmp_path / 'rapport.db'}"
    monkeypatch.setenv("RAPPORT_HOME", str(tmp_path))
    monkeypatch.setenv("RAPPORT_DATABASE_URL", url)
    database = migrated_file(tmp_path / "rapport.db")
    with database.write() as connection:
        for number, who in enumerate(("ana", "ben")):
            add_person(connection, who, number, {"orders", "profile"})
        asked = MergeRow(
            merge_id=0, kept_id="ana", merged_id="ben", state="proposed", key_name="email", key_value="a@example.org",
            by="import: crm", at=NOON, undone_by=None, undone_at=None,
        )  # fmt: skip
        add_merge(connection, asked)
    database.close()


def run(*arguments: str) -> str:
    result = CliRunner().invoke(make_app(), ["customers", *arguments])
    if result.exception is not None:
        raise result.exception
    return result.stdout


@pytest.mark.usefixtures("people")
def test_a_merge_is_made_shown_and_taken_back() -> None:
    assert run("merges") == "1  ben → ana by email a@example.org, 2026-05-04 12:00 by import: crm, proposed\n"
    number = json.loads(run("merge", "ana", "ben", "--by", "Eve", "--json"))["merge_id"]
    told = run("merges")
    assert f"{number}  ben → ana, " in told
    assert "by Eve, merged" in told
    assert "proposed" not in told
    assert run("unmerge", str(number), "--by", "Eve") == f"The merge {number} is taken back.\n"
    (row,) = json.loads(run("merges", "--json"))["merges"]
    assert (row["state"], row["undone_by"]) == ("undone", "Eve")


@pytest.mark.usefixtures("people")
def test_a_proposal_is_refused_once() -> None:
    assert run("refuse", "1") == "The proposal 1 is refused.\n"
    with pytest.raises(InputError, match="no proposal 1"):
        run("refuse", "1")


@pytest.mark.usefixtures("people")
def test_what_cannot_be_done_is_told_in_one_line() -> None:
    with pytest.raises(InputError, match="There is no customer eve"):
        run("merge", "ana", "eve")
    with pytest.raises(InputError, match="There is no merge 9"):
        run("unmerge", "9")
