"""The segment job: one transaction, the same again for the same seed, sensible for few customers."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import numpy as np
import pytest
from sqlalchemy import insert, select

from analytics.artifacts.registry import ArtifactRegistry
from analytics.columns import RFM
from analytics.jobs.build_segments import SegmentsReport, build_segments
from analytics.segmentation.model import ARTIFACT, from_arrays
from store.engine import Database
from store.memory import memory_database
from store.repositories.profiles import segment_members, segments_of_version
from store.tables import customer_features, customers, segments

NOW = datetime(2026, 5, 3, 12, tzinfo=UTC)


def fill(database: Database, count: int, seed: int = 1) -> Database:
    """Add customers of three kinds: often and much, now and then, long gone."""
    draw = np.random.default_rng(seed)
    kinds = [(2, 100, 40), (10, 30, 25), (120, 4, 15)]
    rows = []
    for number in range(count):
        recency, frequency, basket = (value * draw.uniform(0.7, 1.3) for value in kinds[number % 3])
        orders = max(1, round(frequency))
        behaviour = {"basket_value": basket, "days_between_orders": 365 / frequency, "discount_share": 0.1}
        rows.append(
            {"customer_id": f"c{number}", "recency_days": recency, "frequency": orders, "monetary": orders * basket,
             "behaviour": behaviour, "computed_at": NOW}
        )  # fmt: skip
    with database.write() as connection:
        connection.execute(insert(customers), [{"customer_id": row["customer_id"], "traits": {}} for row in rows])
        connection.execute(insert(customer_features), rows)
    return database


def built(database: Database, folder: Path, seed: int = 0, now: datetime = NOW) -> SegmentsReport:
    return build_segments(database, folder, now, lambda _step, _share: None, seed)


def test_three_kinds_of_customers_become_three_segments(database: Database, tmp_path: Path) -> None:
    report = built(fill(database, 150), tmp_path)
    assert [segment.size for segment in report.segments] == [50, 50, 50]
    assert report.chosen is not None
    assert report.chosen.stability == pytest.approx(1.0)
    assert report.rule_fidelity == 1.0
    with database.read() as connection:
        members = segment_members(connection)
        stored = segments_of_version(connection, str(report.model_version))
    assert [members[f"c{number}"] for number in range(3)] == [1, 2, 3]  # ids follow the money
    assert [(row.name, row.portrait, row.size) for row in stored] == [
        (segment.name, segment.portrait, segment.size) for segment in report.segments
    ]
    assert len({row.name for row in stored}) == 3


def test_the_saved_model_assigns_one_customer_as_the_job_did(tmp_path: Path) -> None:
    database = fill(memory_database(), 45)
    built(database, tmp_path)
    model = from_arrays(ArtifactRegistry(database, tmp_path).load(ARTIFACT).arrays())
    with database.read() as connection:
        rows = connection.execute(select(customer_features)).all()
    for row in rows:
        figures = {name: getattr(row, name) for name in RFM} | row.behaviour
        distances = model.distances(figures)
        assert model.assign(figures) == row.segment_id == model.ids[distances.index(min(distances))]


def test_the_same_seed_gives_the_same_segments(tmp_path: Path) -> None:
    first, second = (built(fill(memory_database(), 60), tmp_path / str(run)) for run in range(2))
    assert [one.portrait for one in first.segments] == [one.portrait for one in second.segments]
    assert first.candidates == second.candidates != ()


def test_building_again_replaces_segments_and_memberships_together(database: Database, tmp_path: Path) -> None:
    fill(database, 40)
    built(database, tmp_path)
    report = built(database, tmp_path, now=NOW + timedelta(hours=1))
    with database.read() as connection:
        versions = set(connection.execute(select(segments.c.model_version)).scalars())
        of_members = set(connection.execute(select(customer_features.c.model_version)).scalars())
    assert versions == of_members == {report.model_version}
    assert ArtifactRegistry(database, tmp_path).active_version(ARTIFACT) == report.model_version


@pytest.mark.parametrize(("count", "expected"), [(1, 1), (19, 1), (20, 2), (49, 2)])
def test_few_customers_get_few_segments(tmp_path: Path, count: int, expected: int) -> None:
    report = built(fill(memory_database(), count), tmp_path)
    assert len(report.segments) == expected
    assert sum(segment.size for segment in report.segments) == count
    assert report.candidates == ()


def test_customers_who_are_all_alike_are_one_segment(tmp_path: Path) -> None:
    database = memory_database()
    same = {"recency_days": 3.0, "frequency": 2, "monetary": 10.0, "behaviour": {}, "computed_at": NOW}
    with database.write() as connection:
        connection.execute(insert(customers), [{"customer_id": f"c{n}", "traits": {}} for n in range(80)])
        connection.execute(insert(customer_features), [{"customer_id": f"c{n}", **same} for n in range(80)])
    assert [segment.size for segment in built(database, tmp_path).segments] == [80]


def test_a_shop_without_customers_has_no_segments(tmp_path: Path) -> None:
    report = built(memory_database(), tmp_path)
    assert (report.model_version, report.segments) == (None, ())
    assert report.lines() == ["0 customers in 0 segments in 0.0 s"]
