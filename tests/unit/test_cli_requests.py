"""The list of what is open, and settling it, from the command line."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest
from typer.testing import CliRunner

from analytics.account_records import AccountPolicy, Filing
from analytics.accounts.service import SqlAccountService
from analytics.complaint_records import Complaint, ComplaintPolicy
from analytics.complaints.service import SqlComplaintService
from rapport.cli.main import make_app
from rapport.cli.requests import UnknownRequestError
from tests.support.databases import migrated_file


@pytest.fixture
def ids(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> tuple[str, str]:
    """An installation with one request and one complaint; their ids."""
    url = f"sqlite:///{tmp_path / 'rapport.db'}"
    monkeypatch.setenv("RAPPORT_HOME", str(tmp_path))
    monkeypatch.setenv("RAPPORT_DATABASE_URL", url)
    database = migrated_file(tmp_path / "rapport.db")
    accounts = SqlAccountService(database, AccountPolicy(), clock=lambda: datetime.now(UTC))
    complaints = SqlComplaintService(database, ComplaintPolicy(), clock=lambda: datetime.now(UTC))
    filed = accounts.file(Filing(kind="create", email="eve@example.com", conversation_id="c"), "c:1")
    complaint = Complaint(conversation_id="c", customer_id=None, topic="late", severity="minor", wish="refund")
    taken = complaints.take_down(complaint, "c:2")
    database.close()
    assert filed is not None
    return filed.request_id, taken.complaint_id


def run(*arguments: str) -> str:
    result = CliRunner().invoke(make_app(), ["requests", *arguments])
    if result.exception is not None:
        raise result.exception
    return result.stdout


def test_what_is_open_is_listed_for_a_person_and_for_a_program(ids: tuple[str, str]) -> None:
    told = run()
    assert f"{ids[0]}  due " in told
    assert "create: a visitor, eve@example.com" in told
    assert "complaint (late, minor): a visitor; wants: refund" in told
    found = json.loads(run("--json"))
    assert [one["id"] for one in found["requests"]] == [ids[0]]
    assert [one["id"] for one in found["complaints"]] == [ids[1]]


def test_what_is_settled_is_listed_no_more(ids: tuple[str, str]) -> None:
    run("--settle", ids[0])
    assert "Nothing is open." not in run("--settle", ids[1])
    assert run() == "Nothing is open.\n"


def test_an_unknown_id_is_told(ids: tuple[str, str]) -> None:
    with pytest.raises(UnknownRequestError, match="No open request or complaint"):
        run("--settle", "nothing")
