"""A year of a wholesaler's till, imported as it is: the figures that are known of it, exactly."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest

from analytics.importing.mapping import load_mapping
from analytics.importing.report import ImportReport
from analytics.jobs.import_shop import import_shop
from analytics.quality.reading import quality_of
from analytics.shop.loader import load_shop
from rapport.paths import PROJECT
from store.engine import Database
from store.memory import memory_database
from tests.support.order_store import stored
from tests.support.public_data import FOLDER, needs

pytestmark = pytest.mark.integration

SHOP = PROJECT / "rapport/shops/online_retail"
NOW = datetime(2012, 1, 1, tzinfo=UTC)


@pytest.fixture(scope="module")
def shop() -> Iterator[tuple[Database, ImportReport]]:
    if not (FOLDER / "online_retail").is_dir():
        pytest.skip("data absent: online_retail is not beside the project")
    made = memory_database()
    yield made, import_shop(made, SHOP / "mapping.yml", lambda *_: None, NOW)
    made.close()


def test_its_files_are_good() -> None:
    assert load_mapping(SHOP / "mapping.yml").shop == "online_retail"
    assert load_shop(SHOP / "shop.yml").timezone == "Europe/London"


@needs("online_retail")
def test_the_clean_part_is_the_known_one_and_all_rows_are_accounted_for(shop: tuple[Database, ImportReport]) -> None:
    _, report = shop
    totals, rejected = report.totals, report.tables["order_lines"].rejected
    assert totals["lines_read"] == 541_909 == report.tables["order_lines"].read
    # 40 lines of known customers cost nothing; without them the gross part is the 397,884 lines known of this set.
    assert totals["lines_before"] - rejected["free line"] == 397_884
    assert totals["money_before"] == 8_911_407.90
    assert totals["customers_after"] == 4_338
    assert totals["orders_after"] == 18_532
    assert totals["lines_after"] == 397_884 - rejected["undone by a return"]


@needs("online_retail")
def test_the_net_part_is_the_gross_one_without_matched_returns(shop: tuple[Database, ImportReport]) -> None:
    database, report = shop
    totals = report.totals
    assert totals["money_after"] == round(8_911_407.90 - totals["returned"], 2)
    # Cancellations of known customers: 8,905 lines, worth 611,342.09; what was paid for them differs a little.
    matched = report.tables["order_lines"].rejected["return of a purchase"]
    assert matched + report.tables["order_lines"].rejected["return without a purchase"] == 8_905
    assert matched / 8_905 > 0.84
    assert totals["returned"] + totals["returned_without_purchase"] == pytest.approx(611_342.09, rel=0.01)
    kept = sum(row[0] for row in stored(database, "orders", "total"))
    assert kept == pytest.approx(totals["money_after"], abs=0.01 * 18_532 / 2)
    given_back = sum(row[0] for row in stored(database, "returns", "amount"))
    assert given_back == pytest.approx(totals["returned"] + totals["returned_without_purchase"], abs=1)


@needs("online_retail")
def test_the_report_tells_the_closed_christmas_and_the_lines_of_nobody(shop: tuple[Database, ImportReport]) -> None:
    database, _ = shop
    with database.read() as connection:
        report = quality_of(connection, NOW)
    assert (str(report.gaps[0].first), report.gaps[0].days) == ("2010-12-24", 11)
    nobody = next(one for one in report.findings if (one.table, one.check) == ("order_lines", "no_customer"))
    assert (nobody.found, nobody.of) == (135_080, 541_909)
    assert report.runs[0].rejected["order_lines"]["undone by a return"] > 2_000
