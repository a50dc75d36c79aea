"""Segments found again: identities last, moves are counted, earlier ones come back in one step."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import update

from analytics.artifacts.registry import ArtifactMissing
from analytics.jobs.refresh_segments import refresh_segments, roll_back_segments, update_segments
from analytics.segmentation.history import MOST, sizes_over_time, with_sizes
from analytics.segmentation.keeping import read_kept, versions
from analytics.segmentation.overview import segments_overview
from store.engine import Database
from store.memory import memory_database
from store.repositories.profiles import segment_members, segments_of_version
from store.repositories.rule_segments import save_rule
from store.tables import customer_features
from tests.integration.test_segments import NOW, built, fill

#: Too few to measure, so that two segments are found at once.
FEW = 48


def quiet(_step: str, _share: float) -> None:
    """Nobody listens."""


def members(database: Database) -> dict[str, int]:
    with database.read() as connection:
        return segment_members(connection)


def change(database: Database, customers: list[str], **values: object) -> None:
    with database.write() as connection:
        for customer in customers:
            query = update(customer_features).where(customer_features.c.customer_id == customer)
            connection.execute(query.values(**values))


def test_a_customer_keeps_the_identity_of_her_segment_when_segments_are_found_again(
    database: Database, tmp_path: Path
) -> None:
    fill(database, FEW)
    built(database, tmp_path)
    before = members(database)
    # The rarest customers now spend most: by money their segment would be number 1.
    rare = [customer for customer, segment in before.items() if segment == 2]
    change(database, rare, monetary=9_999.0)
    built(database, tmp_path, now=NOW + timedelta(days=1))
    assert members(database) == before


def test_a_really_new_segment_gets_an_id_that_was_never_used(database: Database, tmp_path: Path) -> None:
    fill(database, FEW)
    built(database, tmp_path)
    assert read_kept(database, tmp_path).metrics["next_id"] == 3
    # As if another program had put everybody elsewhere: nobody's earlier segment is among those found.
    with database.write() as connection:
        connection.execute(update(customer_features).values(segment_id=None))
    report = built(database, tmp_path, now=NOW + timedelta(days=1))
    assert [segment.segment_id for segment in report.segments] == [3, 4]


def test_going_back_restores_names_and_memberships_and_can_be_undone(database: Database, tmp_path: Path) -> None:
    fill(database, FEW)
    first = built(database, tmp_path)
    before = members(database)
    often = [customer for customer, segment in before.items() if segment == 1]
    change(database, often, recency_days=150.0, frequency=1, monetary=3.0)
    second = built(database, tmp_path, now=NOW + timedelta(days=1))
    assert members(database) != before
    back = roll_back_segments(database, tmp_path, NOW + timedelta(days=2))
    assert back.kind == "rollback"
    assert members(database) == before
    with database.read() as connection:
        names = [row.name for row in segments_of_version(connection, str(back.model_version))]
    assert names == [segment.name for segment in first.segments]
    forth = roll_back_segments(database, tmp_path, NOW + timedelta(days=3), str(second.model_version))
    assert [one.name for one in forth.segments] == [one.name for one in second.segments]
    assert [one.kind for one in versions(database)] == ["rollback", "rebuild", "rebuild"]


def test_there_is_no_going_back_from_the_first_segments(tmp_path: Path) -> None:
    database = fill(memory_database(), FEW)
    built(database, tmp_path)
    with pytest.raises(ArtifactMissing, match="no earlier segments to go back to"):
        roll_back_segments(database, tmp_path, NOW)
    with pytest.raises(ArtifactMissing, match="no earlier segments 'x'; there are: none"):
        roll_back_segments(database, tmp_path, NOW, "x")


def test_an_update_moves_middles_and_keeps_everybodys_identity(tmp_path: Path) -> None:
    database = fill(memory_database(), FEW)
    built(database, tmp_path)
    before = members(database)
    report = update_segments(database, tmp_path, NOW + timedelta(hours=1))
    assert (report.kind, members(database)) == ("update", before)
    assert report.segments[0].segment_id == 1
    # The next update forgets this one: only what was found anew is kept to go back to.
    update_segments(database, tmp_path, NOW + timedelta(hours=2))
    assert [one.kind for one in versions(database)] == ["update", "rebuild"]


def test_segments_are_found_anew_when_customers_have_drifted_or_time_has_passed(tmp_path: Path) -> None:
    database = fill(memory_database(), FEW)
    assert refresh_segments(database, tmp_path, NOW, quiet).kind == "rebuild"
    tomorrow = NOW + timedelta(days=1)
    assert refresh_segments(database, tmp_path, tomorrow, quiet).kind == "update"
    late = NOW + timedelta(days=9)
    assert refresh_segments(database, tmp_path, late, quiet).kind == "rebuild"
    change(database, [f"c{number}" for number in range(30)], recency_days=300.0)
    report = refresh_segments(database, tmp_path, late + timedelta(days=1), quiet)
    assert report.kind == "rebuild"
    assert "recency_days has drifted" in report.notes[-1]
    history = sizes_over_time(read_kept(database, tmp_path).metrics)
    assert [one.at for one in history] == [NOW, tomorrow, late, late + timedelta(days=1)]
    assert all(sum(one.sizes.values()) == FEW for one in history)


def test_of_each_day_the_last_sizes_are_remembered_and_of_long_ago_none() -> None:
    kept: dict[str, Any] = {}
    for hours in (*range(0, 24 * (MOST + 5), 24), 24 * (MOST + 4) + 1):
        kept = with_sizes(kept, [1, 1, 2] if hours % 24 else [2], NOW + timedelta(hours=hours))
    history = sizes_over_time(kept)
    assert len(history) == MOST
    assert history[0].sizes == {2: 1}
    assert (history[-1].at, history[-1].sizes) == (NOW + timedelta(days=MOST + 4, hours=1), {1: 2, 2: 1})


def test_a_window_and_a_hash_of_the_data_are_kept(tmp_path: Path) -> None:
    database = fill(memory_database(), FEW)
    change(database, ["c0"], behaviour={"first_order": "2025-01-03", "last_order": "2026-05-01"})
    built(database, tmp_path)
    first = read_kept(database, tmp_path).metrics
    built(database, tmp_path, now=datetime(2026, 6, 1, tzinfo=UTC))
    again = read_kept(database, tmp_path).metrics
    assert (first["trained_from"], first["trained_to"]) == ("2025-01-03", "2026-05-01")
    assert first["data_hash"] == again["data_hash"]
    change(database, ["c1"], monetary=1.0)
    built(database, tmp_path, now=datetime(2026, 6, 2, tzinfo=UTC))
    assert read_kept(database, tmp_path).metrics["data_hash"] != first["data_hash"]


def test_the_overview_tells_all_that_is_to_be_seen(database: Database, tmp_path: Path) -> None:
    assert segments_overview(database, tmp_path, NOW) is None
    fill(database, 60)
    built(database, tmp_path)
    with database.write() as connection:
        save_rule(connection, "rare", {"feature": "frequency", "at_most": 5}, NOW)
    overview = segments_overview(database, tmp_path, NOW)
    assert overview is not None
    assert [one.segment_id for one in overview.segments] == [1, 2, 3]
    assert sum(one.size for one in overview.segments) == overview.customers == 60
    assert all(0 <= place <= 1 for one in overview.segments for place in one.places.values())
    assert overview.segments[2].rule is not None
    assert overview.drift is not None
    assert (overview.drift.worst, overview.drift.rebuild) == (0.0, False)
    assert overview.map is not None
    assert len(overview.map.points) == 60
    assert overview.dendrogram is not None
    assert sum(overview.dendrogram.leaf_sizes) == 60
    assert len(overview.dendrogram.merges) == len(overview.dendrogram.leaf_sizes) - 1
    assert [one.name for one in overview.rule_segments] == ["rare"]
    assert [one.active for one in overview.versions] == [True]
