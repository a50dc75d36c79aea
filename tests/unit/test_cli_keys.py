"""Write keys from the command line: shown once, listed without themselves, ended."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from rapport.cli.main import make_app
from rapport.errors import InputError
from store.engine import Database
from store.repositories.write_keys import write_keys_by_name
from tests.support.databases import migrated_file


@pytest.fixture
def database(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Database:
    url = f"sqlite:///{tmp_path / 'rapport.db'}"
    monkeypatch.setenv("RAPPORT_HOME", str(tmp_path))
    monkeypatch.setenv("RAPPORT_DATABASE_URL", url)
    return migrated_file(tmp_path / "rapport.db")


def run(*arguments: str) -> str:
    result = CliRunner().invoke(make_app(), ["keys", *arguments])
    if result.exception is not None:
        raise result.exception
    return result.stdout


def test_a_key_is_shown_once_and_only_its_hash_is_kept(database: Database) -> None:
    key = run("add", "shop-server").strip()
    assert key.startswith("sk_")
    with database.read() as connection:
        [row] = write_keys_by_name(connection)
    assert (row.name, row.kind, row.key_hash) == ("shop-server", "server", hashlib.sha256(key.encode()).hexdigest())
    assert key not in run("list")


def test_keys_are_listed_and_ended(database: Database) -> None:
    assert "no write keys yet" in run("list")
    made = json.loads(run("add", "pages", "--page", "--json"))
    assert (made["kind"], made["key"][:3]) == ("page", "pk_")
    assert "is revoked" in run("revoke", "pages")
    [listed] = json.loads(run("list", "--json"))["keys"]
    assert (listed["name"], listed["revoked_at"] is None) == ("pages", False)


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("add", "pages"), "already"),
        (("add", "a\nb"), "letters"),
        (("revoke", "other"), "no valid key"),
    ],
)
def test_a_name_that_cannot_be_used_is_told(database: Database, arguments: tuple[str, ...], told: str) -> None:
    run("add", "pages")
    with pytest.raises(InputError, match=told):
        run(*arguments)
