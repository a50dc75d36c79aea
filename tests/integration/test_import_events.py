"""Events from files: taken in by the rules of the batch endpoint, once."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from analytics.importing.report import ImportReport
from analytics.importing.tracked import bodies
from store.engine import Database
from tests.support.small_shop import empty_database, imported, rows, write_shop

pytestmark = pytest.mark.integration

NOW = datetime(2026, 3, 20, 12, tzinfo=UTC)
CLICKS = """
    id,when,kind,what,who,visitor,sku,price,lines
    e1,2026-03-11 10:00:00,track,Product Viewed,ana,v1,p1,2.00,
    e2,2026-03-11 10:01:00,page,Home,,v1,,,
    e3,2026-03-11 10:02:00,track,Product Viewed,ana,,p1,cheap,
    e4,2026-03-11 10:03:00,track,Made a Wish,ana,,,,
    e5,2026-03-11 10:04:00,track,Order Completed,ana,,,,"[{""product_id"": ""p1"", ""quantity"": 1, ""price"": 2}]"
    e6,soon,track,Product Viewed,ana,,p1,,
    e1,2026-03-11 10:00:00,track,Product Viewed,ana,v1,p1,2.00,
    """
MAPPING = """
    shop: clicks
    sources: {clicks: {file: clicks.csv}}
    tables:
      events:
        from: clicks
        fields:
          message_id: id
          occurred_at: when
          type: kind
          name: what
          customer_id: who
          anonymous_id: visitor
          channel: {constant: web}
          properties:
            {product_id: sku, price: price, products: lines, order_id: {constant: web-1}, total: {constant: "2"}}
    """


@pytest.fixture(params=["sqlite", "postgresql"])
def database(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Database]:
    with empty_database(request.param) as made:
        imported(made, write_shop(tmp_path), NOW)
        yield made


def take(database: Database, folder: Path) -> ImportReport:
    (folder / "clicks.csv").write_text(textwrap.dedent(CLICKS).strip() + "\n", encoding="utf-8")
    (folder / "clicks.yml").write_text(textwrap.dedent(MAPPING), encoding="utf-8")
    return imported(database, folder / "clicks.yml", NOW)


def test_events_are_kept_and_work_and_the_same_again_changes_nothing(database: Database, tmp_path: Path) -> None:
    report = take(database, tmp_path)
    assert report.tables["events"].rejected == {"duplicate of message_id": 1, "occurred_at is not a date": 1}
    refused = next(one for one in report.findings if one.check == "refused_events")
    assert (refused.found, refused.examples[0]["message_id"]) == (1, "e3")
    kept = rows(database, "events", "message_id", "name", "customer_id", "channel", "source")
    assert kept == [
        ("e1", "Product Viewed", "ana", "web", "clicks"),
        # Who this browser's visitor is was told before.
        ("e2", "Home", "ana", "web", "clicks"),
        ("e4", "Made a Wish", "ana", "web", "clicks"),
        ("e5", "Order Completed", "ana", "web", "clicks"),
    ]
    assert ("web-1", "ana", 2.0) in rows(database, "orders", "order_id", "customer_id", "total")
    assert [row[0] for row in rows(database, "live_profiles", "subject")] == ["c:ana"]
    take(database, tmp_path)
    assert rows(database, "events", "message_id", "name", "customer_id", "channel", "source") == kept


def test_batches_are_no_longer_than_a_tracker_may_send() -> None:
    row = {"message_id": "m", "occurred_at": NOW, "name": "Seen", "customer_id": "ana", "properties": '{"text": "x"}'}
    long = {**row, "properties": f'{{"text": "{"x" * 30_000}"}}'}
    assert len(list(bodies([row] * 1_001))) == 3
    assert all(len(body) <= 500 * 1024 for body in bodies([long] * 40))
    assert list(bodies([])) == []
