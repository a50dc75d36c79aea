"""The artifact registry: what was saved comes back unchanged, or an error says what to do."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import numpy as np
import pytest

from analytics.artifacts.registry import KEPT_VERSIONS, ArtifactDamaged, ArtifactMissing, ArtifactRegistry
from store.engine import Database
from store.memory import memory_database

NOON = datetime(2026, 5, 3, 12, tzinfo=UTC)


@pytest.fixture
def database() -> Database:
    return memory_database()


@pytest.fixture
def registry(database: Database, tmp_path: Path) -> ArtifactRegistry:
    return ArtifactRegistry(database, tmp_path / "artifacts")


def test_saved_bytes_come_back_with_their_metrics(registry: ArtifactRegistry) -> None:
    version = registry.save("segments", b"centroids", metrics={"silhouette": 0.38}, now=NOON)
    loaded = registry.load("segments")
    assert (loaded.version, loaded.content, loaded.metrics) == (version, b"centroids", {"silhouette": 0.38})
    assert loaded.created_at == NOON


def test_saved_arrays_come_back_with_their_types(registry: ArtifactRegistry) -> None:
    registry.save("recommender", {"ids": np.array(["a", "bc"]), "scores": np.array([[0.5, 1.0]], dtype=np.float32)})
    arrays = registry.load("recommender").arrays()
    assert arrays["ids"].tolist() == ["a", "bc"]
    assert arrays["scores"].dtype == np.float32


def test_the_newest_version_is_in_use_and_an_older_one_still_loads(registry: ArtifactRegistry) -> None:
    first = registry.save("segments", b"old", now=NOON)
    second = registry.save("segments", b"new", now=NOON + timedelta(hours=1))
    assert registry.active_version("segments") == second
    assert registry.load("segments").content == b"new"
    assert registry.load("segments", first).content == b"old"


def test_saving_the_same_bytes_twice_at_one_moment_keeps_one_version(registry: ArtifactRegistry) -> None:
    assert registry.save("segments", b"same", now=NOON) == registry.save("segments", b"same", now=NOON)
    assert registry.load("segments").content == b"same"


def test_a_changed_file_is_refused_with_the_remedy(registry: ArtifactRegistry, tmp_path: Path) -> None:
    version = registry.save("segments", b"centroids", now=NOON)
    (tmp_path / "artifacts" / "segments" / f"{version}.bin").write_bytes(b"centroidz")
    with pytest.raises(ArtifactDamaged, match="rapport segments"):
        registry.load("segments")


def test_a_missing_file_and_an_unbuilt_artifact_are_refused_with_the_remedy(
    registry: ArtifactRegistry, tmp_path: Path
) -> None:
    with pytest.raises(ArtifactMissing, match="rapport segments"):
        registry.load("segments")
    version = registry.save("segments", b"centroids", now=NOON)
    (tmp_path / "artifacts" / "segments" / f"{version}.bin").unlink()
    with pytest.raises(ArtifactMissing, match="rapport segments"):
        registry.load("segments")


def test_a_save_within_a_failed_transaction_leaves_the_old_version_in_use(
    registry: ArtifactRegistry, database: Database
) -> None:
    registry.save("segments", b"old", now=NOON)

    def build_and_fail() -> None:
        with database.write() as connection:
            registry.save("segments", b"new", now=NOON, connection=connection)
            raise RuntimeError("power cut")

    with pytest.raises(RuntimeError, match="power cut"):
        build_and_fail()
    assert registry.load("segments").content == b"old"


def test_old_versions_are_pruned_but_the_last_ones_stay(registry: ArtifactRegistry, tmp_path: Path) -> None:
    for hour in range(KEPT_VERSIONS + 2):
        registry.save("segments", f"{hour}".encode(), now=NOON + timedelta(hours=hour))
    assert len(list((tmp_path / "artifacts" / "segments").iterdir())) == KEPT_VERSIONS
    assert registry.load("segments").content == f"{KEPT_VERSIONS + 1}".encode()


@pytest.mark.parametrize("name", ["../up", "Segments", "", "a/b"])
def test_a_name_that_could_leave_the_folder_is_refused(registry: ArtifactRegistry, name: str) -> None:
    with pytest.raises(ValueError, match="artifact name"):
        registry.save(name, b"x")


def test_arrays_of_python_objects_are_refused(registry: ArtifactRegistry) -> None:
    with pytest.raises(ValueError, match="ids hold Python objects"):
        registry.save("segments", {"ids": np.array([{}], dtype=object)})
