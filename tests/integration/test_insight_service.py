"""Lists of customers and segments, on both databases."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy import insert

from analytics.insight_records import CustomerQuery
from analytics.jobs.build_report import build_report
from analytics.reporting.service import SqlInsightService
from analytics.shop.loader import load_shop
from store.engine import Database
from store.repositories.artifacts import ArtifactRow, activate_artifact
from store.tables import customer_features, customers, predictions, segments
from tests.support.corner_shop import SHOP_FILE
from tests.support.counted_shop import NOW, counted_shop

PEOPLE = {
    "a1": ("Ana Brandt", 6.0, 48, 1900.0, 1),
    "b2": ("ben_o", 90.0, 2, 20.0, 2),
    "c3": ("Ana%Z", 1.0, 9, 300.0, 1),
}


@pytest.fixture
def insights(database: Database, tmp_path: Path) -> SqlInsightService:
    """Three customers with features in two segments, and one who never ordered."""
    row = ArtifactRow(
        name="segments", version="v1", path="segments/v1.bin", sha256="", metrics={}, active=True, created_at=NOW
    )
    with database.write() as connection:
        names = [(key, name) for key, (name, *_) in PEOPLE.items()]
        connection.execute(
            insert(customers),
            [{"customer_id": key, "name": name, "email": f"{key}@corner.example", "traits": {}}
             for key, name in [*names, ("d4", None)]],
        )  # fmt: skip
        connection.execute(
            insert(customer_features),
            [{"customer_id": key, "recency_days": recency, "frequency": orders, "monetary": spent, "behaviour": {},
              "segment_id": segment, "model_version": "v1", "computed_at": NOW}
             for key, (_, recency, orders, spent, segment) in PEOPLE.items()],
        )  # fmt: skip
        connection.execute(
            insert(segments),
            [{"model_version": version, "segment_id": number, "name": name, "portrait": "", "size": size, "means": {}}
             for version, number, name, size in (("v1", 1, "Regulars", 2), ("v1", 2, "Gone", 1), ("v0", 1, "Old", 3))],
        )  # fmt: skip
        connection.execute(
            insert(predictions),
            [{"customer_id": key, "listed": [], "churn": churn, "value": value, "at_risk": risk, "model_version": "p1",
              "made_at": NOW} for key, churn, value, risk in (("a1", 0.1, 300.0, 33.0), ("b2", 0.9, 5.0, 45.0))],
        )  # fmt: skip
        activate_artifact(connection, row)
    return SqlInsightService(database, tmp_path)


def ids(insights: SqlInsightService, **wanted: object) -> list[str]:
    return [row.customer_id for row in insights.customers(CustomerQuery(**wanted)).rows]  # type: ignore[arg-type]


def test_who_is_not_known_stands_last_whichever_way(insights: SqlInsightService) -> None:
    assert ids(insights) == ["a1", "c3", "b2", "d4"]
    assert ids(insights, descending=False) == ["b2", "c3", "a1", "d4"]
    assert ids(insights, sort="last_order", descending=False) == ["c3", "a1", "b2", "d4"]
    assert ids(insights, sort="name", descending=False)[-1] == "d4"
    assert ids(insights, sort="segment", descending=False) == ["b2", "a1", "c3", "d4"]


def test_predictions_put_customers_into_order(insights: SqlInsightService) -> None:
    assert ids(insights, sort="at_risk") == ["b2", "a1", "c3", "d4"]
    assert ids(insights, sort="churn", descending=False)[:2] == ["a1", "b2"]
    page = insights.customers(CustomerQuery(sort="value"))
    assert page.predicted
    assert [(row.churn, row.value, row.at_risk) for row in page.rows[:2]] == [(0.1, 300.0, 33.0), (0.9, 5.0, 45.0)]


def test_pages_follow_each_other(insights: SqlInsightService) -> None:
    first, second = (insights.customers(CustomerQuery(page=number, size=3)) for number in (0, 1))
    assert [row.customer_id for row in (*first.rows, *second.rows)] == ["a1", "c3", "b2", "d4"]
    assert first.total == second.total == 4
    assert insights.customers(CustomerQuery(page=7, size=3)).rows == ()


@pytest.mark.parametrize(
    ("search", "found"),
    [("ana", ["a1", "c3"]), ("BRANDT", ["a1"]), ("b2", ["b2"]), ("a1@corner", ["a1"]), ("%", ["c3"]), ("_", ["b2"]),
     ("corner", []), ("x' OR 1=1 --", [])],
)  # fmt: skip
def test_a_name_is_found_by_a_part_and_an_id_by_its_beginning(
    insights: SqlInsightService, search: str, found: list[str]
) -> None:
    page = insights.customers(CustomerQuery(search=search))
    assert ([row.customer_id for row in page.rows], page.total) == (found, len(found))


def test_members_of_a_segment(insights: SqlInsightService) -> None:
    page = insights.customers(CustomerQuery(segment_id=1))
    assert [(row.customer_id, row.segment) for row in page.rows] == [("a1", "Regulars"), ("c3", "Regulars")]
    assert page.total == 2


def test_segments_in_use_with_their_shares(insights: SqlInsightService) -> None:
    assert [(one.name, one.share) for one in insights.segments()] == [("Regulars", 2 / 3), ("Gone", 1 / 3)]


def test_nothing_is_there_before_the_jobs_ran(database: Database, tmp_path: Path) -> None:
    insights = SqlInsightService(database, tmp_path)
    assert (insights.report(), insights.segments()) == (None, ())
    found = insights.customers(CustomerQuery())
    assert (found.total, found.predicted) == (0, False)


def test_the_report_is_the_one_made_last(tmp_path: Path) -> None:
    database = counted_shop()
    insights = SqlInsightService(database, tmp_path)
    built = build_report(database, tmp_path, load_shop(SHOP_FILE), NOW, lambda _step, _share: None)
    assert insights.report() == built.report
    assert insights.report() is insights.report(), "it is read from disk once"
    (tmp_path / "report" / f"{built.version}.bin").unlink()
    assert SqlInsightService(database, tmp_path).report() is None
