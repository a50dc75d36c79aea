"""Segments from the command line: found, listed, gone back from; rules added, counted, taken out, removed."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest
from sqlalchemy import update
from typer.testing import CliRunner

from rapport.cli.main import make_app
from rapport.errors import InputError
from rapport.worker.jobs import command_of, update_command
from store.engine import open_database
from store.tables import customer_features
from tests.integration.test_segments import fill
from tests.support.databases import migrated_file

RULE = "name: Regulars\nrule:\n  feature: frequency\n  at_least: 50\n"


@pytest.fixture
def shop(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An installation with 48 customers, a third of whom ordered often."""
    url = f"sqlite:///{tmp_path / 'rapport.db'}"
    monkeypatch.setenv("RAPPORT_HOME", str(tmp_path))
    monkeypatch.setenv("RAPPORT_DATABASE_URL", url)
    database = migrated_file(tmp_path / "rapport.db")
    fill(database, 48)
    database.close()
    (tmp_path / "rule.yml").write_text(RULE, encoding="utf-8")
    return tmp_path


def spend_more(shop: Path) -> None:
    database = open_database(f"sqlite:///{shop / 'rapport.db'}")
    with database.write() as connection:
        connection.execute(update(customer_features).values(monetary=customer_features.c.monetary * 1.01))
    database.close()


def run(*arguments: str) -> str:
    result = CliRunner().invoke(make_app(), ["segments", *arguments])
    if result.exception is not None:
        raise result.exception
    return result.stdout


def test_segments_are_found_listed_and_gone_back_from(shop: Path) -> None:
    assert "There are no segments yet" in run("--list")
    assert "48 customers in 2 segments" in run()
    with pytest.raises(InputError, match="no earlier segments to go back to"):
        run("--rollback")
    first = json.loads(run("--list", "--json"))["versions"][0]
    assert (first["kind"], first["active"], first["customers"]) == ("rebuild", True, 48)
    spend_more(shop)
    assert json.loads(run("--when-due", "--json"))["kind"] == "update"
    spend_more(shop)
    run()
    assert json.loads(run("--rollback", first["version"], "--json"))["kind"] == "rollback"


def test_figures_are_told_as_customers_are_in_segments_now(shop: Path) -> None:
    assert "There are no segments yet" in run("figures")
    run()
    lines = run("figures").splitlines()
    assert lines[0].split()[:3] == ["segment", "customers", "share"]
    found = json.loads(run("figures", "--json"))
    first, second, everybody = found["segments"]
    assert (found["engine"], found["names"][2]) == ("duckdb", "everybody")
    assert first["customers"] + second["customers"] == everybody["customers"] == 48
    assert first["revenue"] + second["revenue"] == pytest.approx(everybody["revenue"], abs=0.001)
    assert len(lines) == 1 + 3 + 1


def test_an_engine_that_cannot_is_told_in_one_line(shop: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(InputError, match="no engine 'sparkle'; there are duckdb, postgresql, spark"):
        run("--engine", "sparkle")
    with pytest.raises(InputError, match="segments are found by duckdb or spark"):
        run("--engine", "postgresql")
    with pytest.raises(InputError, match="needs the shop in PostgreSQL"):
        run("figures", "--engine", "postgresql")
    with pytest.raises(InputError, match="--engine spark goes with finding segments and with `figures` only"):
        run("--update", "--engine", "spark")
    with pytest.raises(InputError, match="for very many customers, and 48 have features"):
        run("--engine", "spark")
    monkeypatch.setitem(sys.modules, "pyspark.sql", None)
    with pytest.raises(InputError, match=r"Spark is not installed: pip install 'rapport\[spark\]'"):
        run("figures", "--engine", "spark")


def test_rules_are_added_counted_listed_and_removed(shop: Path) -> None:
    assert run("rules") == "There are no hand-made segments yet.\n"
    assert run("rules", "add", str(shop / "rule.yml")) == "Added Regulars (16): ordered at least 50 times\n"
    assert run("rules", "list") == "Regulars (16): ordered at least 50 times\n"
    assert json.loads(run("rules", "count", "Regulars", "--json")) == {"name": "Regulars", "customers": 16}
    assert run("rules", "remove", "Regulars") == "Removed Regulars\n"
    with pytest.raises(InputError, match="no hand-made segment 'Regulars'"):
        run("rules", "remove", "Regulars")


def test_rules_of_found_segments_are_taken_out_edited_and_added(shop: Path) -> None:
    file = shop / "found.yml"
    with pytest.raises(InputError, match="run `rapport segments`"):
        run("rules", "export", str(file))
    run()
    assert "2 rules in" in run("rules", "export", str(file))
    file.write_text(file.read_text().replace("name: ", "name: My "), encoding="utf-8")
    added = json.loads(run("rules", "add", str(file), "--json"))["segments"]
    assert sum(one["customers"] for one in added) >= 46  # exceptions of a customer or two are not told
    assert all(one["name"].startswith("My ") for one in added)


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["rules", "add"], "is not understood: write `rules list`"),
        (["rules", "drop", "x"], "is not understood: write `rules list`"),
        (["find"], "'find' is not understood"),
        (["--list", "--rollback"], "Choose one of"),
        (["rules", "add", "none.yml"], "none.yml: cannot be read"),
    ],
)
def test_what_is_not_understood_is_told_in_one_line(shop: Path, words: list[str], told: str) -> None:
    with pytest.raises(InputError) as fault:
        run(*words)
    assert told in str(fault.value)


def test_a_faulty_rule_changes_nothing(shop: Path) -> None:
    (shop / "rule.yml").write_text(RULE + "---\n", encoding="utf-8")
    (shop / "bad.yml").write_text("segments:\n- {name: A, rule: {segment: 1}}\n- {name: B, rule: {segment: b}}\n")
    with pytest.raises(InputError, match=r"segments\[2\]\.rule\.segment: write the number of a segment"):
        run("rules", "add", str(shop / "bad.yml"))
    assert run("rules") == "There are no hand-made segments yet.\n"


def test_the_worker_finds_segments_anew_only_when_due_and_moves_them_hourly() -> None:
    assert command_of("segments")[-3:] == ("segments", "--when-due", "--json")
    assert command_of("features")[-2:] == ("features", "--json")
    assert update_command()[-3:] == ("segments", "--update", "--json")
