"""A customer's right to her data and to be forgotten: everything of hers and nothing of anybody else's."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import select
from typer.testing import CliRunner

from analytics.artifacts.registry import ArtifactRegistry
from analytics.report_records import Column, Grid, Listing, Section
from analytics.reporting.packing import packed
from analytics.reporting.service import ARTIFACT, SqlInsightService
from bot.stores.event_log import EventLog
from console.report.folder import keep
from console.report.page import ReportAssets, page_of
from rapport.cli.main import make_app
from rapport.errors import InputError
from store.engine import Database
from store.repositories.personal_data import IMPERSONAL, conversations_of, copy_of, erase, holdings
from store.tables import metadata
from tests.support.databases import migrated_file
from tests.support.fake_insights import REPORT
from tests.support.planted import plant

#: A word that stands in everything of hers that could tell who she is.
SECRET = "Zyxmarigold"
#: Columns by which a row may be about somebody without a `customer_id`.
TELLING = {"conversation_id", "turn_id", "order_id", "owner", "subject", "email", "address", "anonymous_id"}


@pytest.fixture
def database(tmp_path: Path) -> Database:
    opened = migrated_file(tmp_path / "rapport.db")
    with opened.write() as connection:
        plant(connection, "ana", SECRET)
        plant(connection, "ben", "Somebody")
    return opened


def dump(database: Database) -> str:
    with database.read() as connection:
        return str([connection.execute(select(table)).all() for table in metadata.sorted_tables])


def test_every_table_is_either_found_by_customer_or_said_to_be_about_nobody() -> None:
    told = {held.table.name for held in holdings("ana")} | IMPERSONAL
    untold = {name for name, table in metadata.tables.items() if name not in told and TELLING & set(table.c.keys())}
    assert untold == set(), (
        "say in store/repositories/personal_data.py how a customer's rows are found, or that none is"
    )


def test_the_copy_holds_everything_of_hers_and_nothing_of_anybody_else(database: Database) -> None:
    with database.read() as connection:
        copied = copy_of(connection, "ana")
    assert copied.keys() >= {
        "customers", "conversations", "messages", "turns", "decisions", "orders", "order_lines", "reviews",
        "chat_ratings", "shopping_items", "profiles", "events", "live_links", "live_profiles", "mentions",
        "account_requests", "visitors",
    }  # fmt: skip
    assert len(copied["shopping_items"]) == 2
    assert "Somebody" not in str(copied)
    assert "token_hash" not in str(copied)


def test_after_an_erasure_nothing_tells_who_she_was_and_the_receipts_stand(database: Database) -> None:
    others = dump(database).count("Somebody")
    with database.write() as connection:
        erased = erase(connection, "ana")
    left = dump(database)
    assert SECRET not in left
    assert left.count("Somebody") == others
    with database.read() as connection:
        copied = copy_of(connection, "ana")
    assert copied.keys() == {"customers", "orders", "order_lines", "account_requests"}
    assert copied["orders"][0]["total"] == 9.0
    assert (erased["messages"], erased["reviews"], erased["chat_ratings"], erased["events"]) == (1, 1, 1, 1)


def test_an_erasure_again_changes_nothing_more(database: Database) -> None:
    with database.write() as connection:
        erase(connection, "ana")
        assert set(erase(connection, "ana")) == {"orders", "account_requests", "customers"}


def run(*arguments: str) -> str:
    result = CliRunner().invoke(make_app(), ["customers", *arguments])
    if result.exception is not None:
        raise result.exception
    return result.stdout


@pytest.fixture
def installation(database: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("RAPPORT_HOME", str(tmp_path))
    monkeypatch.setenv("RAPPORT_DATABASE_URL", f"sqlite:///{tmp_path / 'rapport.db'}")
    log = EventLog(str(tmp_path / "rasa.db"))
    for who in ("ana", "ben"):
        log.append(f"c-{who}", 0, [{"event": "user", "text": SECRET if who == "ana" else who, "timestamp": 1.0}])
    log.close()
    return tmp_path


def test_the_command_writes_a_copy_with_the_profile_in_it(installation: Path) -> None:
    run("copy", "ana", "--out", str(installation / "ana.json"))
    copied = json.loads((installation / "ana.json").read_text())
    assert copied["profile"]["preferences"]["stated"] == {"likes": [SECRET]}
    assert copied["held"]["messages"][0]["text"] == f"I am {SECRET}"


def test_the_command_erases_only_with_a_yes_and_rasas_log_too(installation: Path) -> None:
    assert "Nothing is erased" in run("erase", "ana")
    assert json.loads(run("erase", "ana", "--yes", "--json"))["erased"]["rasa events"] == 1
    log = EventLog(str(installation / "rasa.db"))
    assert log.senders() == ["c-ben"]
    log.close()
    assert SECRET not in (installation / "rasa.db").read_bytes().decode("latin-1")


def test_the_command_takes_her_out_of_kept_reports_and_tells_it(installation: Path, database: Database) -> None:
    listing = Listing(
        name="win_back", title="Whom to win back", about="By number.",
        grid=Grid((Column("Customer", "text"), Column("At risk", "money")), (("ana", 9.0), ("ana-2", 8.0))),
    )  # fmt: skip
    named = replace(REPORT, sections=(*REPORT.sections, Section(name="x", title="X", lead="", parts=(listing,))))
    registry = ArtifactRegistry(database, installation / "artifacts")
    for day in (1, 2):
        registry.save(ARTIFACT, packed(named), now=datetime(2026, 5, day, tzinfo=UTC))
    for week, report in ((1, named), (8, REPORT)):
        keep(
            installation / "reports",
            page_of(report, ReportAssets("", ""), ZoneInfo("UTC")),
            datetime(2026, 5, week, tzinfo=UTC),
        )
    erased = json.loads(run("erase", "ana", "--yes", "--json"))["erased"]
    assert erased["kept reports"] == 2 + 1
    kept = SqlInsightService(database, installation / "artifacts").report()
    assert kept is not None
    assert [row[0] for row in kept.sections[-1].parts[0].grid.rows] == ["ana-2"]  # type: ignore[union-attr]
    files = list((installation / "artifacts" / "report").iterdir())
    assert len(files) == 1
    assert b'"ana"' not in files[0].read_bytes()
    told = [file.read_text() for file in sorted((installation / "reports").iterdir())]
    assert [">ana</th>" in html for html in told] == [False, False]
    assert ">ana-2</th>" in told[0]


def test_an_unknown_customer_is_said(installation: Path) -> None:
    for command in ("copy", "erase"):
        with pytest.raises(InputError, match="'nobody'"):
            run(command, "nobody")


def test_conversations_are_told_for_rasas_log(database: Database) -> None:
    with database.read() as connection:
        assert conversations_of(connection, "ana") == ["c-ana"]
