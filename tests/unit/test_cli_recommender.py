"""The recommender from the command line: which engine factorises, and when Spark is suggested."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner

from analytics.recommendation.engines import MANY_LINES, factors_by, suggestion
from analytics.recommendation.ranking.factors import fit_factors
from rapport.cli.main import make_app
from rapport.errors import InputError
from tests.support.databases import migrated_file


@pytest.fixture
def shop(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """An installation without orders."""
    monkeypatch.setenv("RAPPORT_HOME", str(tmp_path))
    monkeypatch.setenv("RAPPORT_DATABASE_URL", f"sqlite:///{tmp_path / 'rapport.db'}")
    migrated_file(tmp_path / "rapport.db").close()


def run(*arguments: str) -> None:
    result = CliRunner().invoke(make_app(), ["recommender", *arguments])
    if result.exception is not None:
        raise result.exception


@pytest.mark.usefixtures("shop")
def test_an_engine_that_cannot_is_told_in_one_line(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(InputError, match="no engine 'duckdb' for the recommender; there are process, spark"):
        run("--engine", "duckdb")
    with pytest.raises(InputError, match="With --export nothing is learned: leave --engine out"):
        run("--engine", "spark", "--export", "kept.json")
    with pytest.raises(InputError, match="No orders of products with a price"):
        run("--engine", "process")
    monkeypatch.setitem(sys.modules, "pyspark.sql", None)
    with pytest.raises(InputError, match=r"Spark is not installed: pip install 'rapport\[spark\]'"):
        run("--engine", "spark")


def test_in_this_process_the_products_are_factorised_as_ever() -> None:
    with factors_by("process") as factors:
        assert factors is fit_factors


def test_spark_is_suggested_above_ten_million_lines_to_who_does_not_use_it() -> None:
    assert MANY_LINES == 10_000_000
    assert suggestion("process", MANY_LINES) is None
    assert suggestion("spark", MANY_LINES + 1) is None
    assert "`rapport recommender --engine spark`" in (suggestion("process", MANY_LINES + 1) or "")
