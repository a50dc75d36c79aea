"""The data-quality report on both databases, before and after an import."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from analytics.quality.reading import quality_of
from analytics.quality_records import CHECKS, QualityReport
from rapport.cli.quality import report_lines
from store.engine import Database
from tests.support.small_shop import NOW, imported, with_line, write_shop

pytestmark = pytest.mark.integration


def report_of(database: Database) -> QualityReport:
    with database.read() as connection:
        return quality_of(connection, NOW)


def test_an_empty_shop_has_an_empty_report(database: Database) -> None:
    report = report_of(database)
    assert (report.runs, report.findings, report.last_order_at, report.days_old) == ((), (), None, None)
    assert report_lines(report) == ["Nothing was imported yet: run `rapport import`."]


def test_the_report_tells_what_is_complete_and_how_fresh_it_is(database: Database, tmp_path: Path) -> None:
    imported(database, write_shop(tmp_path, people_csv=with_line("people.csv", ",NOBODY,7")))
    report = report_of(database)
    have = {one.what: (one.have, one.of) for one in report.completeness}
    assert have["customers with an e-mail address"] == (0, 2)
    assert have["customers whose age is known"] == (1, 2)
    # The gift card and what was never sold have no price.
    assert have["products with a price"] == (3, 5)
    assert report.days_old == timedelta(hours=12) / timedelta(days=1)
    (run,) = report.runs
    assert (run.source, run.read["customers"], run.written["customers"]) == ("Small shop", 3, 2)
    assert run.rejected["customers"] == {"missing customer_id": 1}


def test_every_check_says_what_it_finds_and_what_to_do() -> None:
    assert all(what and advice.endswith((".", ",")) for what, advice in CHECKS.values())
